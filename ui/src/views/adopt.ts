/** How what Rust says joins what is typed and not saved yet. */

import type { Fields } from "$ui/backend/gen/Fields";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import type { PlacementWords } from "$ui/backend/gen/PlacementWords";

/** Words typed into placements and not saved yet, by placement. */
export type Typed = Readonly<Record<string, PlacementWords>>;

/** Returns the words that are there, so that an absent one covers nothing. */
export function said(words: PlacementWords | undefined): Partial<Pick<PlacementShown, "caption" | "credit_line" | "alt">> {
  const { caption, credit_line, alt } = words ?? {};
  return {
    ...(caption === undefined ? {} : { caption }),
    ...(credit_line === undefined ? {} : { credit_line }),
    ...(alt === undefined ? {} : { alt }),
  };
}

/** Returns a placement's words whole. */
export function spoken({ id, caption, credit_line, alt }: PlacementShown): PlacementWords {
  return { id, caption, credit_line, alt };
}

/** Returns what is still unsaved once `saved` is; what was typed meanwhile differs and stays. */
export function wordsLeft(typed: Typed, saved: readonly PlacementWords[]): Typed {
  const left = new Map(Object.entries(typed));
  for (const done of saved) {
    const rest = Object.entries(said(left.get(done.id))).filter(([word, value]) => value !== done[word as "caption"]);
    if (rest.length > 0) left.set(done.id, { id: done.id, ...Object.fromEntries(rest) });
    else left.delete(done.id);
  }
  return Object.fromEntries(left);
}

/** Returns the fields to show: theirs, but what was typed since `saved` stays. */
export function fieldsAdopted(typed: Fields, saved: Fields, theirs: Fields): Fields {
  const kept = Object.entries(typed).filter(([field, value]) => !same(value, saved[field as keyof Fields]));
  return { ...theirs, ...Object.fromEntries(kept) };
}

function same(one: string | string[], other: string | string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
