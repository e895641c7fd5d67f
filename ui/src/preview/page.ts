/**
 * The portal's page inside a frame: built once, then patched block by block.
 *
 * No script can run in it, whatever the HTML carries, for three reasons that do not lean on each other: the sanitiser of
 * the core; the frame's sandbox, which has no `allow-scripts` (handlers, script elements and `javascript:` links are dead,
 * and without scripts a sandbox also stops refreshes and autoplay); and the policy below, which allows neither script nor
 * frames nor anything from the network. The blocks are parsed in a template, a document that loads and runs nothing.
 */

import type { Preview } from "../backend/gen/Preview";
import { Built, type Made } from "./built";
import { blockOf } from "./lines";

/** Returns the document of the frame. `stylesheet` and `origin` are ours, never an author's. */
export function pageDocument(stylesheet: string, origin: string): string {
  // The window's own policy is inherited; this one holds even where it is not, and names our address beside 'self'
  // because 'self' has been read differently for documents without an address.
  const own = `'self' ${origin}`;
  const policy = [
    "default-src 'none'",
    `style-src ${own}`,
    `font-src ${own}`,
    `img-src ${own} photo: http://photo.localhost data: blob:`,
  ].join("; ");
  return (
    `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">` +
    `<link rel="stylesheet" href="${attribute(stylesheet)}"></head><body><main><article></article></main></body></html>`
  );
}

function attribute(words: string): string {
  return words.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}

const REACHED_BY_TAB = "a, area, button, input, select, textarea, iframe, object, embed, audio, video, summary, [tabindex], [contenteditable]";

/** Blocks have no wrappers: the elements stand in `<article>` as on the public page, so the style means the same in both. */
export class Page {
  /** Lines of the blocks as the last change said them. */
  lines: readonly number[] = [];
  private readonly built: Built<Made>;

  private constructor(readonly document: Document, readonly article: Element, onbuilt: () => void) {
    this.built = new Built(article, (html) => ({ nodes: this.nodesOf(html) }), onbuilt);
  }

  /** Returns the page in a frame's document, or `null` where the frame shows something else. */
  static of(document: Document | null, onbuilt: () => void): Page | null {
    const article = document?.querySelector("main > article") ?? null;
    return document === null || article === null ? null : new Page(document, article, onbuilt);
  }

  close(): void {
    this.built.stop();
  }

  /** Applies a change. Blocks outside of it are not touched. */
  show(change: Preview): void {
    this.built.change(change);
    this.lines = change.lines;
    this.document.documentElement.lang = change.language;
    this.document.documentElement.dir = change.dir;
  }

  /** A line is looked at: its block is built before others. */
  reach(line: number): void {
    if (!this.built.isWhole) this.built.reach(blockOf(this.lines, line));
  }

  /** Returns the block an element stands in, or -1. */
  indexOf(element: Element | null): number {
    let top = element;
    while (top !== null && top.parentElement !== this.article) top = top.parentElement;
    return this.built.indexOf(top);
  }

  /** Returns the first element of a block, or `null` where it shows nothing (yet). */
  elementOf(index: number): Element | null {
    const found = this.built.of(index)?.nodes.find((node) => node.nodeType === 1); // an Element of the frame's own realm
    return (found as Element | undefined) ?? null;
  }

  get count(): number {
    return this.built.count;
  }

  shows(index: number): boolean {
    return this.elementOf(index) !== null;
  }

  /** Returns where a block begins, in CSS pixels from the top of the page. */
  topOf(index: number): number {
    return this.elementOf(index)?.getBoundingClientRect().top ?? 0;
  }

  height(): number {
    return this.document.documentElement.getBoundingClientRect().height;
  }

  /** Returns the first block that ends below `at`. Block ends only grow, so few of them are measured. */
  firstBelow(at: number): number {
    let [low, high] = [0, this.built.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.endsAbove(middle, at)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Blocks that show nothing count as the block before them. */
  private endsAbove(index: number, at: number): boolean {
    for (let back = index; back >= 0; back -= 1) {
      const element = this.elementOf(back);
      if (element !== null) return element.getBoundingClientRect().bottom <= at;
    }
    return true;
  }

  private nodesOf(html: string): ChildNode[] {
    const template = this.document.createElement("template");
    template.innerHTML = html;
    for (const element of template.content.querySelectorAll(REACHED_BY_TAB)) element.setAttribute("tabindex", "-1");
    return [...template.content.childNodes];
  }
}

/** Returns which part of the article a block outside the body shows, by the class the core gives it. */
export function partOf(element: Element | null): string {
  if (element === null) return "";
  return element.localName === "h1" ? "headline" : (element.classList[0] ?? "");
}

/** What holds words of its own inside a block. */
const PARAGRAPHS = "p, li, h2, h3, h4, h5, h6, td, th, pre, figcaption";
/** So many signs tell a paragraph from another. */
const BEGINNING = 120;

/** Returns how the paragraph begins that an element of the page stands in. */
export function wordsPressed(element: Element | null): string {
  return (element?.closest(PARAGRAPHS)?.textContent ?? "").trim().slice(0, BEGINNING);
}
