/** The open article: what is typed, what of it is saved, and what Rust says of it. */

import { call } from "$ui/backend/call";
import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { Caret } from "$ui/backend/gen/Caret";
import type { Fields } from "$ui/backend/gen/Fields";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import type { PlacementWords } from "$ui/backend/gen/PlacementWords";
import type { Preview } from "$ui/backend/gen/Preview";
import type { Saved } from "$ui/backend/gen/Saved";
import { autosave, type Autosave, type Clash, type SaveState } from "$ui/editor/autosave";
import { edit, merge, type Body, type Changes } from "$ui/editor/changes";
import { ToldBody } from "$ui/preview/body";
import { previewer, type Previewer } from "$ui/preview/previewer";
import { isLive } from "$ui/parts/standing";
import { fieldsAdopted, said, spoken, wordsLeft, type Typed } from "./adopt";
import { later } from "./later";

/** What shows the article; absent while another one is open. */
export interface Screen {
  /** Tells now what is typed in the body and not told yet. */
  flush(): void;
  replaceBody(next: string, base: string): void;
  showPage(change: Preview): void;
  /** Misspelt words are to be marked anew. */
  spellAgain(): void;
}

export class OpenArticle {
  readonly id: string;
  /** The body as it was opened; from then on the editor holds it. */
  body: string;
  caret: Caret | null;
  /** What Rust says. Its words are those saved; `fields` and `placements` are those typed. */
  shown: ArticleShown = $state.raw() as ArticleShown;
  fields: Fields = $state.raw() as Fields;
  save: SaveState = $state.raw({ is: "saved", at: 0 });
  clash: Clash<Changes, ArticleShown> | null = $state.raw(null);
  /** Words and characters of the body, as the page counts them. */
  counts = $state.raw({ words: 0, characters: 0 });
  screen: Screen | null = null;
  /** When the last save of ours was answered; what is told of the article right after it is told of that save. */
  private savedLast = -Infinity;
  private typed: Typed = $state.raw({});
  /** As saved. Apart from `shown`, which every save renews: what shows pictures is not to be shown again at every save. */
  private saved: PlacementShown[] = $state.raw([]);
  readonly placements: PlacementShown[] = $derived(this.saved.map((one) => ({ ...one, ...said(this.typed[one.id]) })));
  readonly previewer: Previewer;
  private readonly told = new ToldBody();
  private text: Body;
  private savedText: Body;
  private edits: number;
  private readonly saver: Autosave<Changes>;
  private keptCaret: Caret | null = null;
  private readonly caretLater = later(() => this.rememberCaret(), 400, 1500);

  constructor(opened: ArticleShown) {
    this.id = opened.id;
    this.shown = opened;
    this.saved = opened.placements;
    this.fields = opened.fields;
    this.caret = opened.caret;
    this.body = opened.body;
    this.text = this.savedText = opened.body;
    this.edits = opened.edits;
    this.save = { is: "saved", at: opened.saved_at };
    this.saver = autosave<Changes, Saved, ArticleShown>((changes, edits) => this.send(changes, edits), {
      opened,
      merge,
      reread: () => call("show_article", { id: this.id }),
      agrees: (mine, theirs) => this.agrees(mine, theirs),
      onclash: (clash) => (this.clash = clash),
      onstate: (state) => (this.save = state),
      onsaved: (saved) => this.noteSaved(saved),
    });
    this.previewer = previewer({
      ask: (have) => this.askPage(have),
      show: (change) => this.showPage(change),
    });
  }

  // ---- typing

  typeBody(body: Body): void {
    this.text = body;
    this.saver.typed({ body });
    this.previewer.changed();
  }

  typeField<K extends keyof Fields>(field: K, value: Fields[K]): void {
    if (this.fields[field] === value) return;
    this.fields = { ...this.fields, [field]: value };
    this.saver.typed({ fields: { [field]: value } });
    this.previewer.changed();
  }

