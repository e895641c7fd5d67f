/** Lists and quotations as one types them: the next line goes on, numbers follow, items move in and out by key. */

import { ChangeSet, EditorSelection, type ChangeSpec, type EditorState, type StateCommand, type Text, type TransactionSpec } from "@codemirror/state";
import { commonEnd } from "./normalise";

/** The marks at the start of a line of a list. */
export interface Item {
  /** Marks of the quotation around it, such as `> `. */
  quote: string;
  /** Columns between the quotation's marks and the item's. */
  indent: number;
  bullet: string;
  /** Of a numbered item; -1 of a bullet. */
  number: number;
  dot: string;
  gap: string;
  /** Units of the line that are marks. */
  length: number;
}

const ITEM = /^((?:[ ]{0,3}>[ \t]?)*)([ \t]*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)/;
const QUOTE = /^(?:[ ]{0,3}>[ \t]?)+/;
const RULE = /^[ \t>]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/;
/** A list is looked at so many lines up and down from the caret, and no further. */
const REACH = 500;

/** Returns the marks of a line of a list, or `null` where the line is none. */
export function itemOf(line: string): Item | null {
  const found = RULE.test(line) ? null : ITEM.exec(line);
  if (found === null) return null;
  const [whole, quote = "", spaces = "", bullet = "", number, dot = "", gap = " "] = found;
  return { quote, indent: columns(spaces), bullet, number: number === undefined ? -1 : Number(number), dot, gap, length: whole.length };
}

function columns(spaces: string): number {
  let at = 0;
  for (const space of spaces) at += space === "\t" ? 4 - (at % 4) : 1;
  return at;
}

const markOf = (item: Item) => (item.number < 0 ? item.bullet : `${item.number}${item.dot}`);
/** The column at which the words of an item begin; what belongs to it begins there too. */
const contentOf = (item: Item) => item.indent + markOf(item).length + item.gap.length;
const written = (item: Item, indent = item.indent) => `${item.quote}${" ".repeat(indent)}${markOf(item)}${item.gap}`;
const sameList = (one: Item, other: Item) => one.bullet === other.bullet && one.dot === other.dot;

type Dispatch = Parameters<StateCommand>[0]["dispatch"];

interface Level {
  first: Item;
  /** Its newest item, with the number it has now. */
  last: Item;
  /** The column at which the words of that item began before. */
  content: number;
  /** How far they moved. */
  shift: number;
}

/**
 * Returns the lines of a list with its numbers in order: each list keeps the number it begins with, one whose second
 * item repeats the first number is meant so, and what belongs to an item moves along when its number grows a digit.
 */
export function renumbered(lines: readonly string[]): string[] {
  const levels: Level[] = [];
  let blank = false;
  return lines.map((line) => {
    const quote = QUOTE.exec(line)?.[0] ?? "";
    const inner = line.slice(quote.length);
    if (inner.trim() === "") {
      blank = true;
      return line;
    }
    const item = itemOf(line);
    const indent = columns(/^[ \t]*/.exec(inner)?.[0] ?? "");
    if (item === null) {
      const [, inside] = [...levels.entries()].reverse().find(([, level]) => indent >= level.content) ?? [];
      if (inside === undefined && blank) levels.length = 0;
      blank = false;
      return inside === undefined ? line : shifted(line, quote.length, inside.shift);
    }
    blank = false;
    return numberedItem(levels, item, line);
  });
}

function numberedItem(levels: Level[], item: Item, line: string): string {
  while (levels.length > 0 && item.indent < (levels.at(-1)?.last.indent ?? 0)) levels.pop();
  const top = levels.at(-1);
  const sibling = top !== undefined && item.indent < top.content ? levels.pop() : undefined;
  const outer = levels.at(-1)?.shift ?? 0;
  const goesOn = sibling !== undefined && sameList(sibling.last, item);
  const number = goesOn && item.number >= 0 ? following(sibling, item) : item.number;
  const next = { ...item, number };
  levels.push({
    first: goesOn ? sibling.first : item,
    last: next,
    content: contentOf(item),
    shift: outer + markOf(next).length - markOf(item).length,
  });
  return number === item.number && outer === 0 ? line : written(next, Math.max(0, item.indent + outer)) + line.slice(item.length);
}

function following(level: Level, item: Item): number {
  const repeats = level.first.number === level.last.number && item.number === level.first.number;
  return repeats ? item.number : level.last.number + 1;
}

