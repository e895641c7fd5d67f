/** How pictures are called, and what they still need. */

import type { Finding } from "$ui/backend/gen/Finding";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import { t } from "$ui/words";

/** Returns the name of a placement: the lead picture, or its number among the others. */
export function nameOf(id: string, placements: readonly PlacementShown[]): string {
  const others = placements.filter((one) => one.position !== "lead");
  const at = others.findIndex((one) => one.id === id);
  return at < 0 ? t("picture.lead") : t("picture.nth", { n: at + 1 });
}

export type Sign = "ready" | "wanted" | "caption" | "credit" | "alt" | "check";

/** Returns the sign a picture carries: the first thing it needs. */
export function signOf(placement: PlacementShown, findings: readonly Finding[]): Sign {
  if (placement.picture === null) return "wanted";
  if (placement.caption.trim() === "") return "caption";
  if (placement.credit_line.trim() === "") return "credit";
  if (placement.alt.trim() === "") return "alt";
  return findings.some((finding) => finding.placement === placement.id) ? "check" : "ready";
}
