/**
 * The frame with the page and the element of ours that scrolls it. Listeners inside a sandboxed frame never fire in
 * WebKitGTK, so the frame is as tall as its page, scrolled from outside, and clicks are taken on a sheet above it.
 */

import type { Preview } from "../backend/gen/Preview";
import { afterPaint } from "../editor/after-paint";
import { Scroller } from "../editor/scroll";
import { PageLines } from "./lines";
import { Page, pageDocument, partOf, wordsPressed } from "./page";
import type { PageView, ViewEvents } from "./view";

export interface ViewerElements {
  scroller: HTMLElement;
  /** As large as the frame is shown; clips it and carries the clicks. */
  sheet: HTMLElement;
  frame: HTMLIFrameElement;
}

/** Widths of the page in CSS pixels: a phone, and a window wide enough for the whole measure. */
export const WIDTHS = { phone: 390, page: 760 } as const;
export type PageWidth = keyof typeof WIDTHS;

export class Viewer implements PageView {
  private page: Page | null = null;
  private width: PageWidth = "phone";
  private theme = "";
  private scale = 1;
  private linesHeld: PageLines | null = null;
  /** The block at the top of the view and how much of it is scrolled past: it stays there when things above it grow. */
  private first: { block: Element; past: number } | null = null;
  /** The line the text is at, where the page was too short to show it: it is followed once the page has grown. */
  private unreached: number | null = null;
  private rebuilds = 0;
  private readonly scroller: Scroller;
  private readonly settled = afterPaint(() => this.events.onscrollline(this.topLine()));
  private readonly grown = new ResizeObserver(() => this.fit());
  private readonly pane = new ResizeObserver(() => this.fit());
  private readonly away = new AbortController();

  constructor(private readonly elements: ViewerElements, private readonly stylesheet: string, private readonly events: ViewEvents) {
    const { frame, scroller, sheet } = elements;
    const { signal } = this.away;
    this.scroller = new Scroller(scroller);
    frame.addEventListener("load", () => this.loaded(), { signal });
    scroller.addEventListener("scroll", () => this.scrolled(), { passive: true, signal });
    sheet.addEventListener("click", (event) => this.clicked(event), { signal });
    this.pane.observe(scroller);
    this.build();
  }

  close(): void {
    this.away.abort();
    this.grown.disconnect();
    this.pane.disconnect();
    this.page?.close();
  }

  show(change: Preview): void {
    if (this.page === null) return; // the frame asks for the whole page once it is there
    this.page.show(change);
    this.linesHeld = null;
    if (this.first !== null && !this.first.block.isConnected) this.rememberFirst(change.from);
  }

  dress(width: PageWidth, theme: string): void {
    [this.width, this.theme] = [width, theme];
    this.dressPage();
    this.fit();
  }

  topLine(): number {
    return this.lines()?.lineAt(this.elements.scroller.scrollTop / this.scale) ?? 0;
  }

  scrollToLine(line: number): void {
    this.page?.reach(line);
    const lines = this.lines();
    const at = (lines?.placeOf(line) ?? 0) * this.scale;
    this.scroller.to(at);
    this.unreached = this.elements.scroller.scrollTop < Math.floor(at) || line > (lines?.end ?? 0) ? line : null;
    this.rememberFirst();
  }

  private build(): void {
    const { protocol, host, href } = window.location;
    this.elements.frame.srcdoc = pageDocument(new URL(this.stylesheet, href).href, `${protocol}//${host}`);
  }

  /** The frame has a document: ours, or (a link was followed after all) another, which is thrown away. */
  private loaded(): void {
    this.page?.close();
    this.page = Page.of(this.elements.frame.contentDocument, () => (this.linesHeld = null)); // the page grows, and is fitted
    this.linesHeld = null;
    this.grown.disconnect();
    if (this.page === null) {
      this.rebuilds += 1;
      if (this.rebuilds < 10) this.build();
      return;
    }
    this.first = this.unreached = null;
    this.dressPage();
    const whole = this.events.whole();
    if (whole !== null) this.show(whole);
    this.grown.observe(this.page.document.documentElement);
    this.fit();
    if (whole !== null) this.events.onopened();
  }

  private dressPage(): void {
    const root = this.page?.document.documentElement;
    if (root === undefined) return;
    if (this.theme === "") delete root.dataset["theme"];
    else root.dataset["theme"] = this.theme;
  }

  /** Gives the frame the height of its page and keeps the block at the top of the view where it was. */
  private fit(): void {
    const { frame, sheet, scroller } = this.elements;
    if (this.page === null || scroller.clientWidth === 0) return; // folded away
    const width = WIDTHS[this.width];
    const scale = Math.min(1, scroller.clientWidth / width);
    const pageWidth = this.width === "page" ? Math.max(width, scroller.clientWidth) : width;
    setStyle(frame, "width", `${pageWidth}px`);
    setStyle(frame, "transform", scale === 1 ? "none" : `scale(${scale})`);
    const height = Math.ceil(this.page.document.documentElement.getBoundingClientRect().height);
    setStyle(frame, "height", `${height}px`);
    setStyle(sheet, "width", `${pageWidth * scale}px`);
    setStyle(sheet, "height", `${height * scale}px`);
    this.scale = scale;
    if (this.unreached === null) this.keepFirst();
    else this.scrollToLine(this.unreached);
  }

  private keepFirst(): void {
    if (this.first === null || !this.first.block.isConnected) return;
    const at = (this.first.block.getBoundingClientRect().top + this.first.past) * this.scale;
    if (Math.abs(at - this.elements.scroller.scrollTop) >= 1) this.scroller.to(at);
  }

  /** At the top of the page nothing is kept: what grows there pushes the rest down, as a reader expects. */
  private rememberFirst(index?: number): void {
    const at = this.elements.scroller.scrollTop / this.scale;
    const block = at < 1 ? null : (this.page?.elementOf(index ?? this.page.firstBelow(at)) ?? null);
    this.first = block === null ? null : { block, past: at - block.getBoundingClientRect().top };
  }

  private scrolled(): void {
    if (this.scroller.isOwn()) return;
    this.unreached = null;
    this.rememberFirst();
    this.settled.ask();
  }

  private clicked(event: MouseEvent): void {
    if (this.page === null) return;
    const frame = this.elements.frame.getBoundingClientRect();
    const [x, y] = [(event.clientX - frame.left) / this.scale, (event.clientY - frame.top) / this.scale];
    const pressed = this.page.document.elementFromPoint(x, y);
    const index = this.page.indexOf(pressed);
    if (index < 0) {
      this.events.onclickline(Math.floor(this.lines()?.lineAt(y) ?? 0), "", "");
      return;
    }
    const line = this.page.lines[index] ?? 0;
    if (line === 0) this.events.onclickline(0, partOf(this.page.elementOf(index)), "");
    else this.events.onclickline(line, "", wordsPressed(pressed));
  }

  /** Which blocks hold which lines; their places are measured when they are asked for, so late pictures move no line. */
  private lines(): PageLines | null {
    if (this.page === null) return null;
    return (this.linesHeld ??= new PageLines(this.page));
  }
}

/** A style that is set again to what it is would be laid out again. */
function setStyle(element: HTMLElement, property: string, value: string): void {
  if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value);
}
