/** Where words that were read on the page stand in the text: a quotation, a box or a list is one block there, with many lines here. */

import type { Text } from "@codemirror/state";

/** A block of more lines is no text of a person. */
const MOST_LINES = 2000;
/** Signs that are compared; what begins alike for so long is the same paragraph. */
const ENOUGH = 40;
/** A line of fewer signs is too short to be known by its beginning. */
const KNOWN_BY = 10;

/** Returns the line (1-based) of the block beginning on `first` whose words begin as these; `first` where none does. */
export function lineOfWords(doc: Text, first: number, words: string): number {
  const wanted = bare(words).slice(0, ENOUGH);
  if (wanted === "" || first < 1 || first > doc.lines) return first;
  const begins = (line: string) => line.startsWith(wanted) || (line.length >= KNOWN_BY && wanted.startsWith(line));
  return found(doc, first, MOST_LINES, begins) ?? found(doc, first, paragraph(doc, first), (line) => line.includes(wanted)) ?? first;
}

function found(doc: Text, first: number, most: number, is: (line: string) => boolean): number | null {
  const last = Math.min(doc.lines, first + most - 1);
  for (let line = first; line <= last; line += 1) if (is(bare(unmarked(doc.line(line).text)))) return line;
  return null;
}

/** Returns how many lines there are up to an empty one: in a table every line holds several cells. */
function paragraph(doc: Text, first: number): number {
  let lines = 0;
  while (lines < MOST_LINES && first + lines <= doc.lines && doc.line(first + lines).text.trim() !== "") lines += 1;
  return lines;
}

/** What begins a line, and where links lead: not to be read on the page. A long line is known by its beginning. */
function unmarked(line: string): string {
  return line
    .slice(0, 1000)
    .replace(/^(?:\s|>|[-*+]\s|\d{1,9}[.)]\s)*/u, "")
    .replace(/^\[\^[^\]]{1,100}\]:|^\[![a-z]{1,20}\]/iu, "")
    .replace(/\]\([^)\s]{0,500}\)/gu, "");
}

/** Letters and digits alone: marks, quotes and spaces are written one way here and another there. */
function bare(words: string): string {
  return words.replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
