/** A desk made up in memory. It knows no rules: it shows what the window looks like in each state. */

import type { ArticleShown } from "../src/backend/gen/ArticleShown";
import type { Edit } from "../src/backend/gen/Edit";
import type { Finding } from "../src/backend/gen/Finding";
import type { Picture } from "../src/backend/gen/Picture";
import type { PlacementShown } from "../src/backend/gen/PlacementShown";
import type { PreviewAsked } from "../src/backend/gen/PreviewAsked";
import type { PortalShown } from "../src/backend/gen/PortalShown";
import type { QueueRow } from "../src/backend/gen/QueueRow";
import type { Slot } from "../src/backend/gen/Slot";
import type { SourceLine } from "../src/backend/gen/SourceLine";
import type { SourcePageShown } from "../src/backend/gen/SourcePageShown";
import type { TimeRead } from "$ui/backend/gen/TimeRead";
import { connected, found, portals, publicationLog, report, terms } from "./portals";
import { article, ids, rows, taken, templates } from "./seed";
import { page } from "./page";
import { readers, taken_away } from "./readers";

/** Where the repository is; Vite knows. */
declare const __REPOSITORY__: string;

type Asked = Record<string, unknown>;

export class MadeUpDesk {
  readonly photos: string;
  private portals: PortalShown[] = portals();
  private readonly articles = new Map<string, ArticleShown>();
  private readonly listeners: ((told: unknown) => void)[] = [];
  private readonly events = new Map<string, number>();
  private version = 0;

  constructor(private readonly asked: URLSearchParams) {
    this.photos = `${__REPOSITORY__}/tests/fixtures/photos/seed`;
    if (this.scene !== "empty") this.articles.set(ids.seed, this.inScene(article()));
  }

  private get scene(): string {
    return this.asked.get("scene") ?? "work";
  }

  listen(hear: (told: unknown) => void): number {
    return this.listeners.push(hear) - 1;
  }

  /** Tells the window of an event, as the desk would: `madeUp.tell("closing", null)`. */
  tell(event: string, payload: unknown): void {
    const handler = this.events.get(event);
    if (handler !== undefined) this.listeners[handler]?.({ event, id: handler, payload });
  }

  async answer(command: string, payload: { request?: Asked; event?: string; handler?: number }): Promise<unknown> {
    if (command === "plugin:event|listen") {
      this.events.set(payload.event ?? "", payload.handler ?? 0);
      return payload.handler;
    }
    await new Promise((go) => setTimeout(go, 4));
    const request = (payload.request ?? {}) as Asked;
    switch (command) {
      case "start": return this.start();
      case "queue": return this.queue(request);
      case "open_article":
      case "show_article": return this.article(request["id"]);
      case "new_article": return this.begin();
      case "templates":
      case "save_as_template":
      case "rename_template":
      case "remove_template": return templates();
      case "new_from_template": return { ...this.begin(), body: "{{ai}} đã {{làm gì}} tại {{nơi nào}}.\n" };
      case "save": return this.save(request as unknown as Edit);
      case "preview": return this.preview(request as unknown as PreviewAsked);
      case "take_in": return this.takeIn(request);
      case "take_in_dropped": return this.takeIn(request);
      case "open_sample": return void this.articles.set(ids.seed, article());
      case "library": return taken();
      case "source_page": return sourcePage(this.articles.get(String(request["id"])));
      case "paste_picture":
      case "attach_dropped": return this.attach(request["article"], request["slot"], taken()[0]);
      case "attach_known": return this.attach(request["article"], request["slot"], taken().find((one) => one.hash === request["picture"]));
      case "take_out_picture": return this.words(request, (one) => ({ ...one, picture: null }));
      case "remove_placement": return this.words(request, () => null);
      case "take_step": return this.step(request);
      case "summarise_publication": return this.summary(request);
      case "publish": return this.publish(request);
      case "portal_clock": return { ahead: null };
      case "read_time": return readTime(String(request["text"]));
      case "live": return readers(this.article(request["id"]), this.scene);
      case "summarise_withdrawal": return taken_away(this.article(request["id"]), request);
      case "withdraw": return this.article(request["article"]);
      case "outbox":
      case "resend":
      case "retime":
      case "cancel": return [];
      case "publication_log": return publicationLog();
      case "check_publication_log": return { entries: 1204, hash: "9f2c".repeat(16), broken: null };
      case "export_publication_log": return { name: "publication-log.csv" };
      case "choose_watched_folder": return "/home/lan/Ảnh";
      case "portals": return this.portals;
      case "probe_portal": return found(String(request["url"]));
      case "connect_portal":
      case "authorize_portal": return this.connect(command, request);
      case "forget_portal": return (this.portals = this.portals.filter((one) => one.name !== request["name"]));
      case "portal_terms": return terms();
      case "problem_report": return { text: report };
      case "save_problem_report": return { name: "toasoan-report.txt" };
      case "export_ninjs": return { name: "thuy-dien.ninjs.json" };
      case "export_article": return { name: "thuy-dien.toasoan" };
      case "choose_page": return { drop: 1, name: "trang.html" };
      case "choose_picture": return { drop: 1, name: "ảnh.jpg" };
      default: return null;
    }
  }

