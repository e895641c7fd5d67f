/**
 * Misspelt words in the text, marked. Looked at once the typing rests, and only what is in view: a key costs no more than
 * moving the marks that are there. Nothing is touched while an input method composes.
 */

import { syntaxTree } from "@codemirror/language";
import { Facet, StateEffect, type EditorState, type Line, type Text } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import type { KnownWords } from "./spell-known";
import { beside, type Spelled } from "./spell-field";
import { wordsOf, type Word } from "./spell-words";

/** Milliseconds without a key. */
const REST = 350;
/** Milliseconds of work after which whatever waits has its turn. */
const SLICE = 8;
/** Lines beyond this length are no prose; only their beginning is looked at. */
const LONGEST_LINE = 20_000;

export interface Spelling {
  known: KnownWords;
  language: string;
}

/** By what is spelt; absent, nothing is marked. */
export const spelling = Facet.define<Spelling | null, Spelling | null>({ combine: (all) => all[0] ?? null });

const marked = StateEffect.define<DecorationSet>();
/** Everything is to be looked at again: a word was put on a list. */
export const lookAgain = StateEffect.define<null>();

const WRONG = Decoration.mark({ class: "cm-misspelt" });
const CODE = /Code|HTML|Comment|URL/;

class Marks {
  marks: DecorationSet = Decoration.none;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly view: EditorView) {
    this.later();
  }

  update(update: ViewUpdate): void {
    if (update.docChanged) this.marks = this.marks.map(update.changes);
    let told = false;
    for (const made of update.transactions) {
      for (const effect of made.effects) {
        if (effect.is(marked)) [this.marks, told] = [effect.value, true];
        else if (effect.is(lookAgain)) this.later();
      }
    }
    const other = update.state.facet(spelling) !== update.startState.facet(spelling);
    if (update.docChanged || update.viewportChanged || other || (update.selectionSet && !told)) this.later();
  }

  destroy(): void {
    clearTimeout(this.timer);
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), REST);
  }

  private async look(): Promise<void> {
    const { view } = this;
    const by = view.state.facet(spelling);
    if (view.composing) return this.later();
    if (by === null) return this.show(Decoration.none);
    const words = view.visibleRanges.flatMap(({ from, to }) => wordsBetween(view.state, from, to));
    const doc = view.state.doc;
    try {
      await by.known.ask(by.language, words.map(({ word }) => word));
    } catch {
      return; // told nowhere: the next pause asks again
    }
    if (view.state.doc !== doc || view.composing) return this.later();
    const wrong = words.filter(({ to, word }) => by.known.isWrong(word) && !this.isTyped(to));
    this.show(Decoration.set(wrong.map(({ from, to }) => WRONG.range(from, to))));
  }

  /** The word at the caret's back is not finished yet. */
  private isTyped(to: number): boolean {
    const { main } = this.view.state.selection;
    return this.view.hasFocus && main.empty && main.head === to;
  }

  private show(marks: DecorationSet): void {
    if (!same(marks, this.marks)) this.view.dispatch({ effects: marked.of(marks) });
  }
}

function same(one: DecorationSet, other: DecorationSet): boolean {
  if (one.size !== other.size) return false;
  const [a, b] = [one.iter(), other.iter()];
  for (; a.value !== null; a.next(), b.next()) if (a.from !== b.from || a.to !== b.to) return false;
  return true;
}

/** Returns the words of the lines between two places, those of code left out. */
export function wordsBetween(state: EditorState, from: number, to: number): Word[] {
  const found: Word[] = [];
  for (let at = from; at <= to; ) {
    const line = state.doc.lineAt(at);
    if (!isCode(state, line.from)) found.push(...wordsOf(beginningOf(line), line.from));
    at = line.to + 1;
  }
  return found;
}

function isCode(state: EditorState, at: number): boolean {
  for (let node: ReturnType<typeof inner> | null = inner(state, at); node !== null; node = node.parent) if (CODE.test(node.name)) return true;
  return false;
}

const inner = (state: EditorState, at: number) => syntaxTree(state).resolveInner(at, 1);

