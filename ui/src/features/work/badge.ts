/** What is true of the article, for the badge that is always there. */

import type { JobShown } from "$ui/backend/gen/JobShown";
import type { PublicationShown } from "$ui/backend/gen/PublicationShown";

export interface Mark {
  /** `differs`: the portal shows something else than was sent. `old`: what is written here is not what readers see. */
  kind: "live" | "differs" | "old" | "queued" | "failed";
  portal: string;
  /** Unix milliseconds; of a publication only. */
  since: number;
  /** The job it is about, where there is one. */
  job: JobShown | null;
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
  const live = publications
    .filter((one) => one.state === "live" || one.state === "corrected")
    .map((one): Mark => ({ kind: kindOf(one, saved), portal: one.portal, since: one.live_since, job: null }));
  return [...failed, ...queued, ...live];
}

function kindOf({ is_current, differences }: PublicationShown, saved: boolean): Mark["kind"] {
  if (!is_current || !saved) return "old";
  return differences.length > 0 ? "differs" : "live";
}

function mark(kind: "failed" | "queued", job: JobShown): Mark {
  return { kind, portal: job.portal, since: job.made_at, job };
}
