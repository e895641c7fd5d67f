/** What is not being written steps back: all but the paragraph, or the sentence, of the caret. */

import { Prec, StateField, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import { paragraphAt } from "./paragraphs";

export type Focus = "paragraph" | "sentence";

interface Shown {
  /** The paragraph's lines, 1-based. */
  first: number;
  last: number;
  /** Lines of the text when they were counted. */
  lines: number;
  blank: boolean;
  decorations: DecorationSet;
}

const brightLine = Decoration.line({ class: "in-focus" });
const bright = Decoration.mark({ class: "in-focus", inclusive: true });

/** Returns the extension. A key costs a look at its own line, whatever the length of the text. */
export function focusMode(focus: Focus): Extension {
  const field = StateField.define<Shown>({
    create: (state) => shownAt(state, focus),
    update(shown, made) {
      if (!made.docChanged && made.selection === undefined) return shown;
      return focus === "paragraph" && isSameParagraph(shown, made) ? { ...shown, decorations: shown.decorations.map(made.changes) } : shownAt(made.state, focus);
    },
    provide: (of) => EditorView.decorations.from(of, (shown) => shown.decorations),
  });
  // Outermost, so that what is marked within a bright sentence keeps its own look.
  return [Prec.lowest(field), EditorView.editorAttributes.of({ class: "focusing" })];
}

function isSameParagraph(shown: Shown, made: Transaction): boolean {
  const { doc, selection } = made.state;
  const line = doc.lineAt(selection.main.head);
  if (doc.lines !== shown.lines || line.number < shown.first || line.number > shown.last || isBlank(line.text) !== shown.blank) return false;
  let inside = true; // a line far away that became empty, or full, may be of this paragraph's edge
  made.changes.iterChangedRanges((_fromA, _toA, from, to) => {
    inside &&= from >= line.from && to <= line.to;
  });
  return inside;
}

const isBlank = (text: string) => !/\S/.test(text);

function shownAt(state: EditorState, focus: Focus): Shown {
  const { doc, selection } = state;
  const line = doc.lineAt(selection.main.head);
  if (focus === "sentence") {
    const { from, to } = sentenceAt(line.text, selection.main.head - line.from);
    const decorations = from < to ? Decoration.set(bright.range(line.from + from, line.from + to)) : Decoration.none;
    return { first: line.number, last: line.number, lines: doc.lines, blank: false, decorations };
  }
  const { first, last } = paragraphAt(doc, line.number);
  const lines = Array.from({ length: last - first + 1 }, (_, at) => brightLine.range(doc.line(first + at).from));
  return { first, last, lines: doc.lines, blank: isBlank(line.text), decorations: Decoration.set(lines) };
}

const END = /[.!?…。！？]["'”’»)\]*_]*$/u;
/** No sentence is longer; what is, is bright in part. */
const REACH = 2000;

/** Returns the sentence of a line that the place `at` is in; after its full stop it still is, until the next begins. */
export function sentenceAt(line: string, at: number): { from: number; to: number } {
  const least = Math.max(0, at - REACH);
  let from = least === 0 ? 0 : least;
  for (let end = at; end > least; end -= 1) {
    if (isSpace(line, end - 1) && !isSpace(line, end) && end < line.length && END.test(line.slice(Math.max(0, end - 8), end).trimEnd())) {
      from = end;
      break;
    }
  }
  const most = Math.min(line.length, at + REACH);
  for (let to = Math.max(at, from + 1); to < most; to += 1) {
    if (isSpace(line, to) && END.test(line.slice(Math.max(from, to - 6), to))) return { from, to };
  }
  return { from, to: most };
}

const isSpace = (line: string, at: number) => line.charAt(at) === " " || line.charAt(at) === "\t";
