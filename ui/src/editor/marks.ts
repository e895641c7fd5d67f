/** Bold, italic, links and headings by key: on the selection, or on the word at the caret. */

import { EditorSelection, type ChangeSpec, type EditorState, type SelectionRange, type StateCommand } from "@codemirror/state";
import { itemOf } from "./lists";

interface Span {
  from: number;
  to: number;
}

const WORD = /[\p{L}\p{N}\p{M}]/u;
const QUOTE = /^(?:[ ]{0,3}>[ \t]?)+/;
const HEADING = /^(#{1,6})(?:[ \t]+|$)/;

/** Returns the word around `at`, where there is one. */
export function wordAt(state: EditorState, at: number): Span | null {
  const line = state.doc.lineAt(at);
  let [from, to] = [at - line.from, at - line.from];
  while (from > 0 && WORD.test(before(line.text, from))) from -= before(line.text, from).length;
  while (to < line.length && WORD.test(after(line.text, to))) to += after(line.text, to).length;
  return from === to ? null : { from: line.from + from, to: line.from + to };
}

function before(text: string, at: number): string {
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff ? text.slice(at - 2, at) : text.slice(at - 1, at);
}

function after(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

/** Returns the words of a range line by line, without the marks of lists, quotations and headings, and without spaces at their ends. */
function spans(state: EditorState, range: Span): Span[] {
  const found: Span[] = [];
  for (let at = range.from; at <= range.to; ) {
    const line = state.doc.lineAt(at);
    const start = Math.max(range.from, line.from + leading(line.text));
    const end = Math.min(range.to, line.to);
    const words = start < end ? state.sliceDoc(start, end) : "";
    if (words.trim() !== "") found.push({ from: start + words.length - words.trimStart().length, to: end - words.length + words.trimEnd().length });
    at = line.to + 1;
  }
  return found;
}

function leading(line: string): number {
  const marks = itemOf(line)?.length ?? QUOTE.exec(line)?.[0].length ?? 0;
  return marks + (HEADING.exec(line.slice(marks))?.[0].length ?? 0);
}

/** Returns how many of the mark's signs stand on both sides of a span, and which sign it is: some write `_` for `*`. */
function signsAround(state: EditorState, { from, to }: Span, sign: string): { sign: string; count: number } {
  for (const one of sign === "*" ? ["*", "_"] : [sign]) {
    let count = 0;
    while (from - count > 0 && state.sliceDoc(from - count - 1, from - count) === one && state.sliceDoc(to + count, to + count + 1) === one) count += 1;
    if (count > 0) return { sign: one, count };
  }
  return { sign, count: 0 };
}

/** Leaves out marks that were selected together with their words. */
function inner(state: EditorState, span: Span, sign: string): Span {
  const words = state.sliceDoc(span.from, span.to);
  const [, start = "", between = "", end = ""] = (sign === "*" ? /^([*_]*)([^]*?)([*_]*)$/ : /^(~*)([^]*?)(~*)$/).exec(words) ?? [];
  return between === "" || between.includes(sign) ? span : { from: span.from + start.length, to: span.to - end.length };
}

/** Of one, two or three stars around a word, one and three make it italic, two and three bold. */
function isMarked(count: number, mark: string): boolean {
  if (mark === "**") return count >= 2;
  return mark === "*" ? count % 2 === 1 : count >= mark.length;
}

/** Returns the command that puts `mark` around the words, or takes it away where all of them have it. */
export function around(mark: string): StateCommand {
  const sign = mark.charAt(0);
  return ({ state, dispatch }) => {
    const made = state.changeByRange((range) => toggled(state, range, mark, sign));
    dispatch(state.update(made, { userEvent: "input", scrollIntoView: true }));
    return true;
  };
}

function toggled(state: EditorState, range: SelectionRange, mark: string, sign: string): { changes: ChangeSpec[]; range: SelectionRange } {
  const word = range.empty ? wordAt(state, range.head) : range;
  if (word === null) return emptied(state, range.head, mark, sign);
  const words = spans(state, word).map((span) => inner(state, span, sign));
  const all = words.map((span) => ({ ...span, ...signsAround(state, span, sign) }));
  const off = all.length > 0 && all.every(({ count }) => isMarked(count, mark));
  const changes: ChangeSpec[] = [];
  for (const { from, to, count } of all) {
    if (off) changes.push({ from: from - mark.length, to: from }, { from: to, to: to + mark.length });
    else if (!isMarked(count, mark)) changes.push({ from, insert: mark }, { from: to, insert: mark });
  }
  const set = state.changes(changes);
  // The words stay selected, the caret stays between the letters it was between; the marks are never inside of it.
  const place = range.empty
    ? EditorSelection.cursor(set.mapPos(range.head, range.head === word.to ? -1 : 1))
    : EditorSelection.range(set.mapPos(words[0]?.from ?? range.from, 1), set.mapPos(words.at(-1)?.to ?? range.to, -1));
  return { changes, range: place };
}

/** With nothing to mark, the marks are put for the words to come; pressed again, they go. */
function emptied(state: EditorState, at: number, mark: string, sign: string): { changes: ChangeSpec[]; range: SelectionRange } {
  const size = mark.length;
  const { count } = signsAround(state, { from: at, to: at }, sign);
  const changes = isMarked(count, mark)
    ? [{ from: at - size, to: at }, { from: at, to: at + size }]
    : [{ from: at, insert: mark + mark }];
  return { changes, range: EditorSelection.cursor(isMarked(count, mark) ? at - size : at + size) };
}

const ADDRESS = /^(?:https?:\/\/|mailto:|tel:)[^\s<>]+$/i;

/** Says whether words are one address that may be linked to. */
export function isAddress(words: string): boolean {
  return ADDRESS.test(words.trim());
}

/** Returns a link as Markdown writes it. */
export function linkOf(words: string, address: string): string {
  const plain = /^[^()]*$/.test(address) ? address : `<${address}>`;
  return `[${words}](${plain})`;
}

/** Makes a link of the selection or the word: the caret goes to where the address belongs. */
export const link: StateCommand = ({ state, dispatch }) => {
  const made = state.changeByRange((range) => {
    const word = range.empty ? wordAt(state, range.head) : range;
    const { from, to } = word ?? { from: range.head, to: range.head };
    const words = state.sliceDoc(from, to);
    const insert = isAddress(words) ? linkOf("", words.trim()) : `[${words}]()`;
    const caret = from + (words === "" || isAddress(words) ? 1 : insert.length - 1);
    return { changes: { from, to, insert }, range: EditorSelection.cursor(caret) };
  });
  dispatch(state.update(made, { userEvent: "input", scrollIntoView: true }));
  return true;
};

/** Returns the command that links the selected words to a pasted address, or `null` where that is not what was pasted or selected. */
export function linkPasted(state: EditorState, pasted: string): StateCommand | null {
  const { from, to, empty } = state.selection.main;
  const words = state.sliceDoc(from, to);
  const linkable = !empty && state.selection.ranges.length === 1 && words.trim() === words && !/[\n[\]]/.test(words) && !isAddress(words);
  if (!linkable || !isAddress(pasted)) return null;
  const insert = linkOf(words, pasted.trim());
  return ({ dispatch }) => {
    dispatch(state.update({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.paste", scrollIntoView: true }));
    return true;
  };
}

/** Returns the command that makes headings of `level` of the lines, or plain lines of them (0, or where all are that already). */
export function heading(level: number): StateCommand {
  return ({ state, dispatch }) => {
    const lines = selectedLines(state).filter((line) => line.text.trim() !== "" || state.selection.main.empty);
    const all = lines.every((line) => levelOf(line.text) === level);
    const wanted = all ? 0 : level;
    dispatch(state.update({ changes: lines.map((line) => levelled(line, wanted)), userEvent: "input", scrollIntoView: true }));
    return true;
  };
}

/** Of a plain line a heading, of a heading the next smaller, and at last a plain line again. */
export const nextHeading: StateCommand = (target) => {
  const level = levelOf(target.state.doc.lineAt(target.state.selection.main.head).text);
  return heading(level === 0 ? 2 : level >= 4 ? 0 : level + 1)(target);
};

const levelOf = (line: string) => HEADING.exec(line.replace(QUOTE, ""))?.[1]?.length ?? 0;

function levelled(line: { from: number; text: string }, level: number): ChangeSpec {
  const at = QUOTE.exec(line.text)?.[0].length ?? 0;
  const length = HEADING.exec(line.text.slice(at))?.[0].length ?? 0;
  return { from: line.from + at, to: line.from + at + length, insert: level === 0 ? "" : `${"#".repeat(level)} ` };
}

function selectedLines(state: EditorState) {
  const lines = new Map<number, ReturnType<typeof state.doc.lineAt>>();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      lines.set(line.number, line);
      at = line.to + 1;
    }
  }
  return [...lines.values()];
}
