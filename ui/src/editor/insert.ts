/** Blocks of a newspaper put into the text: one change, one undo, the caret where the next word goes. */

import { EditorSelection, type ChangeSpec, type EditorState, type StateCommand, type Text } from "@codemirror/state";
import { placementsNamed } from "./pictures";

/** What `docs/markdown.md` has a form for, by name: for the menus and the palette. */
export const INSERTS = {
  quotation: insertQuotation,
  pull_quote: insertPullQuote,
  box: insertBox,
  gallery: insertGallery,
  table: insertTable,
  footnote: insertFootnote,
  embed: insertEmbed,
} as const satisfies Record<string, StateCommand>;
export type InsertCommand = keyof typeof INSERTS;

/** Where the caret goes in a form; two of them stand around what is selected. */
const CARET = "‸";

type Target = Parameters<StateCommand>[0];

/** The selected lines become the quotation; the caret goes to who said it, or to the words where there are none yet. */
function insertQuotation(target: Target): boolean {
  const lines = selectedLines(target.state);
  return lines === null ? put(target, "> ‸\n> — ") : wrap(target, lines, "", "\n> — ‸");
}

/** A pull quote repeats words of the article: the selected ones are copied below their paragraph. */
function insertPullQuote(target: Target): boolean {
  const { from, to } = target.state.selection.main;
  const words = target.state.sliceDoc(from, to).trim().replaceAll(/\s*\n\s*/g, "\n> ");
  return put(target, `> [!pull]\n> ${words}‸`);
}

function insertBox(target: Target): boolean {
  const lines = selectedLines(target.state);
  return lines === null ? put(target, "> [!box] ‸\n> ") : wrap(target, lines, "> [!box] ‸\n", "");
}

/** Pictures that stand together become a gallery; without any it waits for some. */
function insertGallery(target: Target): boolean {
  const { state } = target;
  const lines = selectedLines(state) ?? picturesAround(state.doc, state.doc.lineAt(state.selection.main.head).number);
  return lines === null ? put(target, "> [!gallery] ‸\n> ") : wrap(target, lines, "> [!gallery] ‸\n", "");
}

function insertTable(target: Target): boolean {
  return put(target, "| ‸ |  |\n| --- | --- |\n|  |  |");
}

/** The number goes to the caret, the caret to the words at the end of the text. */
function insertFootnote({ state, dispatch }: Target): boolean {
  const at = state.selection.main.to;
  const number = nextFootnote(state.doc);
  const end = state.doc.length;
  const tail = state.sliceDoc(Math.max(0, end - 2), end);
  const gap = tail.endsWith("\n\n") ? "" : tail.endsWith("\n") ? "\n" : "\n\n";
  // Notes that follow each other need no empty line between them.
  const before = lastLineIsNote(state.doc) ? (tail.endsWith("\n") ? "" : "\n") : gap;
  const mark = `[^${number}]`;
  const note = `${before}${mark}: `;
  const changes: ChangeSpec[] = [{ from: at, insert: mark }, { from: end, insert: note }];
  dispatch(state.update({ changes, selection: { anchor: end + mark.length + note.length }, userEvent: "input", scrollIntoView: true }));
  return true;
}

/** The address in the selection, or one to be pasted over `https://`, in a paragraph of its own. */
function insertEmbed(target: Target): boolean {
  const { from, to } = target.state.selection.main;
  const selected = target.state.sliceDoc(from, to).trim();
  if (/^https?:\/\/\S+$/.test(selected)) return put(target, `${selected}‸`, { from, to });
  return put(target, "‸https://‸");
}

/** Returns the lines of the selection, where something is selected. */
function selectedLines({ doc, selection: { main } }: EditorState): Lines | null {
  if (main.empty || doc.sliceString(main.from, main.to).trim() === "") return null;
  const first = doc.lineAt(main.from).number;
  const last = doc.lineAt(main.to);
  return { first, last: last.from === main.to && last.number > first ? last.number - 1 : last.number };
}

interface Lines {
  first: number;
  last: number;
}

