/** What a listener hears twice on a page: found between its lines, not in one. */

import { wordsOf, type HeardLine, type HeardNote } from "./heard";

/** Shorter words are in a sentence by chance. */
const LEAST = 20;

/**
 * Returns the notes for each line that says what another one says. `blocks` are those of the page, in order. A long page takes
 * its time: it may be left and gone on with at each step.
 */
export function* twice(blocks: readonly (readonly HeardLine[])[]): Generator<void, Map<HeardLine, HeardNote[]>> {
  const found = new Map<HeardLine, HeardNote[]>();
  const note = (line: HeardLine, what: HeardNote) => found.set(line, [...(found.get(line) ?? []), what]);
  for (const [at, block] of blocks.entries()) {
    if (block.some(isOfPicture)) pictures(block, [...textsOf(blocks[at - 1]), ...textsOf(blocks[at + 1])], note);
    repeated(block, blocks[at - 1], note);
    yield;
  }
  yield* links(blocks, note);
  return found;
}

const isOfPicture = ({ as }: HeardLine) => as === "picture" || as === "caption" || as === "credit";

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
  const plain = (line: HeardLine) => line.as === "text" || line.as === "heading";
  if (plain(first) && plain(last) && bare(first) !== "" && bare(first) === bare(last)) note(first, "said_twice");
}

/** The same words for two addresses: in a list of links nobody can tell which is which. */
function* links(blocks: readonly (readonly HeardLine[])[], note: Tell): Generator<void, void> {
  const leads = new Map<string, Leads>();
  for (const block of blocks) {
    for (const line of block) lead(line, leads);
    yield;
  }
  for (const { differ, lines } of leads.values()) {
    if (differ) for (const line of lines) note(line, "same_link_words");
    yield;
  }
}

interface Leads {
  href: string;
  lines: Set<HeardLine>;
  differ: boolean;
}

function lead(line: HeardLine, leads: Map<string, Leads>): void {
  for (const { as, words, href } of line.said) {
    if (as !== "link" || href === undefined || href.startsWith("#")) continue;
    const known = leads.get(even(words)) ?? { href, lines: new Set(), differ: false };
    known.differ ||= known.href !== href;
    known.lines.add(line);
    leads.set(even(words), known);
  }
}

function textsOf(block: readonly HeardLine[] | undefined): string[] {
  return (block ?? []).filter((line) => line.as === "text").map(bare);
}

/** Says whether `whole` says all of `part`, and `part` is more than a few words. */
function says(whole: string, part: string): boolean {
  if (whole === "" || part === "") return false;
  return whole === part || (part.length >= LEAST && whole.includes(part)) || (whole.length >= LEAST && part.includes(whole));
}

/** A line stays as it was heard: its words are evened once, not at every pause in the typing. */
const bares = new WeakMap<HeardLine, string>();

function bare(line: HeardLine): string {
  const known = bares.get(line);
  if (known !== undefined) return known;
  const words = even(wordsOf(line));
  bares.set(line, words);
  return words;
}

function even(words: string): string {
  return words.normalize("NFC").toLowerCase().replace(/\s+/g, " ").replace(/[.。…\s]+$/u, "").trim();
}
