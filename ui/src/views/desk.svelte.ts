/** The desk as the window holds it: what it shows, and what a person can do with it. */

import { tick } from "svelte";
import { call } from "$ui/backend/call";
import { failureOf } from "$ui/backend/failure";
import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { Changed } from "$ui/backend/gen/Changed";
import type { Commands } from "$ui/backend/gen/Commands";
import type { JobShown } from "$ui/backend/gen/JobShown";
import type { Failure } from "$ui/backend/gen/Failure";
import type { Native } from "$ui/backend/gen/Native";
import type { Picture } from "$ui/backend/gen/Picture";
import type { PortalShown } from "$ui/backend/gen/PortalShown";
import type { Preferences } from "$ui/backend/gen/Preferences";
import type { PublishSummary } from "$ui/backend/gen/PublishSummary";
import type { Queue } from "$ui/backend/gen/Queue";
import type { QueueRow } from "$ui/backend/gen/QueueRow";
import type { QueueList } from "$ui/backend/gen/QueueList";
import type { Slot } from "$ui/backend/gen/Slot";
import type { Start } from "$ui/backend/gen/Start";
import type { Step } from "$ui/backend/gen/Step";
import type { TakenIn } from "$ui/backend/gen/TakenIn";
import type { TimeRead } from "$ui/backend/gen/TimeRead";
import type { Body } from "$ui/editor/changes";
import { quoted, type PasteEvents } from "$ui/editor/paste";
import { counted } from "$ui/editor/counts";
import type { KeptUndo } from "$ui/editor/undo";
import { normalised } from "$ui/editor/normalise";
import type { Change } from "$ui/features/dialogs/change";
import type { Tab } from "$ui/features/side/tabs";
import type { Notice } from "$ui/parts/notice";
import type { WordKept } from "$ui/backend/gen/WordKept";
import { language, speak, t } from "$ui/words";
import { newsroomZone, workBy } from "$ui/words/zone.svelte";
import { copyText } from "$ui/parts/copy";
import { OpenArticle, type Screen } from "./article.svelte";
import { ArticleHistory, type HistoryAsk } from "./history.svelte";
import { later } from "./later";
import { PublicationLog, type LogAsk } from "./log.svelte";
import { Readers, type ReadersAsk } from "./readers.svelte";
import { typingRests } from "./rest";
import { PortalSetup, type PortalAsk } from "./portals.svelte";
import { publishable } from "./publishable";
import { TemplateDesk, type TemplateAsk } from "./templates.svelte";
import { SpellingDesk } from "./spelling.svelte";
import { putRight } from "./put-right";

export type Ask =
  | { is: "take_in"; failure: string }
  | { is: "on_desk"; id: string; headline: string; url: string; anyway: () => Promise<TakenIn> }
  | { is: "publish"; portal: string; summary: PublishSummary | null; clock: number | null; failure: string }
  | { is: "retime"; job: JobShown; fromOutbox: boolean; failure: string }
  | { is: "zone" }
  | { is: "reason"; step: "return" | "hold" }
  | PortalAsk
  | HistoryAsk
  | ReadersAsk
  | TemplateAsk
  | LogAsk
  | { is: "replace"; job: string; portal: string }
  | { is: "outbox"; jobs: readonly JobShown[] }
  | { is: "report"; text: string | null; failure: string }
  | { is: "leave"; why: string; text: string }
  | { is: "palette"; articles: readonly QueueRow[] }
  | { is: "words"; words: readonly WordKept[] }
  | { is: "keys" }
  | { is: "writing" };

const NO_PREFERENCES: Preferences = {
  words: "", theme: "", queue_width: 0, side_width: 0, queue_folded: false, side_folded: false,
  zoom: 0, contrast: "", motion: "", menu_bar: false, spelling_off: false, recent: [], page_as: "", page_window_as: "",
  focus: "", typewriter: false, measure: 0, text_size: 0, plain_quotes: false, newsroom_zone: "",
};

