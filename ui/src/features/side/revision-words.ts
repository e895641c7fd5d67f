import type { RevisionShown } from "$ui/backend/gen/RevisionShown";
import { t } from "$ui/words";
import { actWords } from "./act-words";

/** Returns why a revision was made: the last thing decided about it, else the pause it was made at. */
export function revisionWords({ acts, occasion }: RevisionShown): string {
  const last = acts.at(-1);
  return last === undefined ? t(`occasion.${occasion}`) : actWords(last);
}

/** Returns how much was written and how much went, in words: `+12 −3`. */
export function sizeWords({ change }: RevisionShown): string {
  if (change === null) return "";
  return change.added === 0 && change.removed === 0 ? t("history.size_none") : t("history.size", { added: change.added, removed: change.removed });
}
