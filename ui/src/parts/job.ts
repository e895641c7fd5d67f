import type { JobShown } from "$ui/backend/gen/JobShown";

/** What can be done with a job. */
export interface JobActs {
  onresend(job: string): void;
  oncancel(job: string): void;
  onpassword(portal: string): void;
  onreplace(job: string, portal: string): void;
  onretime(job: JobShown): void;
}
