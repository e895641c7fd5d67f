import type { Act } from "$ui/backend/gen/Act";
import type { PlaceLive } from "$ui/backend/gen/PlaceLive";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";
import type { PublicationState } from "$ui/backend/gen/PublicationState";

/** The acts that take an edition away from readers. */
export type WithdrawAct = Extract<Act, "unpublish" | "takedown" | "kill">;

/** Whether a job takes an edition away. */
export const takesAway = ({ act }: { act: Act }) => act === "unpublish" || act === "takedown" || act === "kill";

/** Whether readers see it now, by what the portal has confirmed. */
export const isLive = ({ state }: Pick<PublicationShown, "state">) => state === "live" || state === "corrected";

/** Whether this act may be decided about it now: what is on its way from readers already is left to come to its end. */
export function mayTake(act: WithdrawAct, { state, away }: PublicationShown): boolean {
  if (state === "never" || state === "killed") return false;
  if (act === "kill") return true;
  const may = act === "unpublish" ? isLive({ state }) : isLive({ state }) || state === "unpublished";
  return may && away !== "asked";
}

/** Returns what readers see of an edition on a portal, as the window's words name it. */
export function stateOf({ standing, corrections, job }: PlaceLive): PublicationState {
  if (standing === "live") return corrections > 0 ? "corrected" : "live";
  return standing === "never" && job !== null ? "queued" : standing;
}
