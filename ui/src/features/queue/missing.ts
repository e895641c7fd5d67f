import type { QueueRow } from "$ui/backend/gen/QueueRow";
import { t } from "$ui/words";

export interface Missing {
  /** In a word, for the row; empty where nothing is missing. */
  short: string;
  whole: string;
  /** True where `short` speaks of all pictures, so that they need not be counted beside it. */
  all: boolean;
}

/** Returns what an article's pictures still lack. */
export function missing({ pictures, pictures_wanted, words_missing }: Pick<QueueRow, "pictures" | "pictures_wanted" | "words_missing">): Missing {
  const all = Math.max(pictures_wanted, words_missing) === pictures && pictures > 0;
  const wanted = pictures_wanted > 0 ? t(all ? "row.all_wanted" : "row.wanted", { n: pictures_wanted }) : "";
  const words = words_missing > 0 ? t("row.words_missing", { n: words_missing }) : "";
  const incomplete = words_missing > 0 ? t(all ? "row.all_short" : "row.words_short", { n: words_missing }) : "";
  return { short: wanted || incomplete, whole: [wanted, words].filter(Boolean).join(" · "), all };
}