/** What shows the desk, and has the text of the open article. */
export interface DeskScreen extends Screen {
  /** Tells now what can be undone, if that is not told yet. */
  keepUndo(): void;
  /** Returns the words selected in the body. */
  selected(): string;
}

/** So many articles can be undone in when they are opened again, without the desk being asked. */
const MOST_UNDOS = 20;

export class DeskState {
  start: Start | null = $state.raw(null);
  /** Why the desk could not be opened. */
  unopened: Failure | null = $state.raw(null);
  preferences: Preferences = $state.raw(NO_PREFERENCES);
  queue: Queue | null = $state.raw(null);
  list: QueueList = $state("mine");
  find = $state("");
  article: OpenArticle | null = $state.raw(null);
  /** What could be undone in the open article when it was opened. */
  undo: KeptUndo | null = $state.raw(null);
  /** Words and characters of what is selected in its body. */
  selected: { words: number; characters: number } | null = $state.raw(null);
  tab: Tab = $state("page");
  ask: Ask | null = $state.raw(null);
  notices: Notice[] = $state.raw([]);
  library: Picture[] = $state.raw([]);
  watched: string | null = $state(null);
  busy = $state(false);
  /** Unix milliseconds, moved twice a minute, so that times stay true. */
  now = $state(Date.now());

  readonly portals = new PortalSetup(this);
  readonly spelling = new SpellingDesk(this, () => this.screen.spellAgain());
  readonly history = new ArticleHistory(this);
  readonly readers = new Readers(this);
  readonly templates = new TemplateDesk(this);
  readonly log = new PublicationLog(this);

  /** Articles with something unsaved, the open one too. */
  private readonly kept = new Map<string, OpenArticle>();
  /** What can be undone, of the articles last written in. */
  private readonly undos = new Map<string, KeptUndo>();
  private undoKept: Promise<unknown> = Promise.resolve();
  private opening = 0;
  private queueAsked = 0;
  private noticed = 0;
  private zoomed = 0;
  private readonly queueLater = later(() => void this.loadQueue(), 150, 1000);
  private readonly outboxLater = later(() => void this.refreshOutbox(), 150, 1000);
  private readonly articleLater = later(() => void this.refreshArticle(), 250, 1500);
  /** After a save of ours there is nothing new, most likely: looked at once the typing rests. */
  private readonly articleQuiet = later(() => void this.refreshArticle(), 2000, Infinity);
  private readonly undoLater = later(() => this.screen.keepUndo(), 3000, 30_000);
  private readonly selectedLater = later(() => this.countSelected(), 150, 600);
  private readonly preferLater = later(() => void call("prefer", { ...this.preferences }).catch(() => undefined), 400, 2000);

  /** `screen` shows the open article; `opened` puts its caret where it was. */
  constructor(
    private readonly screen: DeskScreen,
    private readonly opened: (article: OpenArticle) => void,
  ) {}

  // ---- opening

  async begin(): Promise<void> {
    try {
      const start = await call("start");
      this.preferences = start.preferences;
      speak(start.preferences.words);
      workBy(start.preferences.newsroom_zone);
      this.watched = start.watched_folder;
      this.start = start;
      if (start.put_right !== null) this.note("said", ...putRight(start.put_right));
      const open = start.open;
      if (open !== null) void this.open(open);
      void this.loadLibrary();
      await this.loadQueue();
    } catch (why) {
      this.unopened = failureOf(why);
    }
  }

  async open(id: string): Promise<void> {
    const mine = (this.opening += 1);
    if (this.article?.id === id) {
      this.opened(this.article);
      return;
    }
    const asked = call("undo_history", { id }).catch(() => null); // without it the article opens all the same
    const [shown, undo] = await Promise.all([this.try("open_article", { id }), asked]);
    if (shown !== null && mine === this.opening) this.show(shown, undo);
  }

  async begins(): Promise<void> {
    await this.beginsBy(() => call("new_article", { language: language() }));
  }

  /** Opens the article that `make` makes; `null` where it could not. */
  async beginsBy(make: () => Promise<ArticleShown>): Promise<ArticleShown | null> {
    this.opening += 1;
    this.ask = null;
    const shown = await this.doing(make);
    if (shown === null) return null;
    if (this.find !== "") this.search("");
    this.list = "mine";
    this.show(shown);
    void this.loadQueue();
    return shown;
  }

