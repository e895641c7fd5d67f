import type { Act } from "$ui/backend/gen/Act";
import type { JobShown } from "$ui/backend/gen/JobShown";

/** What a job does: an act towards readers. */
export type Deed = Extract<Act, "publish" | "minor_fix" | "update" | "correct" | "unpublish" | "takedown" | "kill">;

/** What can be done with a job. */
export interface JobActs {
  onresend(job: string): void;
  oncancel(job: string): void;
  onpassword(portal: string): void;
  onreplace(job: string, portal: string): void;
  onretime(job: JobShown): void;
}
