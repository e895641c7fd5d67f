/** What a publication is called, as it is being said. */

import type { Act } from "$ui/backend/gen/Act";
import type { PublishSummary } from "$ui/backend/gen/PublishSummary";

export interface Change {
  /** `null` until somebody says. */
  act: Act | null;
  public_notice: string;
  reason: string;
}

/** Where there is a choice, nothing is chosen yet. */
export function unnamed(summary: PublishSummary | null): Change {
  const acts = summary?.acts ?? [];
  return { act: acts.length === 1 ? (acts[0] ?? null) : null, public_notice: "", reason: "" };
}

/** Readers have the article already: what the change is called is asked. */
export function isChange(summary: PublishSummary | null): boolean {
  return summary !== null && !summary.acts.includes("publish");
}

export function isWhole({ act, public_notice }: Change): boolean {
  return act !== null && (act !== "correct" || public_notice.trim() !== "");
}
