/** The editor of a body: CodeMirror with what a newsroom needs, and nothing in the way of a key. */

import { Compartment, EditorSelection, EditorState, Text, Transaction, type Extension } from "@codemirror/state";
import { EditorView, keymap, placeholder, type ViewUpdate } from "@codemirror/view";
import { afterPaint } from "./after-paint";
import type { Body } from "./changes";
import { mayBePicture } from "./clipboard";
import { blocks } from "./blocks";
import { direction } from "./direction";
import { focusMode, type Focus } from "./focus";
import { keys, runOf, type EditorCommand } from "./keys";
import { scrollTopOf, topLine } from "./lines";
import { markdown } from "./markdown";
import { linkPasted } from "./marks";
import { normalisation, settle } from "./normalise";
import { holdsPage, PASTE_PLAIN, Pastes, readsByItself, type PasteEvents, type PasteWay } from "./paste";
import { pictureCards, showCards, type Cards } from "./pictures";
import { places } from "./places";
import { lineOfWords } from "./place-of-words";
import { quoting, allSetRight } from "./quoting";
import { incoming } from "./replace";
import { Scroller } from "./scroll";
import { lookAgain, misspelt, spelledText, spelling, type Spelling } from "./spell";
import type { Spelled } from "./spell-field";
import { Search } from "./searching";
import { theme } from "./theme";
import { typewriter } from "./typewriter";
import { undoable, undoOf, undoRestored, type KeptUndo } from "./undo";

export interface Events {
  /** `id` is the article that was typed in: by the time it is told another one may be open. */
  onchange(body: Body, id: string): void;
  oncaret(anchor: number, head: number, id: string): void;
  onplacement(id: string): void;
  onpasteimage(line: number): void;
  /** What to do about a paste from another program. */
  pasting: PasteEvents;
  onscrollline(line: number): void;
  /** What can be undone in the article `id`, to be kept for the next time it is opened. */
  onundo(kept: KeptUndo, id: string): void;
}

/** How the person likes to write. */
export interface Manner {
  focus: Focus | "";
  typewriter: boolean;
  /** Quotes and spaces are set as the language has them while one types. */
  quotes: boolean;
  /** Characters in a line and size of the letters; the page's style says them, the editor is told when they change. */
  measure: number;
  size: number;
}

export interface Opened {
  id: string;
  body: string;
  caret: { anchor: number; head: number } | null;
  /** Name of the text for those who do not see it. */
  label: string;
  /** Shown while there is no text. */
  placeholder: string;
  cards: Cards;
  /** By what words are looked at; `null` where none is marked. */
  spelling: Spelling | null;
  /** What could be undone when the article was last open. */
  undo: KeptUndo | null;
}

export class Editing {
  readonly view: EditorView;
  readonly search = new Search(() => this.view);
  private readonly attributes = new Compartment();
  private readonly spelt = new Compartment();
  private readonly manner = new Compartment();
  /** The height of what scrolls the text, in CSS pixels. */
  private room = 600;
  private readonly resized = new ResizeObserver(([seen]) => (this.room = seen?.contentRect.height ?? this.room));
  private untoldUndo = false;
  private readonly told = { body: false, caret: false };
  private readonly tell = afterPaint(() => this.tellNow());
  private readonly scrolled = afterPaint(() => this.events.onscrollline(this.topLine()));
  private scroller: Scroller;
  private id: string;
  private cards: Cards;
  private attributed: string;
  private readonly pastes: Pastes;
  private readonly onscroll = () => {
    if (!this.scroller.isOwn()) this.scrolled.ask();
  };

  constructor(parent: HTMLElement, private readonly events: Events, opened: Opened, private written: Manner) {
    this.id = opened.id;
    this.cards = opened.cards;
    this.attributed = attributed(opened.label, opened.cards.language, opened.placeholder);
    this.view = new EditorView({ parent, state: this.stateOf(opened) });
    this.pastes = new Pastes(this.view, events.pasting);
    this.scroller = new Scroller(this.view.scrollDOM);
    this.listen();
    if (opened.caret !== null) this.reveal(this.view.state.selection.main.head);
  }

  /** Says which element scrolls the text; without one the editor does so itself. */
  scrolledBy(outer: HTMLElement | undefined): void {
    const element = outer ?? this.view.scrollDOM;
    if (element === this.scroller.element) return;
    this.unlisten();
    this.scroller = new Scroller(element);
    this.listen();
  }

  /** Opens another article: another text, another history. What was not told of the old one is told first. */
  open(opened: Opened): void {
    this.flush();
    this.pastes.forget();
    this.keepUndo();
    this.id = opened.id;
    this.cards = opened.cards;
    this.attributed = attributed(opened.label, opened.cards.language, opened.placeholder);
    this.view.setState(this.stateOf(opened));
    this.search.opened();
    this.scroller.to(0);
    if (opened.caret !== null) this.reveal(this.view.state.selection.main.head);
  }

