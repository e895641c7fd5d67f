/** Templates, as a person works with them: a new article from one, the open article as one, and the list of them. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { TemplateShown } from "$ui/backend/gen/TemplateShown";
import { t } from "$ui/words";
import { nameOf } from "$ui/words/languages";
import type { DeskState } from "./desk.svelte";
import type { Entry } from "./palette";

export type TemplateAsk =
  | { is: "from_template"; templates: readonly TemplateShown[] }
  | { is: "templates"; templates: readonly TemplateShown[] }
  | { is: "save_template"; templates: readonly TemplateShown[]; name: string; failure: string }
  | { is: "rename_template"; templates: readonly TemplateShown[]; template: TemplateShown; failure: string }
  | { is: "remove_template"; template: TemplateShown };

export class TemplateDesk {
  /** The template an article is there to amend: it is saved under its name again. */
  private readonly amended = new Map<string, string>();

  constructor(private readonly desk: DeskState) {}

  /** Asks which template a new article begins with. */
  async choose(): Promise<void> {
    const templates = await this.desk.doing(() => call("templates"));
    if (templates !== null) this.desk.ask = { is: "from_template", templates };
  }

  async begin(id: string): Promise<void> {
    await this.desk.beginsBy(() => call("new_from_template", { id, as_it_is: false }));
  }

  /** Opens an article with the template as it is; saved under the same name, it takes its place. */
  async amend({ id, name }: TemplateShown): Promise<void> {
    const shown = await this.desk.beginsBy(() => call("new_from_template", { id, as_it_is: true }));
    if (shown === null) return;
    this.amended.set(shown.id, name);
    this.desk.say(t("templates.amending", { name }));
  }

  /** Asks under which name the open article is a template. */
  async askSave(): Promise<void> {
    const templates = await this.desk.doing(() => call("templates"));
    const id = this.desk.article?.id;
    if (templates === null || id === undefined) return;
    this.desk.ask = { is: "save_template", templates, name: this.amended.get(id) ?? "", failure: "" };
  }

  /** Saves the open article as it is on the screen; the dialog has said which template goes for it. */
  async save(name: string, replace: boolean): Promise<void> {
    const { desk } = this;
    const { article, ask } = desk;
    if (article === null || ask?.is !== "save_template") return;
    await this.asked(
      async () => {
        await article.flush();
        await call("save_as_template", { article: article.id, name, replace });
        desk.ask = null;
        desk.say(t("templates.saved", { name: name.trim() }));
      },
      (failure) => (desk.ask = { ...ask, name, failure }),
    );
  }

  async show(): Promise<void> {
    const templates = await this.desk.doing(() => call("templates"));
    if (templates !== null) this.desk.ask = { is: "templates", templates };
  }

  askRename(template: TemplateShown): void {
    const { ask } = this.desk;
    if (ask?.is === "templates") this.desk.ask = { is: "rename_template", templates: ask.templates, template, failure: "" };
  }

  async rename(name: string): Promise<void> {
    const { desk } = this;
    const { ask } = desk;
    if (ask?.is !== "rename_template") return;
    await this.asked(
      async () => (desk.ask = { is: "templates", templates: await call("rename_template", { id: ask.template.id, name }) }),
      (failure) => (desk.ask = { ...ask, failure }),
    );
  }

  async remove({ id }: TemplateShown): Promise<void> {
    const templates = await this.desk.doing(() => call("remove_template", { id }));
    if (templates !== null) this.desk.ask = { is: "templates", templates };
  }

  /** What goes wrong is said where it was asked. */
  private async asked(work: () => Promise<unknown>, failed: (why: string) => void): Promise<void> {
    this.desk.busy = true;
    try {
      await work();
    } catch (why) {
      failed(this.desk.words(failureOf(why)));
    } finally {
      this.desk.busy = false;
    }
  }
}

/** Returns what a template holds, in a few words. */
export function about({ language, places, pictures }: TemplateShown): string {
  const counted = [places > 0 ? t("templates.places", { n: places }) : "", pictures > 0 ? t("row.pictures", { n: pictures }) : ""];
  return [nameOf(language), ...counted].filter(Boolean).join(" · ");
}

/** Returns the templates as a list found by a few letters shows them. */
export function templateEntries(templates: readonly TemplateShown[]): Entry[] {
  return templates.map((one) => ({ id: one.id, name: one.name, group: about(one), sought: one.headline, caps: [], not: "" }));
}
