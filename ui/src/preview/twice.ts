/** What a listener hears twice on a page: found between its lines, not in one. */

import { wordsOf, type HeardLine, type HeardNote } from "./heard";

/** Shorter words are in a sentence by chance. */
const LEAST = 20;

/** Returns the notes for each line that says what another one says. `blocks` are those of the page, in order. */
export function twice(blocks: readonly (readonly HeardLine[])[]): Map<HeardLine, HeardNote[]> {
  const found = new Map<HeardLine, HeardNote[]>();
  const note = (line: HeardLine, what: HeardNote) => found.set(line, [...(found.get(line) ?? []), what]);
  for (const [at, block] of blocks.entries()) {
    pictures(block, [...textsOf(blocks[at - 1]), ...textsOf(blocks[at + 1])], note);
    repeated(block, blocks[at - 1], note);
  }
  links(blocks, note);
  return found;
}

type Tell = (line: HeardLine, what: HeardNote) => void;

/** A picture's alt text, its caption and its credit follow each other in one block. */
function pictures(block: readonly HeardLine[], around: readonly string[], note: Tell): void {
  let alt: HeardLine | null = null;
  let caption: HeardLine | null = null;
  for (const line of block) {
    if (line.as === "figure") alt = caption = null;
    if (line.as === "picture") [alt, caption] = [line, null];
    if (line.as === "caption") {
      caption = line;
      if (alt !== null && says(bare(line), bare(alt))) note(alt, "alt_is_caption");
      if (around.some((text) => says(text, bare(line)))) note(line, "caption_in_text");
    }
    if (line.as === "credit" && creditIn(line, [alt, caption])) note(line, "credit_twice");
  }
}

/** The label before it (`Photo:`) is no part of whose picture it is. */
function creditIn(credit: HeardLine, lines: readonly (HeardLine | null)[]): boolean {
  const whose = bare(credit).replace(/^[^:：]{1,12}[:：]\s*/, "");
  return whose.length > 1 && lines.some((line) => line !== null && holdsWord(bare(line), whose));
}

function holdsWord(text: string, word: string): boolean {
  const at = text.indexOf(word);
  if (at < 0) return false;
  const isLetter = (one: string | undefined) => one !== undefined && /[\p{L}\p{N}]/u.test(one);
  return !isLetter(text[at - 1]) && !isLetter(text[at + word.length]);
}

function repeated(block: readonly HeardLine[], before: readonly HeardLine[] | undefined, note: Tell): void {
  const last = before?.at(-1);
  const first = block[0];
  if (last === undefined || first === undefined) return;
  const words = bare(first);
  const plain = (line: HeardLine) => line.as === "text" || line.as === "heading";
  if (plain(first) && plain(last) && words !== "" && words === bare(last)) note(first, "said_twice");
}

/** The same words for two addresses: in a list of links nobody can tell which is which. */
function links(blocks: readonly (readonly HeardLine[])[], note: Tell): void {
  const leads = new Map<string, { href: string; lines: HeardLine[]; differ: boolean }>();
  for (const line of blocks.flat()) {
    for (const said of line.said) {
      if (said.as !== "link" || said.href === undefined || said.href.startsWith("#")) continue;
      const words = even(said.words);
      const known = leads.get(words) ?? { href: said.href, lines: [], differ: false };
      known.differ ||= known.href !== said.href;
      known.lines.push(line);
      leads.set(words, known);
    }
  }
  for (const { differ, lines } of leads.values()) if (differ) for (const line of new Set(lines)) note(line, "same_link_words");
}

function textsOf(block: readonly HeardLine[] | undefined): string[] {
  return (block ?? []).filter((line) => line.as === "text").map(bare);
}

/** Says whether `whole` says all of `part`, and `part` is more than a few words. */
function says(whole: string, part: string): boolean {
  if (whole === "" || part === "") return false;
  return whole === part || (part.length >= LEAST && whole.includes(part)) || (whole.length >= LEAST && part.includes(whole));
}

function bare(line: HeardLine): string {
  return even(wordsOf(line));
}

function even(words: string): string {
  return words.normalize("NFC").toLowerCase().replace(/\s+/g, " ").replace(/[.。…\s]+$/u, "").trim();
}
