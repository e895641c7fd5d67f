/** What readers see of the open article's story, and what takes it away from them. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { LiveShown } from "$ui/backend/gen/LiveShown";
import type { WithdrawalSummary } from "$ui/backend/gen/WithdrawalSummary";
import { mayTake, type WithdrawAct } from "$ui/parts/standing";
import { t } from "$ui/words";
import type { DeskState } from "./desk.svelte";
import { later } from "./later";

export type ReadersAsk = { is: "withdraw"; act: WithdrawAct; portal: string; summary: WithdrawalSummary | null; failure: string };

export class Readers {
  /** Of the open article, once it was asked for. */
  shown: LiveShown | null = $state.raw(null);
  /** What became of it is shown as it comes. */
  readonly later = later(() => void this.load(), 150, 1000);

  constructor(private readonly desk: DeskState) {}

  async load(): Promise<void> {
    const id = this.desk.article?.id;
    if (id === undefined) return;
    if (this.shown?.article !== id) this.shown = null;
    const shown = await call("live", { id }).catch(() => null);
    if (shown !== null && this.desk.article?.id === id) this.shown = shown;
  }

  /** The portals from which the open article may be taken by this act now. */
  portalsFor(act: WithdrawAct): string[] {
    const publications = this.desk.article?.shown.publications ?? [];
    return publications.filter((one) => mayTake(act, one)).map((one) => one.portal);
  }

  /** Says what the act would do, and asks for its words. A kill is everywhere. */
  async ask(act: WithdrawAct, portal = act === "kill" ? "" : (this.portalsFor(act)[0] ?? "")): Promise<void> {
    const { desk } = this;
    const article = desk.article;
    if (article === null) return;
    const asked = (): boolean => desk.ask?.is === "withdraw" && desk.ask.act === act && desk.ask.portal === portal;
    desk.ask = { is: "withdraw", act, portal, summary: null, failure: "" };
    try {
      const summary = await call("summarise_withdrawal", { id: article.id, act, portal });
      if (asked()) desk.ask = { is: "withdraw", act, portal, summary, failure: "" };
    } catch (why) {
      if (asked()) desk.ask = { is: "withdraw", act, portal, summary: null, failure: desk.words(failureOf(why)) };
    }
  }

  async withdraw(summary: WithdrawalSummary, words: { reason: string; asked_by: string; public_notice: string }): Promise<void> {
    const { desk } = this;
    const article = desk.article;
    if (article === null || desk.busy) return;
    desk.busy = true;
    try {
      const { decision, act, portal } = summary;
      await article.change(() => call("withdraw", { decision, article: article.id, act, portal, ...words }));
      desk.ask = null;
      desk.tab = "live";
      desk.say(t("withdraw.decided"));
      void this.load();
      void desk.loadQueue();
    } catch (why) {
      if (desk.ask?.is === "withdraw") desk.ask = { ...desk.ask, failure: desk.words(failureOf(why)) };
    } finally {
      desk.busy = false;
    }
  }
}
