/** Fields whose newest letters are not told yet: nothing may overtake them. */

import { afterPaint, type AfterPaint } from "$ui/editor/after-paint";

const fields = new Set<AfterPaint>();

/** Returns `tell` put off until the letter is painted; `tellAll` does not wait for that. */
export function telling(tell: () => void): AfterPaint & { stop(): void } {
  const made = afterPaint(tell);
  fields.add(made);
  return { ...made, stop: () => void fields.delete(made) };
}

/** Tells now what was typed into fields: before a save, a command, another article. */
export function tellAll(): void {
  for (const field of fields) field.now();
}
