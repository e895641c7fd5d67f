/** Finding by a few letters, with or without tones: `xuat ban` finds “Xuất bản”, `xb` too. */

import { unaccented } from "$ui/editor/find";

/** Returns words without tones and capitals. */
export function plain(words: string): string {
  return unaccented(words).toLowerCase();
}

/** Returns how well `asked` finds `name` (both plain), the lower the better, or `null` where it does not. */
export function match(asked: string, name: string): number | null {
  let score = 0;
  for (const part of asked.split(/\s+/).filter(Boolean)) {
    const at = name.indexOf(part);
    if (at === 0) continue;
    if (at > 0) score += /[\p{L}\p{N}]/u.test(name[at - 1] ?? "") ? 20 : 2;
    else if (initials(name).includes(part)) score += 5;
    else if (inOrder(part, name)) score += 60;
    else return null;
  }
  return score + name.length / 100;
}

const initials = (name: string) => name.split(/[^\p{L}\p{N}]+/u).map((word) => word[0] ?? "").join("");

/** Single letters strewn over a long name are no find: what is asked begins a word and lies close together. */
function inOrder(part: string, name: string): boolean {
  if (part.length < 3) return false;
  let at = -1;
  let first = -1;
  for (const letter of part) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return false;
    if (first < 0) first = at;
  }
  return at - first <= part.length * 3;
}

/** Returns what `asked` finds, best first; equals keep their order. Nothing asked finds all. */
export function found<T extends { plain: string }>(asked: string, all: readonly T[]): T[] {
  const words = plain(asked).trim();
  if (words === "") return [...all];
  const scored = all.flatMap((one) => {
    const score = match(words, one.plain);
    return score === null ? [] : [{ one, score }];
  });
  return scored.sort((a, b) => a.score - b.score).map(({ one }) => one);
}
