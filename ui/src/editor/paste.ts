/** What another program copied goes into the text as Markdown, once Rust has made it; typing does not wait for it. */

import { isolateHistory } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import type { ChangeDesc, Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { TextPasted } from "../backend/gen/TextPasted";
import { normalised } from "./normalise";

/** Pastes words and nothing else. */
export const PASTE_PLAIN = "Mod-Shift-v";

/** Longer than this nobody waits: the plain text is pasted. */
const LONGEST = 1000;

/** Says whether the clipboard holds more than words. A copied file or picture is none of the text's. */
export function holdsPage(data: Pick<DataTransfer, "types"> | null): boolean {
  return data !== null && data.types.includes("text/html");
}

/** Rust reads the clipboard by itself where it can: this web view gives pages that it has already changed. */
export const readsByItself = (agent = navigator.userAgent) => /Linux|X11/.test(agent) && !agent.includes("Android");

const ITEM = /^(\s*)(?:[-*+]|\d{1,9}[.)])\s+/;
const QUOTE = /^\s*(?:>\s?)+/;

/** Returns what the lines after the first begin with, so that they stay in the item or the quotation of the first. */
function frame(before: string): string {
  const quote = QUOTE.exec(before)?.[0];
  if (quote !== undefined) return quote.endsWith(" ") ? quote : `${quote} `;
  const item = ITEM.exec(before)?.[0];
  return item === undefined ? "" : " ".repeat(item.length);
}

const isBlank = (text: string) => text.trim() === "" || QUOTE.exec(text)?.[0].length === text.length;

/** Returns the change that puts what was pasted between `from` and `to`, with the empty lines that its blocks need. */
export function fitted(doc: Text, from: number, to: number, pasted: TextPasted): { from: number; to: number; insert: string } {
  const [first, last] = [doc.lineAt(from), doc.lineAt(to)];
  const [before, after] = [first.text.slice(0, from - first.from), last.text.slice(to - last.from)];
  const item = ITEM.exec(before);
  const isList = ITEM.test(pasted.markdown);
  if (isList && item !== null && item[0].length === before.length) {
    return { from: first.from + (item[1]?.length ?? 0), to, insert: framed(pasted.markdown, item[1] ?? "") + gapBelow(doc, last.number, after, pasted) };
  }
  const above = isList && item !== null ? "\n" : gapAbove(doc, first.number, before, pasted);
  const prefix = isList && item !== null ? (item[1] ?? "") : frame(before);
  return { from, to, insert: framed(above + pasted.markdown + gapBelow(doc, last.number, after, pasted), prefix) };
}

function framed(markdown: string, prefix: string): string {
  return prefix === "" ? markdown : markdown.replace(/\n(?=([^\n]?))/g, (_end, next: string) => `\n${next === "" ? prefix.trimEnd() : prefix}`);
}

function gapAbove(doc: Text, line: number, before: string, pasted: TextPasted): string {
  if (!isBlank(before)) return pasted.begins_as_text ? "" : "\n\n";
  const above = line > 1 ? doc.line(line - 1).text : "";
  return pasted.begins_as_text || isBlank(above) ? "" : "\n";
}

function gapBelow(doc: Text, line: number, after: string, pasted: TextPasted): string {
  if (after.trim() !== "") return pasted.ends_as_text ? "" : "\n\n";
  const below = line < doc.lines ? doc.line(line + 1).text : "";
  return pasted.ends_as_text || isBlank(below) ? "" : "\n";
}

/** A few words that were copied with the space beside them keep it. */
function withSpaces(pasted: TextPasted, plain: string): TextPasted {
  const isWords = pasted.begins_as_text && pasted.ends_as_text && !pasted.markdown.includes("\n") && plain.trim() !== "";
  if (!isWords) return pasted;
  return { ...pasted, markdown: `${/^[ \u00a0]/.test(plain) ? " " : ""}${pasted.markdown}${/[ \u00a0]$/.test(plain) ? " " : ""}` };
}

const asWords = (plain: string): TextPasted => ({ markdown: normalised(plain), begins_as_text: true, ends_as_text: true, pictures: 0 });

/** Returns what was pasted as a quotation. */
export function quoted(pasted: TextPasted): TextPasted {
  const lines = pasted.markdown.split("\n").map((line) => (line === "" ? ">" : `> ${line}`));
  return { ...pasted, markdown: lines.join("\n"), begins_as_text: false, ends_as_text: false };
}

/** How the clipboard is pasted where it is not as it comes. */
export type PasteWay = "plain" | "quotation";

export interface PasteEvents {
  /** Returns the clipboard's words, or a quotation of what is on it. */
  as(way: PasteWay): Promise<TextPasted>;
  /** Returns what Rust makes of the clipboard. */
  ask(html: string): Promise<TextPasted>;
  /** It is in the text. */
  done(pasted: TextPasted): void;
  /** It is not, or its plain text is in its place. */
  failed(why: unknown, pasted: boolean): void;
}

/** Where a paste goes that is not there yet. */
interface Place {
  from: number;
  to: number;
}

export class Pastes {
  private waiting = new Set<Place>();

  constructor(private readonly view: Pick<EditorView, "state" | "dispatch">, private readonly events: PasteEvents) {}

  /** Pastes the clipboard in another way than it comes. */
  as(way: PasteWay): void {
    this.begin(() => this.events.as(way), "");
  }

  /** Pastes what `ask` makes of the clipboard; `plain` where that fails or takes too long. */
  begin(ask: () => Promise<TextPasted>, plain: string): void {
    const { from, to } = this.view.state.selection.main;
    const place = { from, to };
    this.waiting.add(place);
    const slow = setTimeout(() => this.insteadOf(place, plain, new Error("the paste took too long")), LONGEST);
    ask().then((pasted) => this.put(place, withSpaces(pasted, plain)), (why: unknown) => this.insteadOf(place, plain, why))
      .finally(() => clearTimeout(slow));
  }

  /** Pastes a page; its code stays code. */
  page(html: string, plain: string): void {
    const { state } = this.view;
    const inside = syntaxTree(state).resolveInner(state.selection.main.from, 0);
    if (/Code/.test(inside.name)) this.begin(() => Promise.resolve(asWords(plain)), plain);
    else this.begin(() => this.events.ask(html), plain);
  }

  /** What is typed meanwhile comes after what was pasted. */
  moved(changes: ChangeDesc): void {
    for (const place of this.waiting) {
      place.from = changes.mapPos(place.from, -1);
      place.to = changes.mapPos(place.to, -1);
    }
  }

  /** Another text is opened: what has not come is left. */
  forget(): void {
    this.waiting.clear();
  }

  private insteadOf(place: Place, plain: string, why: unknown): void {
    if (!this.waiting.has(place)) return;
    if (plain !== "") this.put(place, asWords(plain));
    this.waiting.delete(place);
    this.events.failed(why, plain !== "");
  }

  private put(place: Place, pasted: TextPasted): void {
    if (!this.waiting.delete(place)) return;
    const { doc, selection } = this.view.state;
    const changes = fitted(doc, place.from, place.to, pasted);
    const { from, to } = selection.main;
    const isHere = from >= place.from && to <= place.to;
    this.view.dispatch({
      changes,
      ...(isHere ? { selection: { anchor: changes.from + changes.insert.trimEnd().length } } : {}),
      annotations: isolateHistory.of("full"), // taken back in one step, and alone
      userEvent: "input.paste",
      scrollIntoView: isHere,
    });
    this.events.done(pasted);
  }
}
