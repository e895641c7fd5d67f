/** Which line of the draft a line of the source page became. */

/** The words of a line by which it is known again: letters and digits, without marks and case. */
function key(line: string): string {
  return line
    .normalize("NFC")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
}

interface Pair {
  source: number;
  line: number;
}

/**
 * Returns for each line of the source the line of the body (1-based) that it stands beside, with a fraction; they only grow.
 *
 * Paragraphs that still say the same words stand beside each other. Between two such pairs, and in a translation everywhere,
 * paragraphs go in step where there are as many on both sides; else they are spread over the room there is.
 * `isText` says which lines of the source are of its text.
 */
export function besides(source: readonly string[], isText: (line: number) => boolean, body: string): number[] {
  const lines = body.split("\n");
  const paragraphs = lines.flatMap((line, at) => (key(line) === "" || line.startsWith("![](photo:") ? [] : [at + 1]));
  const texts = [...source.keys()].filter((at) => isText(at));
  const pairs = growing(sameWords(source, texts, lines, paragraphs));
  const ends: Pair[] = [{ source: -1, line: 0 }, ...pairs, { source: source.length, line: lines.length + 1 }];
  const known: Pair[] = [];
  for (const [at, from] of ends.entries()) {
    const to = ends[at + 1];
    if (from.source >= 0 && from.source < source.length) known.push(from);
    if (to !== undefined) known.push(...inStep(from, to, texts, paragraphs));
  }
  return spread(source.length, lines.length, known);
}

/** Only words that stand once on each side are taken for the same. */
function sameWords(source: readonly string[], texts: readonly number[], lines: readonly string[], paragraphs: readonly number[]): Pair[] {
  const once = (all: [string, number][]) => {
    const found = new Map<string, number | null>();
    for (const [words, at] of all) found.set(words, found.has(words) ? null : at);
    return found;
  };
  const inBody = once(paragraphs.map((line) => [key(lines[line - 1] ?? ""), line]));
  const inSource = once(texts.map((at) => [key(source[at] ?? ""), at]));
  return [...inSource].flatMap(([words, at]) => {
    const line = inBody.get(words);
    return words === "" || at === null || line === null || line === undefined ? [] : [{ source: at, line }];
  });
}

/** Returns the longest run of pairs that grows on both sides: a paragraph that was moved is left out. */
function growing(pairs: readonly Pair[]): Pair[] {
  const sorted = [...pairs].sort((one, other) => one.source - other.source);
  const ends: number[] = []; // index of the pair that ends the best run of each length
  const before: number[] = [];
  for (const [at, pair] of sorted.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[ends[middle] ?? 0]?.line ?? 0) < pair.line) low = middle + 1;
      else high = middle;
    }
    before[at] = ends[low - 1] ?? -1;
    ends[low] = at;
  }
  const run: Pair[] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) run.push(sorted[at] as Pair);
  return run.reverse();
}

function inStep(from: Pair, to: Pair, texts: readonly number[], paragraphs: readonly number[]): Pair[] {
  const here = texts.filter((at) => at > from.source && at < to.source);
  const there = paragraphs.filter((line) => line > from.line && line < to.line);
  return here.length === there.length ? here.map((source, at) => ({ source, line: there[at] ?? 0 })) : [];
}

/** Gives the lines between two that are known their share of the room between them. */
function spread(count: number, lines: number, known: readonly Pair[]): number[] {
  const all: Pair[] = [{ source: -1, line: 0 }, ...known, { source: count, line: lines + 1 }];
  const found = Array.from({ length: count }, () => 0);
  for (const [at, to] of all.entries()) {
    const from = all[at - 1];
    if (from === undefined) continue;
    for (let line = from.source; line < to.source; line += 1) {
      const part = (line - from.source) / (to.source - from.source);
      if (line >= 0) found[line] = from.line + part * (to.line - from.line);
    }
  }
  return found;
}