  private show(shown: ArticleShown, undo: KeptUndo | null = null): void {
    const held = this.kept.get(shown.id);
    this.leaveArticle();
    this.undo = this.undos.get(shown.id) ?? undo;
    // Read while its last words were on their way to the disk, it is older than what the window holds.
    const article = held?.isAheadOf(shown) ? held.reopened() : new OpenArticle(shown);
    this.kept.set(article.id, article);
    article.screen = this.screen;
    this.article = article;
    article.previewer.restart();
    void tick().then(() => this.article === article && this.opened(article));
  }

  private leaveArticle(): void {
    const left = this.article;
    if (left === null) return;
    // What cannot be saved is told by its badge; it goes on trying.
    void left.flush().then(() => call("leave_article", { id: left.id })).catch(() => undefined);
    left.screen = null;
    left.previewer.stop();
    for (const [id, article] of this.kept) if (!article.isUnsaved) this.kept.delete(id);
  }

  /** Shows no article: the open one went into the trash. */
  closeArticle(): void {
    this.opening += 1;
    this.leaveArticle();
    this.article = null;
    void call("close_article").catch(() => undefined);
  }

  /** The article typed in may no longer be the open one. */
  typedBody(body: Body, id: string): void {
    this.articleOf(id)?.typeBody(body);
    this.undoLater.ask();
  }

  movedCaret(anchor: number, head: number, id: string): void {
    this.articleOf(id)?.moveCaret({ field: "body", anchor, head });
    if (anchor !== head) this.selectedLater.ask();
    else if (this.selected !== null) this.selected = null;
  }

  private countSelected(): void {
    const words = this.screen.selected();
    this.selected = words === "" ? null : counted(words);
  }

  /** Keeps what can be undone in an article: for when it is opened again, and for the next start. */
  keepUndo(kept: KeptUndo, id: string): void {
    this.undos.delete(id);
    this.undos.set(id, kept);
    const oldest = this.undos.keys().next().value;
    if (this.undos.size > MOST_UNDOS && oldest !== undefined) this.undos.delete(oldest);
    this.undoKept = call("remember_undo", { article: id, ...kept }).catch(() => undefined);
  }

  articleOf(id: string): OpenArticle | undefined {
    return this.article?.id === id ? this.article : this.kept.get(id);
  }

  // ---- what changed behind the window's back

  hear(changed: Changed): void {
    if (changed.pictures) void this.loadLibrary();
    this.queueLater.ask();
    if (this.tab === "history") this.history.later.ask();
    if (this.tab === "live") this.readers.later.ask();
    if (changed.outbox && this.ask?.is === "outbox") this.outboxLater.ask();
    const article = this.article;
    if (article === null || !(changed.articles.includes(article.id) || changed.pictures)) return;
    const own = !changed.outbox && !changed.pictures && article.wasJustSaved;
    (own ? this.articleQuiet : this.articleLater).ask();
  }

  async refreshArticle(): Promise<void> {
    const article = this.article;
    if (article === null) return;
    try {
      await article.refresh();
    } catch (why) {
      article.screen?.flush(); // what was typed meanwhile is not thrown away with it
      if (failureOf(why).code === "gone" && this.article === article && !article.isUnsaved) this.gone(article);
    }
  }

  private gone(article: OpenArticle): void {
    article.stop();
    this.kept.delete(article.id);
    this.article = null;
    this.fail({ code: "gone", detail: "", findings: [] });
  }

  async loadQueue(): Promise<void> {
    const mine = (this.queueAsked += 1);
    const queue = await call("queue", { list: this.list, find: this.find.trim().normalize("NFC") }).catch(() => null);
    if (queue !== null && mine === this.queueAsked) this.queue = { ...queue, rows: unchanged(this.queue?.rows ?? [], queue.rows) };
  }

  async loadLibrary(): Promise<void> {
    this.library = await call("library").catch(() => this.library);
  }

