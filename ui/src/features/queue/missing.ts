import type { QueueRow } from "$ui/backend/gen/QueueRow";
import { t } from "$ui/words";

/** Returns what an article still lacks: in a word for the row, and whole for whoever asks. Empty where nothing is. */
export function missing({ pictures, pictures_wanted, words_missing }: Pick<QueueRow, "pictures" | "pictures_wanted" | "words_missing">): { short: string; whole: string } {
  const all = pictures_wanted === pictures;
  const wanted = pictures_wanted > 0 ? t(all ? "row.all_wanted" : "row.wanted", { n: pictures_wanted }) : "";
  const words = words_missing > 0 ? t("row.words_missing", { n: words_missing }) : "";
  const short = wanted || (words_missing > 0 ? t("row.words_short", { n: words_missing }) : "");
  return { short, whole: [wanted, words].filter(Boolean).join(" · ") };
}
