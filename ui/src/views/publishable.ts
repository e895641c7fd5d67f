import type { ArticleShown } from "$ui/backend/gen/ArticleShown";
import type { JobState } from "$ui/backend/gen/JobState";
import type { PortalShown } from "$ui/backend/gen/PortalShown";

/** States of a job that may still have an effect; what was refused gives way to a new decision. */
const ON_ITS_WAY: readonly JobState[] = ["ready", "waiting_time", "sending", "unknown", "retry_later", "needs_password"];

/** Returns the portals to which publishing now would change something. */
export function publishable(shown: ArticleShown, portals: readonly PortalShown[]): PortalShown[] {
  if (!shown.may_publish) return [];
  return portals.filter(({ name }) => {
    const current = shown.publications.some((one) => one.portal === name && one.is_current);
    const underWay = shown.jobs.some((job) => job.portal === name && ON_ITS_WAY.includes(job.state));
    return !current && !underWay;
  });
}