  choose(list: QueueList): void {
    this.list = list;
    this.find = "";
    void this.loadQueue();
  }

  search(words: string): void {
    this.find = words;
    void this.loadQueue();
  }

  // ---- taking in

  async takeIn(page: string, anyway = false): Promise<void> {
    await this.takeInBy((again) => call("take_in", { page, anyway: again }), anyway);
  }

  async takeInFile(): Promise<void> {
    const chosen = await this.try("choose_page");
    if (chosen !== null) await this.takeInDropped(chosen.drop);
  }

  async takeInDropped(drop: number): Promise<void> {
    await this.takeInBy((anyway) => call("take_in_dropped", { drop, anyway }), false);
  }

  private files: Promise<void> = Promise.resolve();

  /** Takes in what was opened with Tòa Soạn; a question that is open is answered first. */
  openFiles(): Promise<void> {
    return (this.files = this.files.then(() => this.takeInOpened()));
  }

  private async takeInOpened(): Promise<void> {
    while (this.ask === null) {
      const file = await call("opened_file").catch(() => null);
      if (file === null) return;
      await this.takeInDropped(file.drop);
    }
  }

  /** Opens what came of it, asks where the source is on the desk already, or says why not where it was asked for. */
  async takeInBy(take: (anyway: boolean) => Promise<TakenIn>, anyway: boolean): Promise<void> {
    this.busy = true;
    try {
      const taken = await take(anyway);
      if (taken.outcome === "on_the_desk") {
        this.ask = { is: "on_desk", id: taken.id, headline: taken.headline, url: taken.source_url, anyway: () => take(true) };
      } else {
        this.tookIn(taken.article);
      }
    } catch (why) {
      const failure = failureOf(why);
      if (this.ask?.is === "take_in") this.ask = { is: "take_in", failure: this.words(failure) };
      else this.fail(failure);
    } finally {
      this.busy = false;
    }
  }

  async takeInAnyway(): Promise<void> {
    const ask = this.ask;
    if (ask?.is === "on_desk") await this.takeInBy(ask.anyway, true);
  }

  private tookIn(article: ArticleShown): void {
    this.opening += 1;
    this.ask = null;
    this.show(article);
    const wanted = article.placements.filter((one) => one.picture === null).length;
    this.say(t("notice.taken_in", { n: wanted }));
    void this.loadQueue();
  }

  /** Writes the open article into a file, as it is on the screen: for another desk, or as ninjs for other programs. */
  async exportArticle(command: "export_article" | "export_ninjs" = "export_article"): Promise<void> {
    const article = this.article;
    if (article === null) return;
    const saved = await this.doing(async () => {
      await article.flush();
      return call(command, { id: article.id });
    });
    if (saved !== null) this.say(t("notice.exported", { name: saved.name }));
  }

  /** Writes text as it stands in the window into a file of the person's choice; the desk's own disk may be full. */
  async keepText(text = this.article?.wholeText ?? ""): Promise<void> {
    const saved = await this.try("keep_text", { text });
    if (saved !== null) this.say(t("notice.kept", { name: saved.name }));
  }

  async openSample(): Promise<void> {
    await this.try("open_sample");
    await this.loadQueue();
    const first = this.queue?.rows[0];
    if (first !== undefined) await this.open(first.id);
  }

  // ---- pictures

  async attach(command: (article: OpenArticle) => Promise<ArticleShown | null>): Promise<void> {
    const article = this.article;
    if (article === null) {
      this.say(t("notice.no_article"));
      return;
    }
    await this.doing(() => article.change(() => command(article)));
  }

  attachDropped(drop: number, slot: Slot): Promise<void> {
    return this.attach(({ id }) => call("attach_dropped", { drop, article: id, slot }));
  }

  /** Nothing waits for the dialog: what is typed while it is open is saved as ever. */
  async choosePicture(slot: Slot): Promise<void> {
    const chosen = await this.try("choose_picture");
    if (chosen !== null) await this.attachDropped(chosen.drop, slot);
  }

