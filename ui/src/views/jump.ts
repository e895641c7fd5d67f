/** Putting the caret into a field that is marked `data-field`. */

export const fieldOf = (element: Element | null): string => (element instanceof HTMLElement ? (element.dataset["field"] ?? "") : "");

/** Returns true where the field is there; the caret then stands in it. */
export function focusField(field: string, anchor?: number, head?: number): boolean {
  const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(field)}"]`);
  if (found === null) return false;
  found.scrollIntoView({ block: "nearest" });
  found.focus({ preventScroll: true });
  const box = found instanceof HTMLTextAreaElement || found instanceof HTMLInputElement ? found : null;
  if (box !== null && anchor !== undefined && head !== undefined) {
    box.setSelectionRange(Math.min(anchor, head), Math.max(anchor, head), head < anchor ? "backward" : "forward");
  }
  return true;
}

/** Returns where the caret stands in a field that is marked, or `null`. */
export function caretInField(): { field: string; anchor: number; head: number } | null {
  const active = document.activeElement;
  if (!(active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement)) return null;
  const field = fieldOf(active);
  if (field === "") return null;
  const [start, end] = [active.selectionStart ?? 0, active.selectionEnd ?? 0];
  return active.selectionDirection === "backward" ? { field, anchor: end, head: start } : { field, anchor: start, head: end };
}

/** The fields that lie in the fold. */
export const FOLDED = new Set([
  "language", "slugline", "url_slug", "desk", "dateline", "byline", "translator", "editor", "sign_off", "category_code", "keywords",
  "source_paper", "source_url", "foreign_id", "source_date", "original_headline", "ed_note", "embargo", "schedule",
]);