function shifted(line: string, at: number, by: number): string {
  if (by >= 0) return line.slice(0, at) + " ".repeat(by) + line.slice(at);
  const spaces = /^ */.exec(line.slice(at))?.[0].length ?? 0;
  return line.slice(0, at) + line.slice(at + Math.min(spaces, -by));
}

/** Returns the first and the last line (1-based) of the list that `number` is of. */
export function listAround(doc: Text, number: number): { first: number; last: number } {
  const belongs = (line: string) => {
    const inner = line.replace(QUOTE, "");
    return inner.trim() === "" || /^[ \t]/.test(inner) || itemOf(line) !== null;
  };
  let [first, last] = [number, number];
  while (first > Math.max(1, number - REACH) && belongs(doc.line(first - 1).text)) first -= 1;
  while (last < Math.min(doc.lines, number + REACH) && belongs(doc.line(last + 1).text)) last += 1;
  return { first, last };
}

/** Returns what puts the numbers of a list right, from line `from` on; nothing above it is touched. */
function renumbering(doc: Text, from: number): ChangeSpec[] {
  const { first, last } = listAround(doc, Math.min(from, doc.lines));
  const old = Array.from({ length: last - first + 1 }, (_, at) => doc.line(first + at).text);
  const changes: ChangeSpec[] = [];
  renumbered(old).forEach((next, at) => {
    const line = doc.line(first + at);
    if (first + at < from || next === line.text) return;
    const tail = commonEnd(line.text, next);
    changes.push({ from: line.from, to: line.to - tail, insert: next.slice(0, next.length - tail) });
  });
  return changes;
}

/** Joins an edit of a list with the renumbering that follows from it: one change, one undo. */
function withNumbers(state: EditorState, edit: ChangeSpec, line: number, selection?: EditorSelection): TransactionSpec {
  const changes = state.changes(edit);
  const after = changes.apply(state.doc);
  const numbers = ChangeSet.of(renumbering(after, line), after.length);
  const places = selection ?? state.selection.map(changes, 1);
  return { changes: changes.compose(numbers), selection: places.map(numbers, 1), userEvent: "input", scrollIntoView: true };
}

/** Returns the mark the next line begins with, or `null` where the line is neither of a list nor of a quotation. */
export function nextMark(line: string): { mark: string; length: number } | null {
  const item = itemOf(line);
  if (item !== null) return { mark: written({ ...item, number: item.number < 0 ? -1 : item.number + 1 }), length: item.length };
  const quote = QUOTE.exec(line)?.[0];
  return quote === undefined ? null : { mark: quote, length: quote.length };
}

/** Enter in a list or a quotation goes on with it; on an empty item it goes out of it, one level at a time. */
export const continueMark: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  if (!main.empty || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(main.head);
  const next = nextMark(line.text);
  if (next === null || main.head < line.from + next.length) return false;
  if (line.text.slice(next.length).trim() === "") return endMark(state, dispatch, line.number);
  const item = itemOf(line.text);
  const mark = item !== null && item.number >= 0 && repeatsNumber(state.doc, line.number, item) ? written(item) : next.mark;
  const insert = `${state.lineBreak}${mark}`;
  // Words after the caret go along; a space that stood before them would be one too many.
  const to = main.head + (/^[ \t]+(?=\S)/.exec(line.text.slice(main.head - line.from))?.[0].length ?? 0);
  const selection = EditorSelection.single(main.head + insert.length);
  dispatch(state.update(withNumbers(state, { from: main.head, to, insert }, line.number + 1, selection)));
  return true;
};

/** Says whether a list counts 1. 1. 1., as some write it and every Markdown reader understands it. */
function repeatsNumber(doc: Text, number: number, item: Item): boolean {
  const { first, last } = listAround(doc, number);
  const same = (at: number) => {
    const other = itemOf(doc.line(at).text);
    return other !== null && other.indent === item.indent && sameList(other, item) && other.number === item.number;
  };
  return (number > first && same(number - 1)) || (number < last && same(number + 1));
}