  pastePicture(slot: Slot): Promise<void> {
    return this.attach(({ id }) => call("paste_picture", { article: id, slot }));
  }

  /** A paste from another program: made by Rust, put in by the editor. */
  readonly pasting: PasteEvents = {
    ask: (html) => call("paste", { article: this.article?.id ?? "", html }),
    as: async (way) => {
      if (way === "plain") return call("paste_plain");
      return quoted(await call("paste", { article: this.article?.id ?? "", html: "" }).catch(() => call("paste_plain")));
    },
    done: ({ pictures }) => void (pictures > 0 && this.article?.settle().catch(() => undefined)), // its badge tells
    failed: (why, plain) => {
      if (plain) this.say(t("notice.pasted_plain"));
      else this.fail(failureOf(why));
    },
  };

  attachKnown(picture: string, slot: Slot): Promise<void> {
    return this.attach(({ id }) => call("attach_known", { picture, article: id, slot }));
  }

  takeOut(placement: string): Promise<void> {
    return this.attach(({ id }) => call("take_out_picture", { article: id, placement }));
  }

  remove(placement: string): Promise<void> {
    return this.attach(({ id }) => call("remove_placement", { article: id, placement }));
  }

  async watch(): Promise<void> {
    const folder = await this.try("choose_watched_folder");
    if (folder === null) return;
    this.watched = folder;
    this.say(t("notice.watching", { folder }));
  }

  // ---- steps

  async step(step: Step, reason = ""): Promise<void> {
    const article = this.article;
    if (article === null || this.busy) return;
    if ((step === "return" || step === "hold") && reason === "") {
      this.ask = { is: "reason", step };
      return;
    }
    const shown = await this.doing(() => article.change((edits) => call("take_step", { id: article.id, edits, step, reason })));
    if (shown === null) return;
    this.ask = null;
    if (step === "approve") this.say(t("notice.approved"));
    void this.loadQueue();
  }

  /** The step that comes next, by key. */
  async nextStep(): Promise<void> {
    const shown = this.article?.shown;
    if (shown === undefined || this.ask !== null) return;
    if (this.publishable.length > 0) await this.askPublish();
    else if (shown.steps.includes("submit")) await this.step("submit");
    else if (shown.steps.includes("approve")) await this.step("approve");
  }

  /** The portals to which publishing the open article now would change something. */
  get publishable(): PortalShown[] {
    return this.article === null ? [] : publishable(this.article.shown, this.start?.portals ?? []);
  }

  async askPublish(portal = this.publishable[0]?.name ?? ""): Promise<void> {
    const article = this.article;
    if (article === null || portal === "") return;
    try {
      await article.flush(); // what is approved must be what is on the screen
      this.ask = { is: "publish", portal, summary: null, clock: null, failure: "" };
      void this.lookAtClock(portal);
      const summary = await call("summarise_publication", { id: article.id, portal });
      if (this.ask?.is === "publish") this.ask = { ...this.ask, summary };
    } catch (why) {
      const failure = failureOf(why);
      if (this.ask?.is === "publish") this.ask = { ...this.ask, failure: this.words(failure) };
      else this.fail(failure);
    }
  }

  /** The portal's clock says when something goes out: where it is far from ours, the person is told. */
  private async lookAtClock(portal: string): Promise<void> {
    const clock = await call("portal_clock", { name: portal }).catch(() => null);
    if (clock !== null && this.ask?.is === "publish" && this.ask.portal === portal) this.ask = { ...this.ask, clock: clock.ahead };
  }

  /** Says what a time means that is typed now. */
  readonly readTime = (text: string): Promise<TimeRead> => call("read_time", { text, zone: newsroomZone() });

  /** `schedule` and `embargo` as stored; empty for none. */
  async publish({ decision, portal }: PublishSummary, { act, public_notice, reason }: Change, times: { schedule: string; embargo: string }): Promise<void> {
    const article = this.article;
    if (article === null || this.busy || act === null) return;
    const words = { public_notice: normalised(public_notice), reason: normalised(reason) };
    this.busy = true;
    try {
      await article.change(() => call("publish", { decision, article: article.id, portal, act, ...words, ...times }));
      this.ask = null;
      this.tab = "live";
      void this.readers.load();
      this.say(t("notice.sent"));
    } catch (why) {
      if (this.ask?.is === "publish") this.ask = { ...this.ask, failure: this.words(failureOf(why)) };
    } finally {
      this.busy = false;
    }
  }

