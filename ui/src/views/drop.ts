/** Where dropped files go. */

import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import type { Slot } from "$ui/backend/gen/Slot";

/** True for a file that is a page of a paper or an exported article, not a picture. */
export function isPage(name: string): boolean {
  return /\.(?:html?|xhtml|mhtml?|txt|md|toasoan)$/i.test(name);
}

/** Returns the next place that waits for a picture; without one, a new place after the text. */
export function nextSlot(placements: readonly PlacementShown[]): Slot {
  const wanted = placements.find((one) => one.picture === null);
  return wanted ? { to: "placement", id: wanted.id } : { to: "in_text", after_line: 0 };
}

/** Returns the element that would take files dropped there: a picture's place, the lead's, the text. */
export function targetAt(x: number, y: number): HTMLElement | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-placement], [data-slot]") ?? null;
}

/** Returns the place a target stands for; `line` is the body's line there. */
export function slotOf(target: HTMLElement | null, placements: readonly PlacementShown[], line: () => number): Slot {
  const id = target?.dataset["placement"];
  if (id !== undefined && placements.some((one) => one.id === id)) return { to: "placement", id };
  const slot = target?.closest<HTMLElement>("[data-slot]")?.dataset["slot"];
  if (slot === "lead") return { to: "lead" };
  if (slot === "body") return { to: "in_text", after_line: line() };
  return nextSlot(placements);
}
