/** The revisions of the open article, what is different between two of them, and the trash. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { BackupShown } from "$ui/backend/gen/BackupShown";
import type { Compared } from "$ui/backend/gen/Compared";
import type { History } from "$ui/backend/gen/History";
import type { Trash } from "$ui/backend/gen/Trash";
import { t } from "$ui/words";
import type { DeskState } from "./desk.svelte";
import { later } from "./later";

/** A revision by its id; `null` is what is saved now. */
export type State = string | null;

export type HistoryAsk =
  | { is: "revisions"; before: State; after: State; compared: Compared | null; failure: string }
  | { is: "trash"; trash: Trash };

export class ArticleHistory {
  /** Of the open article, once it was asked for. */
  shown: History | null = $state.raw(null);
  backup: BackupShown | null = $state.raw(null);
  private of = "";
  /** While the list is looked at, what is saved makes it true again once the typing rests. */
  readonly later = later(() => void this.load(), 2000, 10_000);

  constructor(private readonly desk: DeskState) {}

  /** Asks for the revisions of the open article. */
  async load(): Promise<void> {
    const id = this.desk.article?.id;
    if (id === undefined) return;
    if (this.of !== id) this.shown = null;
    this.of = id;
    const shown = await call("history", { id }).catch(() => null);
    if (shown !== null && this.of === id) this.shown = shown;
  }

  /** Shows two states beside each other. The text that is being typed is only saved, as ever. */
  async compare(before: State, after: State): Promise<void> {
    const { desk } = this;
    const article = desk.article;
    if (article === null) return;
    const held = desk.ask?.is === "revisions" ? desk.ask.compared : null;
    desk.ask = { is: "revisions", before, after, compared: held, failure: "" };
    try {
      await article.flush().catch(() => undefined); // what cannot be saved is told by its badge
      const compared = await call("compare_revisions", { id: article.id, before, after });
      if (this.asks(before, after)) desk.ask = { is: "revisions", before, after, compared, failure: "" };
    } catch (why) {
      if (this.asks(before, after)) desk.ask = { is: "revisions", before, after, compared: null, failure: desk.words(failureOf(why)) };
    }
  }

  private asks(before: State, after: State): boolean {
    const { ask } = this.desk;
    return ask?.is === "revisions" && ask.before === before && ask.after === after;
  }

  /** Opens the list with the newest revision beside what is there now. */
  async open(): Promise<void> {
    await this.load();
    const newest = this.shown?.revisions[0];
    if (newest === undefined) this.desk.say(t("history.none"));
    else await this.compare(newest.is_now ? (this.shown?.revisions[1]?.id ?? newest.id) : newest.id, null);
  }

  /** Brings a revision back; what was there is kept as one first. */
  async restore(revision: string): Promise<void> {
    const { desk } = this;
    const article = desk.article;
    if (article === null || desk.busy) return;
    const shown = await desk.doing(() => article.change((edits) => call("restore_revision", { id: article.id, edits, revision })));
    if (shown === null) return;
    desk.ask = null;
    await this.load();
    const kept = this.shown?.revisions[1]; // the newest is what came back, and before it lies what stood
    desk.say(t("history.restored"), kept === undefined ? null : { name: t("notice.undo"), run: () => void this.restore(kept.id) });
  }

  // ---- the trash

  /** Puts an article into the trash; a press takes it out again. */
  async putIntoTrash(id: string, headline: string): Promise<void> {
    const { desk } = this;
    const put = await desk.doing(async () => {
      await desk.articleOf(id)?.flush();
      return call("put_into_trash", { id });
    });
    if (put === null) return;
    if (desk.article?.id === id) desk.closeArticle();
    desk.say(t("trash.put", { headline: headline || t("row.untitled") }), { name: t("notice.undo"), run: () => void this.takeOutOfTrash(id) });
    await desk.loadQueue();
  }

  async takeOutOfTrash(id: string): Promise<void> {
    const { desk } = this;
    const taken = await desk.doing(() => call("take_out_of_trash", { id }));
    if (taken === null) return;
    desk.say(t("trash.taken_out", { headline: taken.fields.headline || t("row.untitled") }));
    await desk.loadQueue();
    await desk.open(id);
  }

  /** Says what would go for good. */
  async askEmptyTrash(): Promise<void> {
    const trash = await this.desk.doing(() => call("trash"));
    if (trash !== null) this.desk.ask = { is: "trash", trash };
  }

  async emptyTrash(articles: string[]): Promise<void> {
    const { desk } = this;
    const open = desk.article?.id;
    const gone = await desk.doing(() => call("empty_trash", { articles }));
    if (gone === null) return;
    if (open !== undefined && articles.includes(open)) desk.closeArticle();
    desk.ask = null;
    desk.say(t("trash.emptied", { n: gone }));
    await desk.loadQueue();
  }

  // ---- backups

  async loadBackup(): Promise<void> {
    this.backup = await call("last_backup").catch(() => null);
  }

  async backUp(): Promise<void> {
    const made = await this.desk.doing(() => call("back_up"));
    if (made !== null) this.backup = made;
    else await this.loadBackup();
    if (made !== null) this.desk.say(t("backup.made"));
  }
}