  async resend(id: string): Promise<void> {
    await this.movedJob(await this.try("resend", { id }));
  }

  async cancel(id: string): Promise<void> {
    await this.movedJob(await this.try("cancel", { id }));
  }

  askRetime(job: JobShown): void {
    this.ask = { is: "retime", job, fromOutbox: this.ask?.is === "outbox", failure: "" };
  }

  /** The open article's job that waits for its time. */
  get waitingJob(): JobShown | undefined {
    return this.article?.shown.jobs.find((job) => job.may_retime);
  }

  async retime(schedule: string): Promise<void> {
    const ask = this.ask;
    if (ask?.is !== "retime" || this.busy) return;
    this.busy = true;
    try {
      const jobs = await call("retime", { id: ask.job.id, schedule });
      this.ask = ask.fromOutbox ? { is: "outbox", jobs } : null;
      await this.refreshArticle();
    } catch (why) {
      this.ask = { ...ask, failure: this.words(failureOf(why)) };
    } finally {
      this.busy = false;
    }
  }

  private async movedJob(jobs: readonly JobShown[] | null): Promise<void> {
    if (jobs === null) return;
    if (this.ask?.is === "outbox") this.ask = { is: "outbox", jobs };
    if (this.tab === "live") this.readers.later.ask();
    await this.refreshArticle();
  }

  async showOutbox(): Promise<void> {
    const jobs = await this.try("outbox");
    if (jobs !== null) this.ask = { is: "outbox", jobs };
  }

  private async refreshOutbox(): Promise<void> {
    const jobs = await call("outbox").catch(() => null);
    if (jobs !== null && this.ask?.is === "outbox") this.ask = { is: "outbox", jobs };
  }

  async openPage(portal: string): Promise<void> {
    if (this.article !== null) await this.try("open_public_page", { article: this.article.id, portal });
  }

  /** A job waits for a portal's password. */
  async signInAgain(name: string): Promise<void> {
    const portal = this.start?.portals.find((one) => one.name === name);
    if (portal !== undefined) await this.portals.again(portal, "job");
  }

  /** A person has seen that somebody changed the article on the portal, and wants ours there all the same. */
  async replaceThere(id: string): Promise<void> {
    if ((await this.try("replace_there", { id })) === null) return;
    this.ask = null;
    await this.refreshArticle();
  }

  /** Cuts, copies, pastes, undoes in the field that has the focus. */
  async edit(what: Native): Promise<void> {
    const { done } = (await this.try("edit", { what })) ?? { done: true };
    if (!done) document.execCommand(what === "select_all" ? "selectAll" : what);
  }

  // ---- a problem

  async askReport(): Promise<void> {
    this.ask = { is: "report", text: null, failure: "" };
    try {
      const { text } = await call("problem_report");
      if (this.ask?.is === "report") this.ask = { is: "report", text, failure: "" };
    } catch (why) {
      if (this.ask?.is === "report") this.ask = { ...this.ask, failure: this.words(failureOf(why)) };
    }
  }

  /** What is saved is what was shown. */
  async saveReport(): Promise<void> {
    try {
      const saved = await call("save_problem_report");
      if (saved === null) return;
      this.ask = null;
      this.say(t("report.saved", { name: saved.name }));
    } catch (why) {
      if (this.ask?.is === "report") this.ask = { ...this.ask, failure: this.words(failureOf(why)) };
    }
  }

  // ---- preferences and leaving

  /** The palette opens at once; the newest articles come into it. */
  async askPalette(): Promise<void> {
    this.ask = { is: "palette", articles: [] };
    const newest = await call("queue", { list: "mine", find: "" }).catch(() => null);
    if (newest !== null && this.ask?.is === "palette") this.ask = { is: "palette", articles: newest.rows };
  }

