/** What the window changed of an article and has not saved, composed. */

import type { Edit } from "../backend/gen/Edit";
import type { Fields } from "../backend/gen/Fields";
import type { PlacementWords } from "../backend/gen/PlacementWords";

/** The body as it was at one moment. It never changes, so it may be held and made a string later, if at all. */
export interface Body {
  toString(): string;
}

export interface Changes {
  body?: Body;
  fields?: Partial<Fields>;
  placements?: PlacementWords[];
}

/** Joins two changes: the last body, field by field, placement by placement. */
export function merge(older: Changes, newer: Changes): Changes {
  const placements = mergePlacements(older.placements ?? [], newer.placements ?? []);
  const body = newer.body ?? older.body;
  return {
    ...(body === undefined ? {} : { body }),
    ...(older.fields || newer.fields ? { fields: { ...older.fields, ...newer.fields } } : {}),
    ...(placements.length > 0 ? { placements } : {}),
  };
}

function mergePlacements(older: PlacementWords[], newer: PlacementWords[]): PlacementWords[] {
  const byId = new Map(older.map((words) => [words.id, words]));
  for (const words of newer) byId.set(words.id, { ...byId.get(words.id), ...said(words) });
  return [...byId.values()];
}

/** Leaves out what is absent, so that it cannot cover an older word. */
function said(words: PlacementWords): PlacementWords {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as PlacementWords;
}

/** Returns what `save` is asked. `fields` are all fields as the window shows them: an edit carries them whole. */
export function edit(id: string, edits: number, changes: Changes, fields: Fields): Edit {
  return {
    id,
    edits,
    ...(changes.body === undefined ? {} : { body: changes.body.toString() }),
    ...(changes.fields === undefined ? {} : { fields: { ...fields, ...changes.fields } }),
    placements: changes.placements ?? [],
  };
}
