/** The desk's portals: connecting one in two steps, matching its categories with ours, removing it. */

import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { PortalConnected } from "$ui/backend/gen/PortalConnected";
import type { PortalFound } from "$ui/backend/gen/PortalFound";
import type { PortalShown } from "$ui/backend/gen/PortalShown";
import type { PortalTerms } from "$ui/backend/gen/PortalTerms";
import type { Term } from "$ui/backend/gen/Term";
import type { TermKind } from "$ui/backend/gen/TermKind";
import type { Said } from "$ui/features/dialogs/said";
import { t } from "$ui/words";
import type { DeskState } from "./desk.svelte";

/** How far setting up portals has come. */
export type PortalAsk =
  | { is: "portals"; failure: Said | null }
  | { is: "connect"; url: string; failure: Said | null }
  | { is: "sign_in"; found: PortalFound; user: string; again: boolean; waiting: boolean; failure: Said | null }
  | { is: "connected"; connected: PortalConnected }
  | { is: "terms"; portal: string; terms: PortalTerms | null; failure: Said | null }
  | { is: "forget"; portal: string };

export class PortalSetup {
  /** Where it began: whoever was publishing goes on publishing. */
  private from: "menu" | "publish" | "job" = "menu";
  /** Counts sign-ins: what a given-up one still answers is not heard. */
  private signingIn = 0;

  constructor(private readonly desk: DeskState) {}

  async show(from: "menu" | "publish" = "menu"): Promise<void> {
    this.from = from;
    this.desk.ask = { is: "portals", failure: null };
    this.have(await call("portals").catch(() => this.desk.start?.portals ?? []));
  }

  add(url = ""): void {
    this.desk.ask = { is: "connect", url, failure: null };
  }

  /** Step one. */
  async probe(url: string): Promise<void> {
    await this.trying(
      async () => {
        const found = await call("probe_portal", { url });
        return { is: "sign_in", found, user: "", again: false, waiting: false, failure: null };
      },
      (failure) => ({ is: "connect", url, failure }),
    );
  }

  /** Goes to step two of a portal that is on the desk already, under the name it has. */
  async again(portal: PortalShown, from: "menu" | "job" = "menu"): Promise<void> {
    this.from = from;
    this.desk.ask = { is: "connect", url: portal.url, failure: null };
    await this.trying(
      async () => {
        const found = await call("probe_portal", { url: portal.url });
        return { is: "sign_in", found: { ...found, name: portal.name }, user: portal.user, again: true, waiting: false, failure: null };
      },
      (failure) => ({ is: "connect", url: portal.url, failure }),
    );
  }

  /** Step two, by a password that was pasted. */
  async signIn(name: string, user: string, secret: string): Promise<void> {
    const ask = this.desk.ask;
    if (ask?.is !== "sign_in") return;
    await this.trying(
      async () => this.connected(await call("connect_portal", { name, url: ask.found.url, user, secret })),
      (failure) => ({ ...ask, found: { ...ask.found, name }, user, failure }),
    );
  }

  /** Step two, by the portal's own page in the person's browser. */
  async authorize(name: string): Promise<void> {
    const ask = this.desk.ask;
    if (ask?.is !== "sign_in") return;
    const found = { ...ask.found, name };
    const mine = (this.signingIn += 1);
    this.desk.ask = { ...ask, found, waiting: true, failure: null };
    try {
      const connected = await call("authorize_portal", { name, url: found.url });
      this.have(await call("portals"));
      if (mine === this.signingIn) this.step(this.connected(connected));
    } catch (why) {
      if (mine === this.signingIn) this.desk.ask = { ...ask, found, waiting: false, failure: this.said(why) };
    }
  }

  /** The person does not wait for the browser any longer. */
  stop(): void {
    this.signingIn += 1;
    void call("stop_authorizing").catch(() => undefined);
    if (this.desk.ask?.is === "sign_in") this.desk.ask = { ...this.desk.ask, waiting: false };
  }

  async terms(portal: string, from = this.from): Promise<void> {
    this.from = from;
    this.desk.ask = { is: "terms", portal, terms: null, failure: null };
    try {
      const terms = await call("portal_terms", { name: portal });
      this.step({ is: "terms", portal, terms, failure: null });
    } catch (why) {
      this.step({ is: "terms", portal, terms: null, failure: this.said(why) });
    }
  }

  async match(kind: TermKind, ours: string, term: Term | null): Promise<void> {
    const ask = this.desk.ask;
    if (ask?.is !== "terms" || ask.terms === null) return;
    try {
      await call("match_term", { portal: ask.portal, kind, ours, term });
      const others = ask.terms.matched.filter((one) => one.kind !== kind || one.ours !== ours);
      const matched = term === null ? others : [...others, { kind, ours, theirs: term.id, name: term.name }];
      this.step({ ...ask, terms: { ...ask.terms, matched }, failure: null });
    } catch (why) {
      this.step({ ...ask, failure: this.said(why) });
    }
  }

  async forget(portal: string): Promise<void> {
    await this.trying(
      async () => {
        const left = await call("forget_portal", { name: portal });
        this.have(left);
        this.desk.say(t(left.some((one) => one.name === portal) ? "portals.forgotten_kept" : "portals.forgotten", { portal }));
        return { is: "portals", failure: null };
      },
      (failure) => ({ is: "portals", failure }),
    );
  }

  /** All is said: back to where it began. */
  async done(portal: string): Promise<void> {
    if (this.from === "publish") await this.desk.askPublish(portal);
    else if (this.from === "job") this.desk.ask = null;
    else await this.show();
  }

  private connected(connected: PortalConnected): PortalAsk {
    const others = (this.desk.start?.portals ?? []).filter((one) => one.name !== connected.portal.name);
    this.have([...others, connected.portal]);
    void this.desk.refreshArticle();
    return { is: "connected", connected };
  }

  private have(portals: PortalShown[]): void {
    if (this.desk.start !== null) this.desk.start = { ...this.desk.start, portals };
  }

  /** The next step of what is asked; one who closed the dialog meanwhile is left alone. */
  private step(next: PortalAsk): void {
    if (this.desk.ask !== null) this.desk.ask = next;
  }

  /** Nothing is busy any more when the next step is shown: it takes the focus where it can be used. */
  private async trying(work: () => Promise<PortalAsk>, failed: (failure: Said) => PortalAsk): Promise<void> {
    this.desk.busy = true;
    const next = await work().catch((why: unknown) => failed(this.said(why)));
    this.desk.busy = false;
    this.step(next);
  }

  private said(why: unknown): Said {
    const failure = failureOf(why);
    return { text: this.desk.words(failure), detail: failure.detail };
  }
}
