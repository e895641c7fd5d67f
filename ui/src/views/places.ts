/** The places of a template that are left in an article, wherever they stand, in the order in which one writes. */

import type { Fields } from "$ui/backend/gen/Fields";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import { placesIn } from "$ui/editor/places";

const BEFORE = ["kicker", "headline", "standfirst"] as const satisfies (keyof Fields)[];
const AFTER = ["dateline", "byline", "source_paper", "source_url"] as const satisfies (keyof Fields)[];
const OF_PICTURE = ["caption", "credit_line", "alt"] as const satisfies (keyof PlacementShown)[];

/** A text of an article, by the name of its field. */
export interface Written {
  field: string;
  text: string;
}

export interface PlaceLeft {
  field: string;
  from: number;
  to: number;
}

/** Returns the texts of an article in which a reader would see a place. */
export function textsOf(article: { fields: Fields; textNow: string; placements: readonly PlacementShown[] }): Written[] {
  const fields = (names: readonly (typeof BEFORE | typeof AFTER)[number][]) => names.map((field) => ({ field, text: article.fields[field] }));
  const pictures = article.placements.flatMap((one) => OF_PICTURE.map((words) => ({ field: `${one.id}.${words}`, text: one[words] })));
  return [...fields(BEFORE), { field: "body", text: article.textNow }, ...fields(AFTER), ...pictures];
}

/** Returns the next place after where one is, once around. */
export function placeAfter(texts: readonly Written[], here: { field: string; at: number } | null): PlaceLeft | null {
  const all = texts.flatMap(({ field, text }, order) => placesIn(text).map((place) => ({ field, order, ...place })));
  const now = texts.findIndex(({ field }) => field === here?.field);
  const next = all.find(({ order, from }) => order > now || (order === now && from > (here?.at ?? -1)));
  const found = next ?? all[0];
  return found === undefined ? null : { field: found.field, from: found.from, to: found.to };
}
