/** What every way of showing the page can do. */

import type { Preview } from "../backend/gen/Preview";

/** As the portal's page, as a phone shows it, as a screen reader says it. */
export const WAYS = ["page", "phone", "heard"] as const;
export type PageWay = (typeof WAYS)[number];

export interface ViewEvents {
  /** Returns the whole page held, for a view that is (again) empty. */
  whole(): Preview | null;
  /** The page stands in the view. */
  onopened(): void;
  /**
   * `line` is 1-based, that of the block; 0 stands for `part`, what is not of the body (`headline`, `standfirst`, `lead` …).
   * `words` are how the paragraph begins that was pressed inside a block of several.
   */
  onclickline(line: number, part: string, words: string): void;
  onscrollline(line: number): void;
}

export interface PageView {
  show(change: Preview): void;
  /** Scrolls there without being told of it by `onscrollline`. */
  scrollToLine(line: number): void;
  /** Returns the line at the top of the view, with a fraction; below 1 above the body. */
  topLine(): number;
  close(): void;
}

/** Returns the way that was preferred; `usual` where there is none we know. */
export function wayOf(preferred: string, usual: PageWay): PageWay {
  return WAYS.find((way) => way === preferred) ?? usual;
}
