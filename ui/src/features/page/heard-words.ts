import type { HeardWords } from "$ui/preview/heard-view";
import { language, t } from "$ui/words";

/** Returns the window's words for what is heard of a page. */
export function heardWords(): HeardWords {
  return {
    kind: (line) => (line.as === "text" ? "" : t(`heard.${line.as}`, { n: line.n, of: line.of, columns: line.columns })),
    note: (note) => t(`heard.note.${note}`),
    link: t("heard.link"),
    page: (tag) => t("heard.page", { language: languageName(tag) }),
    language: (tag) => t("heard.language", { language: languageName(tag) }),
    summary: (notes) => (notes === 0 ? t("heard.all_well") : t("heard.notes", { n: notes })),
  };
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([language()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // what a person typed may be no language
  }
}
