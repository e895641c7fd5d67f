/** The publication log: of the open article, or of a day. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { LogChecked } from "$ui/backend/gen/LogChecked";
import type { LogShape } from "$ui/backend/gen/LogShape";
import type { LogShown } from "$ui/backend/gen/LogShown";
import { t } from "$ui/words";
import { dayOf, dayRange } from "$ui/words/when";
import type { DeskState } from "./desk.svelte";

/** What is looked at: an article by its id, or a day (`YYYY-MM-DD`). */
export interface LogOf {
  article: string | null;
  day: string;
}

export type LogAsk = { is: "log"; of: LogOf; shown: LogShown | null; checked: LogChecked | null; failure: string };

export class PublicationLog {
  constructor(private readonly desk: DeskState) {}

  /** Shows the log of the open article; without one, today's. */
  open(): Promise<void> {
    return this.show({ article: this.desk.article?.id ?? null, day: dayOf(this.desk.now) });
  }

  async show(of: LogOf): Promise<void> {
    const { desk } = this;
    const before = desk.ask?.is === "log" ? desk.ask : null;
    desk.ask = { is: "log", of, shown: before?.shown ?? null, checked: before?.checked ?? null, failure: "" };
    const range = of.article === null ? dayRange(of.day) : { from: 0, to: Number.MAX_SAFE_INTEGER };
    try {
      const shown = await call("publication_log", { article: of.article, ...range });
      this.change(of, { shown });
    } catch (why) {
      this.change(of, { shown: null, failure: desk.words(failureOf(why)) });
    }
  }

  /** Looks through all of it. */
  async check(): Promise<void> {
    const checked = await this.desk.doing(() => call("check_publication_log"));
    const ask = this.desk.ask;
    if (checked !== null && ask?.is === "log") this.desk.ask = { ...ask, checked };
  }

  async save(shape: LogShape): Promise<void> {
    const saved = await this.desk.doing(() => call("export_publication_log", { shape }));
    if (saved !== null) this.desk.say(t("notice.exported", { name: saved.name }));
  }

  private change(of: LogOf, change: Partial<LogAsk>): void {
    const ask = this.desk.ask;
    if (ask?.is === "log" && ask.of === of) this.desk.ask = { ...ask, ...change };
  }
}