  /** Tells now what is typed and not told yet. To be called before a save that must hold everything. */
  flush(): void {
    settle(this.view);
    this.tell.now();
  }

  close(): void {
    this.flush();
    this.keepUndo();
    this.unlisten();
    this.view.destroy();
  }

  show(cards: Cards): void {
    if (cards === this.cards) return;
    this.cards = cards;
    this.view.dispatch({ effects: showCards.of(cards) });
  }

  /** Takes up another manner of writing. */
  writes(manner: Manner): void {
    const { focus, typewriter: follows, measure, size } = this.written;
    this.written = manner;
    if (focus !== manner.focus || follows !== manner.typewriter) this.view.dispatch({ effects: this.manner.reconfigure(this.mannerOf()) });
    if (measure !== manner.measure || size !== manner.size) this.view.requestMeasure();
  }

  /** Tells what can be undone, if that is not told yet. It walks over the text: for when one rests, not for a key. */
  keepUndo(): void {
    if (!this.untoldUndo) return;
    this.untoldUndo = false;
    this.events.onundo(undoOf(this.view.state), this.id);
  }

  /** Returns the words selected; of more than a megabyte, the beginning. */
  selected(): string {
    const { from, to } = this.view.state.selection.main;
    return this.view.state.sliceDoc(from, Math.min(to, from + (1 << 20)));
  }

  /** Sets all quotes and spaces of the text right, as one step. */
  setQuotes(): void {
    const change = allSetRight(this.view.state, this.cards.language);
    if (change !== null) this.view.dispatch(change);
    this.view.focus();
  }

  label(label: string, language: string, hint: string): void {
    if (this.attributed === attributed(label, language, hint)) return;
    this.attributed = attributed(label, language, hint);
    this.view.dispatch({ effects: this.attributes.reconfigure(attributes(label, language, hint)) });
  }

  /** Looks at spelling by other words, another language, or not at all. */
  spell(by: Spelling | null): void {
    const held = this.view.state.facet(spelling);
    if (held?.known === by?.known && held?.language === by?.language) return;
    this.view.dispatch({ effects: this.spelt.reconfigure(spelling.of(by)) });
  }

  /** A word was put on a list, or is to be left alone. */
  spellAgain(): void {
    this.view.dispatch({ effects: lookAgain.of(null) });
  }

  /** Returns the text as one whose misspelt words are walked and mended. */
  spelled(by: Spelling): Spelled {
    return spelledText(this.view, by);
  }

  focusAt(anchor: number, head: number): void {
    this.view.dispatch({ selection: this.within(anchor, head) });
    this.reveal(this.view.state.selection.main.head);
    this.view.focus();
  }

  does(command: EditorCommand): void {
    runOf(command)(this.view);
    this.view.focus();
  }

  goToLine(line: number, words: string): void {
    const { doc } = this.view.state;
    const there = lineOfWords(doc, Math.floor(line), words);
    const at = doc.line(Math.min(doc.lines, Math.max(1, there))).from;
    this.view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.view.focus();
  }

  focus(): void {
    this.view.focus();
  }

  lineAt(x: number, y: number): number {
    return this.view.state.doc.lineAt(this.view.posAtCoords({ x, y }, false)).number;
  }

  topLine(): number {
    return topLine(this.view, this.scroller.element);
  }

  scrollToLine(line: number): void {
    this.scroller.to(scrollTopOf(this.view, this.scroller.element, line));
  }

  /** Inserts a paragraph of its own after `line`; 0 puts it first. The person can undo it. */
  insertAfterLine(text: string, line: number): void {
    const { doc } = this.view.state;
    const above = line < 1 ? null : doc.line(Math.min(doc.lines, Math.floor(line)));
    const at = above?.to ?? 0;
    const before = above === null || doc.sliceString(0, at).trim() === "" ? "" : above.text.trim() === "" ? "\n" : "\n\n";
    const below = doc.sliceString(at, at + 2);
    const after = below === "" || below.startsWith("\n\n") ? "" : below.startsWith("\n") ? "\n" : "\n\n";
    const insert = `${before}${text}${after}`;
    this.view.dispatch({ changes: { from: at, insert }, userEvent: "input", scrollIntoView: true });
  }

