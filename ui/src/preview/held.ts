/** The page as it is held: changes are taken only where they fit. */

import type { Preview } from "../backend/gen/Preview";

export class HeldPage {
  private last: Preview | null = null;
  private blocks: string[] = [];

  /** Returns the version held, 0 for none. */
  get version(): number {
    return this.last?.version ?? 0;
  }

  /** Returns true where the change fits, once `show` has shown it. A page that could not be shown is not held. */
  take(change: Preview, show: (change: Preview) => void): boolean {
    const before = change.applies_to === 0 ? [] : this.blocks;
    if (change.applies_to !== 0 && change.applies_to !== this.last?.version) return false;
    if (!fits(change, before.length)) return false;
    this.forget();
    show(change);
    spliceInto(before, change);
    [this.last, this.blocks] = [change, before];
    return true;
  }

  /** Returns the page held as one change that replaces everything, for a view that opens later. */
  whole(): Preview | null {
    return this.last === null ? null : { ...this.last, applies_to: 0, from: 0, remove: 0, insert: [...this.blocks] };
  }

  forget(): void {
    [this.last, this.blocks] = [null, []];
  }
}

/** A whole page of a long article has more blocks than a call takes arguments. */
function spliceInto(blocks: string[], { from, remove, insert }: Preview): void {
  const tail = blocks.splice(from).slice(remove);
  for (const block of insert) blocks.push(block);
  for (const block of tail) blocks.push(block);
}

/** True where the change speaks of blocks there are, and says the line of each block there will be. */
function fits(change: Preview, blocks: number): boolean {
  const { from, remove, insert, lines } = change;
  return from >= 0 && remove >= 0 && from + remove <= blocks && lines.length === blocks - remove + insert.length;
}
