/** Lines of the text and places on the page. */

/** A line of the body (1-based) and where it begins on the page, in CSS pixels from its top. */
export interface Anchor {
  line: number;
  at: number;
}

/**
 * Returns the anchors of the page: its top is line 0, each block of the body its first line.
 * Blocks that stand where their line does not (footnotes) are left out, so that lines and places grow together.
 */
export function anchors(lines: readonly number[], tops: readonly (number | null)[], height: number): Anchor[] {
  const found: Anchor[] = [{ line: 0, at: 0 }];
  let last: Anchor = { line: 0, at: 0 };
  for (const [index, line] of lines.entries()) {
    const at = tops[index] ?? null;
    if (at === null || line <= last.line || at < last.at) continue;
    last = { line, at };
    found.push(last);
  }
  found.push({ line: last.line + 1, at: Math.max(height, last.at) });
  return found;
}

/** Returns where a line, possibly between two anchors, is on the page. */
export function placeOf(line: number, anchors: readonly Anchor[]): number {
  return between(line, anchors, "line", "at");
}

/** Returns the line at a place of the page. */
export function lineAt(at: number, anchors: readonly Anchor[]): number {
  return between(at, anchors, "at", "line");
}

function between(value: number, anchors: readonly Anchor[], from: keyof Anchor, to: keyof Anchor): number {
  let [low, high] = [0, anchors.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((anchors[middle]?.[from] ?? Infinity) <= value) low = middle;
    else high = middle;
  }
  const [start, end] = [anchors[low], anchors[high]];
  if (start === undefined || end === undefined) return 0;
  const span = end[from] - start[from];
  const part = span > 0 ? Math.min(1, Math.max(0, (value - start[from]) / span)) : 0;
  return start[to] + part * (end[to] - start[to]);
}