  private start() {
    return {
      version: "0.1.0", person: "Lan", desk_folder: "/home/lan/Tòa Soạn", open: this.scene === "empty" ? null : ids.seed,
      preferences: { words: this.asked.get("words") ?? "", theme: this.asked.get("theme") ?? "", queue_width: 0, side_width: 0, queue_folded: false, side_folded: false, focus: "", typewriter: false, measure: 0, text_size: 0, plain_quotes: false, newsroom_zone: "" },
      limits: { kicker: 40, headline: 90, standfirst: 220, dateline: 60, url_slug: 75, keywords: 10, caption: 350, alt: 200 },
      portals: this.portals,
      keyring: false, watched_folder: null,
    };
  }

  private queue({ list, find }: Asked) {
    const own = [...this.articles.values()].map(rowOf);
    const all: QueueRow[] = this.scene === "empty" ? own : [...own, ...rows()];
    const wanted = (row: QueueRow) => row.pictures_wanted + row.words_missing > 0;
    const belongs: Record<string, (row: QueueRow) => boolean> = {
      mine: () => true, to_review: (row) => row.stage === "submitted" || row.stage === "in_review", pictures_wanted: wanted,
      scheduled: () => false, live: (row) => row.publication === "live", failed: () => false,
    };
    const found = String(find ?? "").toLowerCase();
    const counts = Object.fromEntries(Object.entries(belongs).map(([name, is]) => [name, all.filter(is).length]));
    return { rows: all.filter((row) => (found ? row.headline.toLowerCase().includes(found) : belongs[String(list)]?.(row))), counts };
  }

  private article(id: unknown): ArticleShown {
    const found = this.articles.get(String(id));
    if (found) return structuredClone(found);
    const row = rows().find((one) => one.id === id);
    if (!row) throw { code: "gone", detail: "no such article", findings: [] };
    return { ...article(), id: row.id, fields: { ...article().fields, headline: row.headline, language: row.language }, stage: row.stage, placements: [], body: "" };
  }

  private begin(): ArticleShown {
    const made = article();
    const id = crypto.randomUUID();
    const fields = Object.fromEntries(Object.keys(made.fields).map((field) => [field, field === "keywords" ? [] : field === "language" ? "vi" : ""]));
    this.articles.set(id, { ...made, id, body: "", placements: [], leftovers: [], findings: [], caret: null, fields: fields as never, saved_at: Date.now() });
    return this.article(id);
  }

  private takeIn({ anyway }: Asked) {
    if (this.articles.has(ids.seed) && !anyway) return { outcome: "on_the_desk", id: ids.seed, headline: article().fields.headline, source_url: article().fields.source_url };
    this.articles.set(ids.seed, article());
    return { outcome: "draft", article: this.article(ids.seed) };
  }

  private change(id: unknown, work: (before: ArticleShown) => ArticleShown): ArticleShown {
    const before = this.articles.get(String(id)) ?? this.article(id);
    const after = work(before);
    const made = { ...after, edits: before.edits + 1, saved_at: Date.now(), findings: findings(after) };
    this.articles.set(before.id, made);
    setTimeout(() => this.tell("changed", { articles: [before.id], outbox: false, pictures: false }), 20);
    return structuredClone(made);
  }

  private save({ id, body, fields, placements }: Edit) {
    const made = this.change(id, (before) => {
      const words = new Map(placements.map((one) => [one.id, one]));
      const lapses = before.stage === "approved";
      return {
        ...before, body: body ?? before.body, fields: fields ?? before.fields,
        placements: before.placements.map((one) => ({ ...one, ...words.get(one.id) })),
        ...(lapses ? { stage: "draft", approval_lapsed: Date.now() - 60_000, steps: ["submit", "hold", "spike"], may_publish: false } as const : {}),
      };
    });
    return { ...made, is_current: false };
  }

  private preview({ id, fields, body: told, placements }: PreviewAsked) {
    if (told.is === "changed") return null; // it holds no text, and is told it whole then
    const body = told.text;
    const words = new Map(placements.map((one) => [one.id, one]));
    const all = this.article(id).placements.map((one) => ({ ...one, ...words.get(one.id) }));
    this.version += 1;
    return { version: this.version, applies_to: 0, from: 0, remove: 0, ...page(fields, body, all, `/@fs${this.photos}`), language: fields.language, dir: "ltr" };
  }