/** Returns the lines of pictures around a line, with the empty ones between them. */
function picturesAround(doc: Text, number: number): Lines | null {
  const isPicture = (at: number) => at >= 1 && at <= doc.lines && placementsNamed(doc.line(at).text).length > 0 && !doc.line(at).text.startsWith(">");
  const isBlank = (at: number) => at >= 1 && at <= doc.lines && doc.line(at).text.trim() === "";
  if (!isPicture(number)) return null;
  const walk = (by: 1 | -1) => {
    let [end, at] = [number, number + by];
    for (; isPicture(at) || isBlank(at); at += by) if (isPicture(at)) end = at;
    return end;
  };
  return { first: walk(-1), last: walk(1) };
}

/** Puts `> ` before lines, `head` above and `tail` below them, and the caret where its sign stands in those. */
function wrap({ state, dispatch }: Target, { first, last }: Lines, head: string, tail: string): boolean {
  const { doc } = state;
  const quoted: string[] = [];
  for (let number = first; number <= last; number += 1) quoted.push(doc.line(number).text.trim() === "" ? ">" : `> ${doc.line(number).text}`);
  const above = first > 1 && doc.line(first - 1).text.trim() !== "" ? "\n" : "";
  const below = last < doc.lines && doc.line(last + 1).text.trim() !== "" ? "\n" : "";
  const from = doc.line(first).from;
  const text = `${above}${head}${quoted.join("\n")}${tail}`;
  const caret = text.indexOf(CARET, head.includes(CARET) ? 0 : text.length - tail.length);
  const insert = text.slice(0, caret) + text.slice(caret + 1) + below;
  dispatch(state.update({ changes: { from, to: doc.line(last).to, insert }, selection: { anchor: from + caret }, userEvent: "input", scrollIntoView: true }));
  return true;
}

/** Puts a block of its own after the paragraph of the caret, or in place of `over`. */
function put({ state, dispatch }: Target, template: string, over?: { from: number; to: number }): boolean {
  const { doc } = state;
  const at = over ?? placeAfterParagraph(doc, state.selection.main.to);
  const [first, second] = [template.indexOf(CARET), template.lastIndexOf(CARET)];
  const text = template.replaceAll(CARET, "");
  const before = gapBefore(doc, at.from);
  const after = gapAfter(doc, at.to);
  const anchor = at.from + before.length + first;
  const head = second > first ? anchor + (second - first - 1) : anchor;
  const changes = { from: at.from, to: at.to, insert: `${before}${text}${after}` };
  dispatch(state.update({ changes, selection: EditorSelection.single(anchor, head), userEvent: "input", scrollIntoView: true }));
  return true;
}

function placeAfterParagraph(doc: Text, caret: number): { from: number; to: number } {
  let line = doc.lineAt(caret);
  if (line.text.trim() === "") return { from: line.from, to: line.to };
  while (line.number < doc.lines && doc.line(line.number + 1).text.trim() !== "") line = doc.line(line.number + 1);
  return { from: line.to, to: line.to };
}

function gapBefore(doc: Text, at: number): string {
  const above = doc.sliceString(Math.max(0, at - 2), at);
  return above === "" || above.endsWith("\n\n") || /^\n+$/.test(above) ? "" : above.endsWith("\n") ? "\n" : "\n\n";
}

function gapAfter(doc: Text, at: number): string {
  const below = doc.sliceString(at, at + 2);
  return below === "" || below === "\n" || below.startsWith("\n\n") ? "" : below.startsWith("\n") ? "\n" : "\n\n";
}

const NOTE = /\[\^(\d{1,6})\]/g;

function nextFootnote(doc: Text): number {
  let highest = 0;
  for (const line of doc.iterLines()) {
    if (line.includes("[^")) for (const [, number] of line.matchAll(NOTE)) highest = Math.max(highest, Number(number));
  }
  return highest + 1;
}

function lastLineIsNote(doc: Text): boolean {
  let number = doc.lines;
  if (doc.line(number).text === "" && number > 1) number -= 1;
  return /^\[\^[^\]]+\]:/.test(doc.line(number).text);
}
