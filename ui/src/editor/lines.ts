/** Which line is at the top, and where a line is. Lines are 1-based; a fraction is the part of it that is past. */

import type { EditorView } from "@codemirror/view";

/** Returns the line at the top of `scroller`; between 0 and 1 while what stands above the body is scrolled past. */
export function topLine(view: EditorView, scroller: HTMLElement): number {
  const past = top(scroller) - view.documentTop;
  if (past < 0) return Math.max(0, 1 + past / Math.max(1, scroller.scrollTop - past));
  const block = view.lineBlockAtHeight(past);
  const line = view.state.doc.lineAt(block.from).number;
  return line + Math.min(0.999, Math.max(0, (past - block.top) / block.height));
}

/** Returns the `scrollTop` of `scroller` that brings `line` to its top. */
export function scrollTopOf(view: EditorView, scroller: HTMLElement, line: number): number {
  const bodyAt = scroller.scrollTop + view.documentTop - top(scroller);
  if (line < 1) return bodyAt * Math.max(0, line);
  const number = Math.min(Math.floor(line), view.state.doc.lines);
  const block = view.lineBlockAt(view.state.doc.line(number).from);
  return bodyAt + block.top + block.height * Math.min(1, line - number);
}

function top(scroller: HTMLElement): number {
  return scroller.getBoundingClientRect().top + scroller.clientTop;
}
