/** The page one writes on: Source Serif 4, 18 on 30, 66 characters wide. Colours are the window's tokens. */

import { EditorView } from "@codemirror/view";

export const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", fontSize: "var(--text-size, 18px)", height: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: '"Source Serif 4", "Noto Serif", Georgia, serif',
    lineHeight: "1.6667",
    overflowX: "hidden",
  },
  // The measure is of the text: 66 average letters of this face are about 30 em wide.
  ".cm-content": {
    maxWidth: "calc(var(--measure, 66) * 0.4545em)",
    margin: "0 auto",
    padding: "12px 24px 40vh",
    boxSizing: "content-box",
    caretColor: "var(--ink)",
  },
  ".cm-line": { padding: "0" },
  ".cm-placeholder": { color: "var(--muted)" },
  ".picture-card": {
    display: "flex",
    gap: "12px",
    alignItems: "center",
    width: "100%",
    height: "84px",
    margin: "4px 0 10px",
    padding: "8px",
    boxSizing: "border-box",
    border: "1px solid var(--line)",
    borderRadius: "6px",
    background: "var(--surface)",
    color: "var(--ink)",
    font: '400 13px/20px "Be Vietnam Pro", "Noto Sans", sans-serif',
    textAlign: "start",
    cursor: "pointer",
  },
  ".picture-card:hover": { borderColor: "var(--muted)" },
  ".picture-card:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".picture-card img, .picture-card .no-picture": { flex: "none", width: "96px", height: "66px", borderRadius: "3px" },
  ".picture-card img": { objectFit: "cover", background: "var(--line)" },
  ".picture-card .no-picture": {
    display: "grid",
    placeItems: "center",
    padding: "4px",
    boxSizing: "border-box",
    border: "1px dashed var(--waiting)",
    color: "var(--waiting)",
    font: '500 11px/14px "Be Vietnam Pro", "Noto Sans", sans-serif',
    textAlign: "center",
  },
  ".picture-card .words": { minWidth: "0", flex: "1" },
  ".picture-card .words > span": { display: "block", overflow: "hidden", textOverflow: "ellipsis" },
  ".picture-card .words > .caption": { maxHeight: "40px", display: "-webkit-box", WebkitLineClamp: "2", WebkitBoxOrient: "vertical" },
  ".picture-card .words > .credit": { whiteSpace: "nowrap", color: "var(--muted)", font: "inherit", fontSize: "12px" },
  ".picture-card .words > .missing": { color: "var(--waiting)" },
});
