/** The element that scrolls the source page, with the lines of the draft that its rows stand beside. */

import type { SourceLine } from "$ui/backend/gen/SourceLine";
import { afterPaint } from "$ui/editor/after-paint";
import { Scroller } from "$ui/editor/scroll";
import { PageLines } from "$ui/preview/lines";
import { besides } from "./match";

const OF_THE_TEXT = new Set(["text", "heading", "item", "quotation", "table"]);

export interface SourcePaneEvents {
  lines(): readonly SourceLine[];
  /** Returns the body as it is now; asked for when the source is scrolled and the draft has changed, never per key. */
  body(): string;
  onscrollline(line: number): void;
}

export class SourcePane {
  private held: PageLines | null = null;
  private readonly scroller: Scroller;
  private readonly settled = afterPaint(() => this.events.onscrollline(this.places().lineAt(this.element.scrollTop)));

  constructor(readonly element: HTMLElement, private readonly events: SourcePaneEvents) {
    this.scroller = new Scroller(element);
  }

  scrolled(): void {
    if (!this.scroller.isOwn()) this.settled.ask();
  }

  to(line: number): void {
    this.scroller.to(this.places().placeOf(line));
  }

  /** The draft changed: its lines may stand elsewhere. */
  forget(): void {
    this.held = null;
  }

  row(at: number): HTMLElement | null {
    return (this.element.children[at] as HTMLElement | undefined) ?? null;
  }

  private places(): PageLines {
    const source = this.events.lines();
    const isText = (at: number) => source[at]?.left_over === null && OF_THE_TEXT.has(source[at].kind);
    return (this.held ??= new PageLines({
      lines: besides(source.map((line) => line.words), isText, this.events.body()),
      shows: (row) => row < source.length,
      topOf: (row) => this.row(row)?.offsetTop ?? 0,
      height: () => this.element.scrollHeight,
    }));
  }
}
