/** Paragraphs as one thing: select them, move them past each other. */

import { EditorSelection, type EditorState, type StateCommand, type Text, type TransactionSpec } from "@codemirror/state";
import { itemOf, lastOfItem, listAround } from "./lists";

/** Lines from and to, 1-based, both included. */
export interface Lines {
  first: number;
  last: number;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** No paragraph that is moved has more lines; what is longer is moved in part. */
const MOST = 2000;

const isBlank = (doc: Text, number: number) => doc.line(number).text.trim() === "";

/** Returns the paragraph that line `number` is of: lines without an empty one between. An empty line is one by itself. */
export function paragraphAt(doc: Text, number: number): Lines {
  let [first, last] = [number, number];
  if (isBlank(doc, number)) return { first, last };
  while (first > Math.max(1, number - MOST) && !isBlank(doc, first - 1)) first -= 1;
  while (last < Math.min(doc.lines, number + MOST) && !isBlank(doc, last + 1)) last += 1;
  return { first, last };
}

/** Returns the code block around a line, which may have empty lines in it. */
function fenceAround(doc: Text, number: number): Lines | null {
  let open: { at: number; mark: string } | null = null;
  for (let at = 1; at <= doc.lines; at += 1) {
    const mark = FENCE.exec(doc.line(at).text)?.[1];
    if (mark === undefined) continue;
    if (open === null) {
      if (at > number) return null;
      open = { at, mark };
    } else if (mark.startsWith(open.mark) && doc.line(at).text.trim() === mark) {
      if (at >= number) return { first: open.at, last: at };
      open = null;
    }
  }
  return null;
}

/** Returns the block that line `number` is of: a paragraph, a list without empty lines, a whole code block. */
export function blockAt(doc: Text, number: number): Lines {
  return fenceAround(doc, number) ?? paragraphAt(doc, number);
}

/** Returns what a move moves: items where some of a list are selected, else whole blocks. */
function unit(doc: Text, first: number, last: number): Lines & { item: boolean } {
  const block = { first: blockAt(doc, first).first, last: blockAt(doc, last).last };
  const item = itemOf(doc.line(first).text);
  if (item === null || itemOf(doc.line(block.first).text) === null) return { ...block, item: false };
  const end = Math.max(last, lastOfItem(doc, first, item));
  const whole = first === block.first && end >= block.last;
  return whole ? { ...block, item: false } : { first, last: Math.min(end, block.last), item: true };
}

function neighbour(doc: Text, lines: Lines & { item: boolean }, up: boolean): Lines | null {
  return lines.item ? nextItem(doc, lines, up) : nextBlock(doc, lines, up);
}

function nextBlock(doc: Text, { first, last }: Lines, up: boolean): Lines | null {
  let at = up ? first - 1 : last + 1;
  while (at >= 1 && at <= doc.lines && isBlank(doc, at)) at += up ? -1 : 1;
  return at < 1 || at > doc.lines ? null : blockAt(doc, at);
}

/** Items change places with items of their level, each with what belongs to it. */
function nextItem(doc: Text, { first, last }: Lines, up: boolean): Lines | null {
  const item = itemOf(doc.line(first).text);
  if (item === null) return null;
  const list = listAround(doc, first);
  if (!up) {
    const other = last < list.last ? itemOf(doc.line(last + 1).text) : null;
    return other?.indent === item.indent ? { first: last + 1, last: lastOfItem(doc, last + 1, other) } : null;
  }
  for (let at = first - 1; at >= list.first; at -= 1) {
    const other = itemOf(doc.line(at).text);
    if (other !== null && other.indent < item.indent) return null;
    if (other?.indent === item.indent) return { first: at, last: first - 1 };
  }
  return null;
}

/** Returns the change that moves what is selected past its neighbour, or `null` where there is none. */
export function moved(state: EditorState, up: boolean): TransactionSpec | null {
  const { doc } = state;
  const { from, to } = state.selection.main;
  const [first, last] = [doc.lineAt(from).number, doc.lineAt(to).number];
  if (isBlank(doc, first) && first === last) return null;
  const mine = unit(doc, first, last);
  const other = neighbour(doc, mine, up);
  if (other === null) return null;
  const [top, bottom] = up ? [other, mine] : [mine, other];
  const [start, end] = [doc.line(top.first).from, doc.line(bottom.last).to];
  const between = doc.sliceString(doc.line(top.last).to, doc.line(bottom.first).from);
  const [upper, lower] = [doc.sliceString(start, doc.line(top.last).to), doc.sliceString(doc.line(bottom.first).from, end)];
  const [nextUpper, nextLower] = mine.item ? swapNumbers(lower, upper) : [lower, upper];
  const insert = `${nextUpper}${between}${nextLower}`;
  const now = up ? start : end - (mine.item ? nextLower : upper).length;
  const grown = mine.item ? (up ? nextUpper.length - lower.length : nextLower.length - upper.length) : 0;
  const by = now - doc.line(mine.first).from + grown;
  const place = (at: number) => Math.min(start + insert.length, Math.max(now, at + by));
  const { anchor, head } = state.selection.main;
  return { changes: { from: start, to: end, insert }, selection: EditorSelection.single(place(anchor), place(head)), userEvent: "move.line", scrollIntoView: true };
}

/** Of two numbered items that change places, each takes the number of its new place. */
function swapNumbers(upper: string, lower: string): [string, string] {
  const [one, other] = [itemOf(upper), itemOf(lower)];
  if (one === null || other === null || one.number < 0 || other.number < 0) return [upper, lower];
  const numbered = (text: string, own: number, next: number) => text.replace(String(own), String(next));
  return [numbered(upper, one.number, other.number), numbered(lower, other.number, one.number)];
}

/** Returns the command that moves the paragraph up or down past the next one; in a list, the item. */
export function moveParagraph(up: boolean): StateCommand {
  return ({ state, dispatch }) => {
    const change = moved(state, up);
    if (change !== null) dispatch(state.update(change));
    return true;
  };
}

/** Selects the paragraph; pressed again, the next one too. */
export const selectParagraph: StateCommand = ({ state, dispatch }) => {
  const { doc, selection } = state;
  const { from, to } = selection.main;
  const here = { first: paragraphAt(doc, doc.lineAt(from).number).first, last: paragraphAt(doc, doc.lineAt(to).number).last };
  const has = from === doc.line(here.first).from && to === doc.line(here.last).to && from < to;
  const more = has ? nextBlock(doc, here, false) : null;
  const range = EditorSelection.single(doc.line(here.first).from, doc.line(more?.last ?? here.last).to);
  dispatch(state.update({ selection: range, userEvent: "select", scrollIntoView: true }));
  return true;
};
