/**
 * The blocks of a page as elements of the window. A key brings one; a page that opens may bring fifty thousand, which are
 * built in slices: what somebody looks at first, then on to the end, then what is before it.
 */

import type { Preview } from "../backend/gen/Preview";
import { InSlices } from "./slices";

/** What a block became. */
export interface Made {
  readonly nodes: readonly ChildNode[];
}

interface Block<M> {
  html: string;
  /** `null` until it is this block's turn. */
  made: M | null;
}

/** So many are built at once, with the change that brings them or where somebody looks. */
const AT_ONCE = 40;

export class Built<M extends Made> {
  private readonly blocks: Block<M>[] = [];
  private unbuilt = 0;
  /** Where the next slice looks for what is to be built. */
  private next = 0;
  private readonly rest = new InSlices((end) => this.slice(end));

  /** `onbuilt` hears of blocks that are built later than the change that brought them. */
  constructor(private readonly parent: Element, private readonly make: (html: string) => M, private readonly onbuilt: () => void) {}

  get count(): number {
    return this.blocks.length;
  }

  get isWhole(): boolean {
    return this.unbuilt === 0;
  }

  /** Returns what a block became, or `null` before it did. */
  of(index: number): M | null {
    return this.blocks[index]?.made ?? null;
  }

  htmlOf(index: number): string {
    return this.blocks[index]?.html ?? "";
  }

  /** Returns the block that a child of the page is of, or -1. */
  indexOf(child: ChildNode | null): number {
    return child === null ? -1 : this.blocks.findIndex(({ made }) => made?.nodes.includes(child));
  }

  /** Applies a change. Blocks outside of it are not touched. */
  change({ applies_to, from, remove, insert }: Preview): void {
    const [at, gone] = applies_to === 0 ? [0, this.blocks.length] : [from, remove];
    const tail = this.blocks.splice(at);
    this.discard(tail.splice(0, gone));
    for (const html of insert) this.blocks.push({ html, made: null }); // one by one: a call takes only so many arguments
    for (const block of tail) this.blocks.push(block);
    this.unbuilt += insert.length;
    this.next = at;
    this.build(at, at + Math.min(insert.length, AT_ONCE));
    if (this.unbuilt > 0) this.rest.ask();
    else this.rest.stop();
  }

  /** Somebody looks at this block: it is built now, and what follows it next. */
  reach(index: number): void {
    if (this.blocks[index]?.made !== null) return; // there, or no block at all
    this.next = this.build(index, index + AT_ONCE);
    this.onbuilt();
  }

  stop(): void {
    this.rest.stop();
  }

  private discard(gone: readonly Block<M>[]): void {
    const all = this.blocks.length === 0;
    if (all) this.parent.replaceChildren(); // at once, not one after the other
    for (const { made } of gone) {
      if (made === null) this.unbuilt -= 1;
      else if (!all) for (const node of made.nodes) node.remove();
    }
  }

  private slice(end: number): boolean {
    this.next = this.build(this.following(), this.blocks.length, end);
    this.onbuilt();
    return this.unbuilt > 0;
  }

  private following(): number {
    const after = this.blocks.findIndex(({ made }, index) => index >= this.next && made === null);
    return after >= 0 ? after : this.blocks.findIndex(({ made }) => made === null);
  }

  /** Builds one block after the other up to `to`, to one that is there, or to the end of the time; returns where it stopped. */
  private build(from: number, to: number, end = Infinity): number {
    const fragment = this.parent.ownerDocument.createDocumentFragment();
    let at = from;
    do {
      const block = at < to ? this.blocks[at] : undefined;
      if (block === undefined || block.made !== null) break;
      block.made = this.make(block.html);
      fragment.append(...block.made.nodes);
      this.unbuilt -= 1;
      at += 1;
    } while (performance.now() < end);
    if (at > from) this.parent.insertBefore(fragment, this.childFrom(at));
    return at;
  }

  /** Returns the first child of the page that stands at or after a block. */
  private childFrom(index: number): ChildNode | null {
    for (let at = index; at < this.blocks.length; at += 1) {
      const first = this.blocks[at]?.made?.nodes[0];
      if (first !== undefined) return first;
    }
    return null;
  }
}