  /** Sets the size of everything, in per cent. */
  zoom(percent: number): void {
    const zoom = Math.min(200, Math.max(50, percent));
    this.prefer({ zoom: zoom === 100 ? 0 : zoom });
    this.dismiss(this.zoomed);
    this.zoomed = this.say(t("notice.zoom", { n: zoom }));
  }

  prefer(change: Partial<Preferences>): void {
    this.preferences = { ...this.preferences, ...change };
    if (change.words !== undefined) speak(change.words);
    if (change.newsroom_zone !== undefined) workBy(change.newsroom_zone);
    this.preferLater.ask();
  }

  /** A window that nobody sees is given little time by the system: what was typed is saved before. */
  hidden(): void {
    void this.article?.flush().catch(() => undefined); // told by its badge; it goes on trying
  }

  /** Saves everything, then lets the window go; asks where something cannot be saved. */
  async leave(): Promise<void> {
    await typingRests();
    this.preferLater.now();
    const all = this.article === null ? [...this.kept.values()] : [...new Set([this.article, ...this.kept.values()])];
    const flushed = await Promise.allSettled(all.map((article) => article.flush()));
    const failed = flushed.find((one) => one.status === "rejected");
    if (failed === undefined) {
      this.screen.keepUndo();
      await this.undoKept;
      await call("leave").catch((why: unknown) => this.fail(failureOf(why)));
      return;
    }
    const text = all.filter((article) => article.isUnsaved).map((article) => article.wholeText).join("\n\n\n");
    this.ask = { is: "leave", why: this.words(failureOf(failed.reason)), text };
    await this.try("stay");
  }

  async leaveAnyway(): Promise<void> {
    await this.try("leave");
  }

  // ---- notices

  words(failure: Failure): string {
    return t(`failure.${failure.code}`);
  }

  /** Returns what dismisses it before its time. */
  say(text: string, act: Notice["act"] = null): number {
    const id = this.note("said", text, "", act);
    setTimeout(() => this.dismiss(id), act === null ? 5000 : 12_000);
    return id;
  }

  fail(failure: Failure): void {
    const detail = failure.code === "internal" || failure.code === "picture_store" ? failure.detail : "";
    this.note("failed", this.words(failure), detail);
    if (failure.code === "checks_block") this.tab = "checks";
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  async copy(text: string): Promise<void> {
    try {
      await copyText(text);
      this.say(t("notice.copied"));
    } catch (why) {
      this.fail(failureOf(why));
    }
  }

  private note(kind: Notice["kind"], text: string, detail: string, act: Notice["act"] = null): number {
    this.noticed += 1;
    const others = this.notices.filter((notice) => notice.text !== text);
    this.notices = [...others.slice(-3), { id: this.noticed, kind, text, detail, act }];
    return this.noticed;
  }

  /** Runs what a person asked for; what goes wrong is said in words. */
  async doing<T>(work: () => Promise<T>): Promise<T | null> {
    this.busy = true;
    try {
      const done = await work();
      this.notices = this.notices.filter((notice) => notice.kind !== "failed");
      return done;
    } catch (why) {
      const failure = failureOf(why);
      if (failure.code !== "changed_elsewhere" || this.article?.clash === null) this.fail(failure);
      return null;
    } finally {
      this.busy = false;
    }
  }

  private try<N extends keyof Commands>(
    name: N,
    ...request: Commands[N][0] extends null ? [] : [request: Commands[N][0]]
  ): Promise<Commands[N][1] | null> {
    return this.doing(() => call(name, ...request));
  }
}

/** Returns the rows as they are now; those that did not change are the very rows shown, so that they are left alone. */
function unchanged(shown: readonly QueueRow[], rows: readonly QueueRow[]): QueueRow[] {
  const before = new Map(shown.map((row) => [row.id as string, row]));
  return rows.map((row) => {
    const old = before.get(row.id);
    return old !== undefined && JSON.stringify(old) === JSON.stringify(row) ? old : row;
  });
}