  /**
   * Shows `body`, which another writer made of `base` (by default: of what is shown). What was typed since `base`
   * stays, and is then told at once as a change of ours. Undo takes back only what was typed here.
   */
  replaceBody(body: string, base?: string): void {
    const mine = this.view.state.doc.toString();
    const changes = incoming(base ?? mine, mine, body);
    if (!changes.empty) {
      this.view.dispatch({ changes, annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)] });
    }
    this.told.body = this.view.state.doc.toString() !== body;
    if (this.told.body) this.tell.ask();
    this.flush();
  }

  /** Pastes the clipboard at the caret in another way than it comes. */
  pasteAs(way: PasteWay): boolean {
    this.pastes.as(way);
    this.view.focus();
    return true;
  }

  private listen(): void {
    this.scroller.element.addEventListener("scroll", this.onscroll, { passive: true });
    this.resized.observe(this.scroller.element);
  }

  private unlisten(): void {
    this.scroller.element.removeEventListener("scroll", this.onscroll);
    this.resized.disconnect();
  }

  private mannerOf(): Extension {
    const { focus, typewriter: follows } = this.written;
    return [focus === "" ? [] : focusMode(focus), follows ? typewriter(() => this.room) : []];
  }

  private stateOf({ body, caret, label, placeholder: hint, cards, undo, spelling: by }: Opened): EditorState {
    const doc = Text.of(body.split("\n"));
    const state = EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(document.querySelector<HTMLStyleElement>("#csp-nonce")?.nonce ?? ""),
        undoRestored(undo, doc),
        undoable,
        keymap.of([...(readsByItself() ? [{ key: PASTE_PLAIN, run: () => this.pasteAs("plain"), preventDefault: true }] : []), ...keys]),
        EditorView.lineWrapping,
        places,
        markdown,
        theme,
        normalisation,
        misspelt,
        this.spelt.of(spelling.of(by)),
        quoting(() => (this.written.quotes ? this.cards.language : "")),
        this.manner.of(this.mannerOf()),
        this.search.extension(),
        pictureCards(cards, (id) => this.events.onplacement(id)),
        blocks(cards.words.embeds),
        this.attributes.of(attributes(label, cards.language, hint)),
        EditorView.perLineTextDirection.of(true),
        EditorView.updateListener.of((update) => this.updated(update)),
        EditorView.domEventHandlers({ paste: (event) => this.pasted(event), drop: (event) => dropsFiles(event) }),
      ],
    });
    if (caret === null) return state;
    const selection = within(state.doc.length, caret.anchor, caret.head);
    return state.update({ selection }).state;
  }

  private updated(update: ViewUpdate): void {
    if (update.docChanged) this.pastes.moved(update.changes);
    const typed = update.transactions.some((made) => made.docChanged && made.annotation(Transaction.remote) !== true);
    if (update.docChanged) this.untoldUndo = true;
    this.search.updated(update);
    if (typed) this.told.body = true;
    if (update.selectionSet || update.docChanged) this.told.caret = true;
    if (typed || this.told.caret) this.tell.ask();
  }

  /** The document of CodeMirror is immutable: it is handed over as it is and made a string by who needs one. */
  private tellNow(): void {
    const { doc, selection } = this.view.state;
    const { body, caret } = this.told;
    this.told.body = this.told.caret = false;
    if (body) this.events.onchange(doc, this.id);
    if (caret) this.events.oncaret(selection.main.anchor, selection.main.head, this.id);
  }

  private pasted(event: ClipboardEvent): boolean {
    const linked = linkPasted(this.view.state, event.clipboardData?.getData("text/plain") ?? "");
    if (linked !== null) {
      event.preventDefault();
      return linked(this.view);
    }
    const data = event.clipboardData;
    if (holdsPage(data)) {
      event.preventDefault();
      this.pastes.page(readsByItself() ? "" : (data?.getData("text/html") ?? ""), data?.getData("text/plain") ?? "");
      return true;
    }
    if (!mayBePicture(data)) return false;
    event.preventDefault();
    const { doc, selection } = this.view.state;
    this.events.onpasteimage(doc.lineAt(selection.main.head).number);
    return true;
  }

  private within(anchor: number, head: number): EditorSelection {
    return within(this.view.state.doc.length, anchor, head);
  }

  private reveal(at: number): void {
    // Scrolled no further than needed: from the top of the article, its headline stays in view.
    this.view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: 60 }) });
  }
}

function within(length: number, anchor: number, head: number): EditorSelection {
  const clamp = (at: number) => Math.min(length, Math.max(0, Math.floor(at) || 0));
  return EditorSelection.single(clamp(anchor), clamp(head));
}

const attributed = (...words: string[]) => words.join("\n");

function attributes(label: string, language: string, hint: string): Extension {
  const content = EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-multiline": "true",
    spellcheck: "false", // looked at by `spell.ts`
    autocorrect: "off",
    autocapitalize: "sentences",
    lang: language,
    dir: direction(language),
  });
  return [content, placeholder(hint)];
}

/** Files that are dropped come through Rust; read here they would become text. */
function dropsFiles(event: DragEvent): boolean {
  if (!event.dataTransfer?.files.length) return false;
  event.preventDefault();
  return true;
}