  typeWords(words: PlacementWords): void {
    this.typed = { ...this.typed, [words.id]: { ...this.typed[words.id], ...words } };
    this.saver.typed({ placements: [words] });
    this.previewer.changed();
  }

  /** Opened again while something of it was still unsaved: it goes on where it was. */
  reopened(): this {
    this.body = this.text.toString();
    this.caret = this.keptCaret ?? this.caret;
    return this;
  }

  moveCaret(caret: Caret): void {
    this.keptCaret = caret;
    this.caretLater.ask();
  }

  // ---- saving

  get isUnsaved(): boolean {
    return this.saver.isUnsaved();
  }

  /** True where the window knows words of the article that `shown` does not. */
  isAheadOf(shown: ArticleShown): boolean {
    return this.isUnsaved || this.edits > shown.edits;
  }

  /** Returns the body as last told by the editor. */
  get textNow(): string {
    return this.text.toString();
  }

  /** Returns where the caret last stood in the body. */
  get lastCaret(): Caret {
    const last = this.keptCaret ?? this.caret;
    return last?.field === "body" ? last : { field: "body", anchor: 0, head: 0 };
  }

  /** Returns the whole text as it stands in the window, for a person to keep. */
  get wholeText(): string {
    this.screen?.flush();
    return [this.fields.headline, this.fields.standfirst, this.text.toString()].filter(Boolean).join("\n\n");
  }

  async flush(): Promise<void> {
    this.screen?.flush();
    this.caretLater.now();
    await this.saver.flush();
  }

  /** Runs a command that changes this article, between two saves; `null` from a command that changed nothing. */
  async change(command: (edits: number) => Promise<ArticleShown | null>): Promise<ArticleShown | null> {
    this.screen?.flush();
    let answered: ArticleShown | null = null;
    await this.saver.between(async () => {
      answered = await command(this.edits);
      if (answered !== null) this.adopt(answered);
      return { edits: this.edits };
    });
    return answered;
  }

  get wasJustSaved(): boolean {
    return this.isUnsaved || performance.now() - this.savedLast < 1000;
  }

  /** Asks what is true of the article now. Cheap where nothing changed; while something is unsaved its save asks. */
  async refresh(): Promise<void> {
    if (this.isUnsaved) return;
    await this.change(() => call("show_article", { id: this.id }));
  }

  /** Saves, and asks what came of it: pasted pictures get their places with the text that names them. */
  async settle(): Promise<void> {
    await this.flush();
    await this.change(() => call("show_article", { id: this.id }));
    this.previewer.changed();
  }

  async takeMine(): Promise<void> {
    await this.keepBoth();
    const clash = this.take();
    const whole = this.whole();
    clash?.settle(clash.theirs.edits, () => whole);
    if (clash) this.edits = clash.theirs.edits;
  }

  async takeTheirs(): Promise<void> {
    await this.keepBoth();
    const clash = this.take();
    if (!clash) return;
    clash.settle(clash.theirs.edits, () => null);
    this.typed = {};
    this.fields = this.shown.fields; // as saved: so that all of theirs is taken
    this.savedText = this.text;
    this.adopt(clash.theirs);
  }

  /** Whichever side is chosen, the other can be brought back: it is a revision first. */
  private async keepBoth(): Promise<void> {
    if (this.clash !== null) await call("keep_both", edit(this.id, this.edits, this.whole(), this.fields));
  }

  private whole(): Changes {
    return { body: this.text, fields: { ...this.fields }, placements: this.placements.map(spoken) };
  }

  stop(): void {
    this.saver.stop();
    this.previewer.stop();
    this.caretLater.stop();
  }

  private take(): Clash<Changes, ArticleShown> | null {
    const clash = this.clash;
    this.clash = null;
    return clash;
  }

