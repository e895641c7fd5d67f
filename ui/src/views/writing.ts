/** How the person likes to write, of what is kept of it. */

import type { Preferences } from "$ui/backend/gen/Preferences";
import type { Manner } from "$ui/editor/editing";

/** Characters in a line. Under 50 the eye turns back too often, over 90 it misses the next line. */
export const MEASURE = { least: 50, most: 90, usual: 66, step: 2 } as const;
/** Size of the text in CSS pixels. */
export const SIZE = { least: 14, most: 28, usual: 18, step: 1 } as const;

type Range = typeof MEASURE | typeof SIZE;

/** Returns a kept value within its range; 0 is the usual one. */
export function within(value: number, { least, most, usual }: Range): number {
  return value === 0 ? usual : Math.min(most, Math.max(least, value));
}

/** Returns the value so many steps on, as it is kept. */
export function stepped(value: number, by: number, range: Range): number {
  const next = within(within(value, range) + by * range.step, range);
  return next === range.usual ? 0 : next;
}

const FOCUS = ["", "paragraph", "sentence"] as const;

/** Returns the next of: all of the text, the paragraph, the sentence. */
export function nextFocus(focus: string): string {
  return FOCUS[(FOCUS.findIndex((one) => one === focus) + 1) % FOCUS.length] ?? "";
}

export function mannerOf({ focus, typewriter, plain_quotes, measure, text_size }: Preferences): Manner {
  return {
    focus: focus === "paragraph" || focus === "sentence" ? focus : "",
    typewriter,
    quotes: !plain_quotes,
    measure: within(measure, MEASURE),
    size: within(text_size, SIZE),
  };
}
