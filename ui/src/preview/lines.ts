/** Lines of the text and places on the page. Few blocks are measured at a time: a long article has thousands. */

/** What can be measured of a page. */
export interface Measured {
  /** Line of the body each block begins on, 1-based; 0 for what is not of the body. */
  readonly lines: readonly number[];
  /** Returns whether a block shows anything. Costs no layout. */
  shows(block: number): boolean;
  /** Returns where a block that shows something begins, in CSS pixels from the top of the page. */
  topOf(block: number): number;
  height(): number;
}

/** A line and its place. */
interface Anchor {
  line: number;
  at: number;
}

/**
 * Where the lines are on a page: its top is line 0, each block of the body its first line, its end the line after the last.
 * Blocks that stand where their line does not (footnotes) are left out, so that lines and places grow together.
 */
export class PageLines {
  private readonly blocks: number[] = [];
  private readonly last: number;

  constructor(private readonly page: Measured) {
    let last = 0;
    for (const [block, line] of page.lines.entries()) {
      if (line <= last || !page.shows(block)) continue;
      last = line;
      this.blocks.push(block);
    }
    this.last = last;
  }

  /** Returns the last line there is a place for. */
  get end(): number {
    return this.last + 1;
  }

  /** Returns where a line, possibly inside a block, is on the page. */
  placeOf(line: number): number {
    return this.between(line, "line", "at");
  }

  /** Returns the line at a place of the page. */
  lineAt(at: number): number {
    return this.between(at, "at", "line");
  }

  private between(value: number, from: keyof Anchor, to: keyof Anchor): number {
    let [low, high] = [-1, this.blocks.length]; // the page's top and its end
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.side(middle, from) <= value) low = middle;
      else high = middle;
    }
    const [start, end] = [this.anchor(low), this.anchor(high)];
    const span = end[from] - start[from];
    const part = span > 0 ? Math.min(1, Math.max(0, (value - start[from]) / span)) : 0;
    return start[to] + part * Math.max(0, end[to] - start[to]);
  }

  private side(index: number, of: keyof Anchor): number {
    const block = this.blocks[index] ?? 0;
    return of === "line" ? (this.page.lines[block] ?? 0) : this.page.topOf(block);
  }

  private anchor(index: number): Anchor {
    if (index < 0) return { line: 0, at: 0 };
    if (index >= this.blocks.length) return { line: this.end, at: this.page.height() };
    return { line: this.side(index, "line"), at: this.side(index, "at") };
  }
}

/** Returns the last block that begins at or before a line; the first of all where none does. */
export function blockOf(lines: readonly number[], line: number): number {
  let [found, at] = [0, 0];
  for (const [block, begins] of lines.entries()) if (begins <= line && begins > at) [found, at] = [block, begins];
  return found;
}