  private async send(changes: Changes, edits: number): Promise<Saved> {
    const caret = this.keptCaret;
    const saved = await call("save", { ...edit(this.id, edits, changes, this.fields), ...(caret === null ? {} : { caret }) });
    if (caret === this.keptCaret) this.caretLater.stop(); // it is kept with the words
    this.edits = saved.edits;
    if (changes.body !== undefined) this.savedText = changes.body;
    if (changes.fields !== undefined) this.shown = { ...this.shown, fields: { ...this.shown.fields, ...changes.fields } };
    if (changes.placements !== undefined) this.noteWords(changes.placements);
    return saved;
  }

  private noteWords(words: readonly PlacementWords[]): void {
    const told = new Map(words.map((one) => [one.id as string, one]));
    this.saved = this.saved.map((one) => ({ ...one, ...said(told.get(one.id)) }));
    this.typed = wordsLeft(this.typed, words);
  }

  private noteSaved(saved: Saved): void {
    this.savedLast = performance.now();
    const { edits, saved_at, stage, findings, approval_lapsed, steps, may_publish, is_current } = saved;
    const publications = this.shown.publications.map((one) => (isLive(one) ? { ...one, is_current } : one));
    this.shown = { ...this.shown, edits, saved_at, stage, findings, approval_lapsed, steps, may_publish, publications };
  }

  /** Shows what Rust answered. What is typed and not saved stays as typed. */
  private adopt(answer: ArticleShown): void {
    const before = this.shown;
    const changed = answer.edits !== this.edits;
    this.edits = answer.edits;
    const fields = fieldsAdopted(this.fields, before.fields, answer.fields);
    if (!same(fields, this.fields)) this.fields = fields;
    if (!same(answer.placements, this.saved)) this.saved = answer.placements;
    this.shown = answer;
    if (!changed) return;
    if (this.save.is === "saved") this.save = { is: "saved", at: answer.saved_at };
    const base = this.savedText.toString();
    this.savedText = answer.body;
    if (answer.body !== base) this.replaceBody(answer.body, base);
    this.previewer.changed();
  }

  private replaceBody(next: string, base: string): void {
    if (this.screen !== null) {
      const unsaved = this.text.toString() !== base;
      if (!unsaved) this.text = next;
      this.screen.replaceBody(next, base);
    } else if (this.text.toString() === base) {
      this.text = next;
    }
  }

  private agrees(mine: Changes, theirs: ArticleShown): boolean {
    const bodies = mine.body === undefined || mine.body.toString() === theirs.body;
    const fields = Object.entries(mine.fields ?? {}).every(
      ([field, value]) => JSON.stringify(theirs.fields[field as keyof Fields]) === JSON.stringify(value),
    );
    const words = (mine.placements ?? []).every((one) => {
      const there = theirs.placements.find((other) => other.id === one.id);
      return there !== undefined && Object.entries(said(one)).every(([word, value]) => there[word as "caption"] === value);
    });
    if (!(bodies && fields && words)) return false;
    this.typed = {};
    if (mine.body !== undefined) this.savedText = mine.body;
    this.adopt(theirs);
    return true;
  }

  // ---- the page

  /** Composed when it is sent, so that it holds the newest text. */
  private async askPage(have: number): Promise<Preview | null> {
    const { id, fields, text } = this;
    const page = await call("preview", { id, fields, body: this.told.telling(text, have), placements: Object.values(this.typed), have });
    if (page !== null) this.told.made(text, page.version);
    return page;
  }

  private showPage(change: Preview): void {
    const { words, characters } = change;
    if (words !== this.counts.words || characters !== this.counts.characters) this.counts = { words, characters };
    this.screen?.showPage(change);
    requestAnimationFrame(markPage);
  }

  private rememberCaret(): void {
    if (this.keptCaret !== null) void call("remember_caret", { article: this.id, caret: this.keptCaret }).catch(() => undefined);
  }
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

let marks = 0;

/** The time when a change of the page is on the screen; old marks are let go. */
function markPage(): void {
  marks += 1;
  if (marks % 500 === 0) performance.clearMarks("toasoan:preview");
  performance.mark("toasoan:preview");
}