/** Returns the word that the caret stands in, or at the end of. */
export function wordAtCaret(state: EditorState): Word | null {
  const { from: start, to: end } = state.selection.main;
  const line = state.doc.lineAt(start);
  return wordsOf(beginningOf(line), line.from).find(({ from, to }) => from <= start && end <= to) ?? null;
}

const beginningOf = (line: Line) => (line.length > LONGEST_LINE ? line.text.slice(0, LONGEST_LINE) : line.text);

/** So much of the text is read at a time, in UTF-16 units: a few milliseconds of work. */
const PART = 8000;

interface Part {
  from: number;
  to: number;
  /** It stands on the other side of the end of the text, as one goes around. */
  around: boolean;
}

/**
 * The parts of a text, whole lines each, in the order in which one looks for the next word: from the caret to the end, then
 * from the start to the caret's line; `back`, the other way.
 */
export function* parts(doc: Text, at: number, back: boolean): Generator<Part> {
  const here = doc.lineAt(at);
  const whole = { from: here.from, to: doc.length };
  const before = { from: 0, to: here.to };
  const cut = back ? backwards : onwards;
  for (const part of cut(doc, back ? before : whole)) yield { ...part, around: false };
  for (const part of cut(doc, back ? whole : before)) yield { ...part, around: true };
}

type Range = Pick<Part, "from" | "to">;

function* onwards(doc: Text, range: Range): Generator<Range> {
  for (let { from } = range; from <= range.to; ) {
    const { to } = doc.lineAt(Math.min(range.to, from + PART));
    yield { from, to };
    from = to + 1;
  }
}

function* backwards(doc: Text, range: Range): Generator<Range> {
  for (let { to } = range; to >= range.from; ) {
    const { from } = doc.lineAt(Math.max(range.from, to - PART));
    yield { from, to };
    to = from - 1;
  }
}

/** Returns the next misspelt word after the selection, or before it, once around; `null` where there is none. */
async function nextWrong(view: EditorView, { known, language }: Spelling, back: boolean): Promise<Word | null | "left"> {
  const { doc, selection } = view.state;
  const { from: start, to: end } = selection.main;
  let rested = performance.now();
  for (const { from, to, around } of parts(doc, start, back)) {
    const words = wordsBetween(view.state, from, to);
    await known.ask(language, words.map(({ word }) => word)); // at once where all are known
    if (performance.now() - rested > SLICE) {
      await new Promise((next) => setTimeout(next));
      rested = performance.now();
    }
    if (view.state.doc !== doc || !view.state.selection.eq(selection)) return "left";
    const wrong = words.filter(({ word }) => known.isWrong(word));
    const found = around ? wrong.at(back ? -1 : 0) : beside(wrong, start, end, back);
    if (found !== undefined) return found;
  }
  return null;
}

/** Returns the text of the editor as one whose misspelt words are walked and mended. */
export function spelledText(view: EditorView, { known, language }: Spelling): Spelled {
  const word = () => {
    const found = wordAtCaret(view.state);
    const at = found && view.coordsAtPos(found.from);
    const rect = at ? new DOMRect(at.left, at.top, 0, at.bottom - at.top) : view.dom.getBoundingClientRect();
    return found && { word: found.word, rect };
  };
  const next = async (back: boolean) => {
    const found = await nextWrong(view, { known, language }, back);
    if (found === "left") return true; // no caret is taken away from who went on
    if (found === null) return false;
    view.dispatch({ selection: { anchor: found.from, head: found.to }, scrollIntoView: true });
    view.focus();
    return true;
  };
  const replace = (words: string) => {
    const found = wordAtCaret(view.state);
    if (found === null) return;
    const changes = { from: found.from, to: found.to, insert: words };
    view.dispatch({ changes, selection: { anchor: found.from + words.length }, userEvent: "input.spelling" });
    view.focus();
  };
  return { language, word, next, replace, focus: () => view.focus() };
}

export const misspelt = [
  ViewPlugin.fromClass(Marks, { decorations: (plugin) => plugin.marks }),
  // Not the shorthand: WebKit knows it with one value only.
  EditorView.baseTheme({ ".cm-misspelt": { textDecorationLine: "underline", textDecorationStyle: "wavy", textDecorationColor: "var(--blocked)", textDecorationThickness: "1px", textUnderlineOffset: "3px" } }),
];