  private attach(id: unknown, slot: unknown, picture: Picture | undefined): ArticleShown {
    const to = slot as Slot;
    return this.change(id, (before) => {
      const fill = (one: PlacementShown) => ({ ...one, picture: picture ?? null, credit_line: one.credit_line || (picture?.credit_line ?? "") });
      if (to.to === "placement") return { ...before, placements: before.placements.map((one) => (one.id === to.id ? fill(one) : one)) };
      const made: PlacementShown = { id: crypto.randomUUID(), position: to.to === "lead" ? "lead" : "in_text", caption: picture?.caption ?? "", credit_line: "", alt: "", seen_as: "", picture: null };
      const body = to.to === "lead" ? before.body : `${before.body}\n\n![](photo:${made.id})\n`;
      return { ...before, body, placements: [...before.placements, fill(made)] };
    });
  }

  private words(request: Asked, work: (one: PlacementShown) => PlacementShown | null): ArticleShown {
    const { article: id, placement } = request as unknown as { article: string; placement: string };
    return this.change(id, (before) => ({
      ...before,
      placements: before.placements.flatMap((one) => (one.id === placement ? (work(one) ?? []) : one)),
    }));
  }

  private step({ id, step, reason }: Asked): ArticleShown {
    const to = { submit: "submitted", approve: "approved", return: "returned", withdraw: "in_review", hold: "on_hold", release: "draft", spike: "spiked", unspike: "draft", open_for_review: "in_review" }[String(step)];
    const blocking = findings(this.article(id)).filter((one) => one.blocks);
    if (step === "approve" && blocking.length > 0) throw { code: "checks_block", detail: "", findings: blocking };
    return this.change(id, (before) => ({ ...before, ...standing(to as never), approval_lapsed: null, last_decision: { act: String(step), person: "Lan", reason: String(reason ?? ""), made_at: Date.now() } }));
  }

  private summary({ id, portal }: Asked) {
    const { fields, placements } = this.article(id);
    return {
      decision: crypto.randomUUID(), article: id, portal, acts: this.article(id).publications.length > 0 ? ["update", "correct"] : ["publish"], not_minor: this.article(id).publications.length > 0 ? ["number", "credit"] : [], notices: [], headline: fields.headline, source_paper: fields.source_paper, source_url: fields.source_url, language: fields.language,
      pictures: placements.length, credited: placements.filter((one) => one.credit_line).length, words: 712, approved_at: Date.now() - 4 * 60_000, approved_by: "Lan", on_this_machine: portal === "local", schedule: "", embargo: "", may_be_held: false,
    };
  }

  private publish({ article: id }: Asked): ArticleShown {
    setTimeout(() => {
      this.articles.set(String(id), live(this.article(id)));
      this.tell("changed", { articles: [id], outbox: true, pictures: false });
    }, 700);
    return this.change(id, (before) => ({ ...before, may_publish: false, jobs: [job(before, "sending")] }));
  }

  /** Whoever pastes the password “no” is refused; a browser takes its time. */
  private async connect(command: string, request: Asked) {
    await new Promise((go) => setTimeout(go, command === "authorize_portal" ? 4000 : 600));
    if (request["secret"] === "no") throw { code: "portal_password", detail: "Unknown application password.", findings: [] };
    const made = connected(String(request["name"]), String(request["url"]), String(request["user"] || "bientap"));
    this.portals = [...this.portals.filter((one) => one.name !== made.portal.name), made.portal];
    return made;
  }

  private inScene(made: ArticleShown): ArticleShown {
    const pictures = taken();
    const whole = {
      ...made,
      placements: made.placements.map((one, at) => ({ ...one, picture: pictures[at] ?? null, alt: ["Dewan persidangan penuh dengan delegasi", "Seorang lelaki bercakap di podium", "Bangunan hospital berwarna putih"][at] ?? "" })),
      findings: [],
    };
    switch (this.scene) {
      case "submitted": return { ...whole, ...standing("submitted"), last_decision: { act: "submit", person: "Lan", reason: "", made_at: Date.now() - 9 * 60_000 } };
      case "approved": return { ...whole, ...standing("approved"), last_decision: { act: "approve", person: "Minh", reason: "", made_at: Date.now() - 4 * 60_000 } };
      case "live":
      case "killed": return live({ ...whole, ...standing("approved") });
      case "failed": return { ...whole, ...standing("approved"), may_publish: false, jobs: [job(whole, "refused"), { ...job(whole, "needs_password"), id: "j2", portal: "vietnam-vn" }] };
      case "returned": return { ...made, ...standing("returned"), last_decision: { act: "return", person: "Minh", reason: "Chú thích ảnh thứ hai thiếu tên người. Kiểm tra lại chức danh đại sứ.", made_at: Date.now() - 3 * 3_600_000 } };
      case "mixed": return { ...made, placements: made.placements.map((one, at) => ({ ...one, picture: at < 2 ? (pictures[at] ?? null) : null, alt: at === 0 ? "Dewan persidangan" : "" })) };
      default: return made;
    }
  }
}

