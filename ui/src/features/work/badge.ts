/** What is true of the article, for the badge that is always there. */

import type { Away } from "$ui/backend/gen/Away";
import type { JobShown } from "$ui/backend/gen/JobShown";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";
import type { PublicationState } from "$ui/backend/gen/PublicationState";
import { isLive } from "$ui/parts/standing";

export interface Mark {
  /**
   * `differs`: the portal shows something else than was sent. `old`: what is written here is not what readers see.
   * `readable`: the portal said that it took it away, and readers still get it. `accepted`: it said so, and nobody has
   * looked yet. `away`: its page is gone.
   */
  kind: "live" | "differs" | "old" | "queued" | "failed" | "readable" | "accepted" | "away";
  portal: string;
  /** Unix milliseconds; of a publication only. */
  since: number;
  /** The job it is about, where there is one. */
  job: JobShown | null;
  state: PublicationState;
}

const FAILED = new Set(["refused", "needs_password", "asks_again", "retry_later"]);
const ON_ITS_WAY = new Set(["ready", "waiting_time", "sending", "unknown"]);

/**
 * Returns the marks of an article's publications: failures first, and they stay until they are dealt with. `saved`: all
 * that is written is on the disk; what is not yet, or cannot be, readers do not see either.
 */
export function marksOf(publications: readonly PublicationShown[], jobs: readonly JobShown[], saved: boolean): Mark[] {
  const failed = jobs.filter((job) => FAILED.has(job.state)).map((job) => mark("failed", job));
  const queued = jobs.filter((job) => ON_ITS_WAY.has(job.state)).map((job) => mark("queued", job));
  const there = publications.flatMap((one): Mark[] => {
    const kind = isLive(one) ? kindOf(one, saved) : AWAY[one.away ?? "asked"];
    return kind === null ? [] : [{ kind, portal: one.portal, since: isLive(one) ? one.live_since : one.stands_since, job: null, state: one.state }];
  });
  return [...failed, ...there.filter(({ kind }) => kind === "readable"), ...queued, ...there.filter(({ kind }) => kind !== "readable")];
}

/** What is asked for again has a job that tells of it. */
const AWAY = { asked: null, accepted: "accepted", still_readable: "readable", gone: "away" } as const satisfies Record<Away, Mark["kind"] | null>;

function kindOf({ is_current, differences }: PublicationShown, saved: boolean): Mark["kind"] {
  if (!is_current || !saved) return "old";
  return differences.length > 0 ? "differs" : "live";
}

function mark(kind: "failed" | "queued", job: JobShown): Mark {
  return { kind, portal: job.portal, since: job.made_at, job, state: "queued" };
}
