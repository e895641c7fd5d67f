/** What is said of a database that was damaged and was put right. */

import type { PutRight } from "$ui/backend/gen/PutRight";
import { t } from "$ui/words";

/** More headlines than these are counted. */
const NAMED = 5;

/** Returns the sentence, and which article came from where. It stays until it is dismissed. */
export function putRight({ kept_in, read_there, as_in_backup }: PutRight): [text: string, detail: string] {
  const detail: string[] = [];
  if (read_there.length > 0) detail.push(t("put_right.read_there", { headlines: named(read_there) }));
  if (as_in_backup.length > 0) detail.push(t("put_right.as_in_backup", { headlines: named(as_in_backup) }));
  return [t("put_right.done", { folder: kept_in }), detail.join(" ")];
}

function named(headlines: readonly string[]): string {
  const names = headlines.slice(0, NAMED).map((headline) => headline || t("row.untitled"));
  const more = headlines.length - names.length;
  return names.join("; ") + (more > 0 ? ` (+${more})` : "");
}