function standing(stage: ArticleShown["stage"]): Pick<ArticleShown, "stage" | "steps" | "may_publish"> {
  const steps: Record<ArticleShown["stage"], ArticleShown["steps"]> = {
    draft: ["submit", "hold", "spike"], submitted: ["open_for_review", "approve", "return", "hold", "spike"], in_review: ["approve", "return", "hold"],
    returned: ["submit", "hold", "spike"], approved: ["withdraw", "hold"], on_hold: ["release", "spike"], spiked: ["unspike"],
  };
  return { stage, steps: steps[stage], may_publish: stage === "approved" };
}

function findings({ placements, fields, body }: ArticleShown): Finding[] {
  const of = (check: Finding["check"], place: Finding["place"], placement: string | null = null): Finding => ({ check, blocks: true, place, placement });
  const found = placements.flatMap((one) => [
    ...(one.picture ? [] : [of("picture_wanted", "picture", one.id)]),
    ...(one.caption ? [] : [of("caption_missing", "caption", one.id)]),
    ...(one.credit_line ? [] : [of("credit_missing", "credit_line", one.id)]),
    ...(one.alt ? [] : [of("alt_missing", "alt", one.id)]),
  ]);
  return [...(fields.headline ? [] : [of("headline_missing", "headline")]), ...(body.trim() ? [] : [of("body_missing", "body")]), ...found];
}

function job(of: ArticleShown, state: ArticleShown["jobs"][number]["state"]): ArticleShown["jobs"][number] {
  const answer = { refused: "422: the headline is longer than this portal allows (90)", confirmed: "201 Created", needs_password: "401 Unauthorized" }[state as string] ?? "";
  return { id: "j1", article: of.id, headline: of.fields.headline, portal: "local", act: "publish", state, attempts: 1, last_answer: answer, made_at: Date.now() - 2 * 60_000, next_at: null, not_before: null, zone: "", late_by: null, clock_ahead: null, held_for: null, recalled: false, may_retime: false, bytes_sent: 0, bytes_total: 0, obstacle: null, may_resend: state === "refused", may_cancel: state !== "confirmed", may_replace: state === "refused" };
}

function live(of: ArticleShown): ArticleShown {
  const url = "http://127.0.0.1:8300/ms/sweden-dan-vietnam-bekerjasama.html";
  return { ...of, may_publish: false, jobs: [job(of, "confirmed")], publications: [{ portal: "local", state: "live", url, live_since: Date.now() - 60_000, stands_since: Date.now() - 60_000, away: null, is_current: true, differences: [] }] };
}

function rowOf({ id, fields, stage, placements, publications, saved_at }: ArticleShown): QueueRow {
  const wanted = placements.filter((one) => one.picture === null).length;
  const missing = placements.filter((one) => one.picture && !(one.caption && one.credit_line && one.alt)).length;
  return {
    id, headline: fields.headline, language: fields.language, source_paper: fields.source_paper, stage, publication: publications[0]?.state ?? "never",
    pictures: placements.length, pictures_wanted: wanted, words_missing: missing, person: "Lan", saved_at, goes_out: null, zone: "",
  };
}

/** `18:00` alone is understood here: today's, in UTC. */
function readTime(text: string): TimeRead {
  if (text.trim() === "") return { is: "empty" };
  const found = /^(\d\d):(\d\d)$/.exec(text.trim());
  if (found === null) return { is: "not_a_time" };
  const at = new Date().setUTCHours(Number(found[1]), Number(found[2]), 0, 0);
  const stored = `${new Date(at).toISOString().replace(".000", "")}[UTC]`;
  return { is: "time", time: { at, zone: "UTC", stored, is_past: at <= Date.now() } };
}

/** The body's own lines stand for the page it came from. */
function sourcePage(of: ArticleShown | undefined): SourcePageShown | null {
  if (of === undefined || of.leftovers.length === 0) return null;
  const text = of.body.split("\n").filter((line) => line !== "" && !line.startsWith("!"));
  const line = (words: string, left_over: SourceLine["left_over"]): SourceLine => ({ kind: "text", words, markdown: words, left_over });
  const lines = [...text.map((words) => line(words, null)), ...of.leftovers.map(({ text: words, why }) => line(words, why))];
  return { taken_in_at: Date.now(), language: of.fields.language, dir: "ltr", lines };
}