function endMark(state: EditorState, dispatch: Dispatch, number: number): boolean {
  const line = state.doc.line(number);
  const item = itemOf(line.text);
  if (item !== null && parentOf(state.doc, number, item) !== null) return outdentItem({ state, dispatch });
  const quote = item === null ? "" : item.quote;
  // Without an empty line between, Markdown would read what comes next as more of the last item.
  const above = number > 1 ? state.doc.line(number - 1).text.replace(QUOTE, "").trim() : "";
  const insert = above === "" ? quote : `${quote.trimEnd()}${state.lineBreak}${quote}`;
  const selection = EditorSelection.single(line.from + insert.length);
  dispatch(state.update(withNumbers(state, { from: line.from, to: line.to, insert }, number + 1, selection)));
  return true;
}

/** Returns the item that `item` is inside of. */
function parentOf(doc: Text, number: number, item: Item): Item | null {
  for (let at = number - 1; at >= Math.max(1, number - REACH); at -= 1) {
    const other = itemOf(doc.line(at).text);
    if (other !== null && other.indent < item.indent) return item.indent >= contentOf(other) ? other : null;
    if (other === null && /^\S/.test(doc.line(at).text.replace(QUOTE, ""))) return null;
  }
  return null;
}

/** Returns the item before on the same level, under which `item` may go. */
function siblingOf(doc: Text, number: number, item: Item): Item | null {
  for (let at = number - 1; at >= Math.max(1, number - REACH); at -= 1) {
    const other = itemOf(doc.line(at).text);
    if (other !== null && other.indent <= item.indent) return item.indent < contentOf(other) ? other : null;
    if (other === null && /^\S/.test(doc.line(at).text.replace(QUOTE, ""))) return null;
  }
  return null;
}

/** Returns the last line (1-based) of what belongs to the item of line `number`. */
export function lastOfItem(doc: Text, number: number, item: Item): number {
  let last = number;
  for (let at = number + 1; at <= Math.min(doc.lines, number + REACH); at += 1) {
    const text = doc.line(at).text;
    const inner = text.replace(QUOTE, "");
    if (inner.trim() === "") continue; // belongs to it if what comes after does
    if (columns(/^[ \t]*/.exec(inner)?.[0] ?? "") < contentOf(item)) break;
    last = at;
  }
  return last;
}

/** Puts the item of the caret, and what belongs to it, under the item before it. Elsewhere it does nothing. */
export const indentItem: StateCommand = ({ state, dispatch }) => {
  const number = state.doc.lineAt(state.selection.main.head).number;
  const item = itemOf(state.doc.line(number).text);
  const sibling = item && siblingOf(state.doc, number, item);
  if (!item || !sibling) return item !== null; // in a list the key is a list's, also where it can go no further
  const indent = contentOf(sibling);
  const before = itemAt(state.doc, number, indent);
  const next = before === null ? { ...item, number: item.number < 0 ? -1 : 1 } : { ...before, number: before.number < 0 ? -1 : before.number + 1 };
  return moveItem(state, dispatch, number, { ...next, indent });
};

/** Takes the item of the caret, and what belongs to it, out of the item it is in. Elsewhere it does nothing. */
export const outdentItem: StateCommand = ({ state, dispatch }) => {
  const number = state.doc.lineAt(state.selection.main.head).number;
  const item = itemOf(state.doc.line(number).text);
  const parent = item && parentOf(state.doc, number, item);
  if (!item || !parent) return item !== null;
  return moveItem(state, dispatch, number, { ...parent, number: parent.number < 0 ? -1 : parent.number + 1 });
};

/** Returns the item before on the level `indent`, inside of the item before that. */
function itemAt(doc: Text, number: number, indent: number): Item | null {
  for (let at = number - 1; at >= Math.max(1, number - REACH); at -= 1) {
    const other = itemOf(doc.line(at).text);
    if (other !== null && other.indent <= indent) return other.indent === indent ? other : null;
  }
  return null;
}

function moveItem(state: EditorState, dispatch: Dispatch, number: number, next: Item): boolean {
  const line = state.doc.line(number);
  const old = itemOf(line.text);
  if (old === null) return false;
  const by = contentOf(next) - contentOf(old);
  const changes: ChangeSpec[] = [{ from: line.from, to: line.from + old.length, insert: written(next) }];
  for (let at = number + 1; at <= lastOfItem(state.doc, number, old); at += 1) {
    const { from, to, text } = state.doc.line(at);
    const quote = QUOTE.exec(text)?.[0].length ?? 0;
    if (text.slice(quote).trim() !== "") changes.push({ from, to, insert: shifted(text, quote, by) });
  }
  dispatch(state.update(withNumbers(state, changes, number)));
  return true;
}
