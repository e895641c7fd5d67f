/** Markdown as it is typed: every mark stays where it is, only dimmer than the words. */

import { defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { tags } from "@lezer/highlight";
import { parser, Strikethrough, Table } from "@lezer/markdown";

const data = defineLanguageFacet();

// The Markdown parser alone: raw HTML is text to us, so no HTML, style or script grammar is loaded or run at a key.
const language = new Language(
  data,
  parser.configure([Table, Strikethrough, { props: [languageDataProp.add({ Document: data })] }]),
  [],
  "markdown",
);

const style = HighlightStyle.define([
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.url, tags.labelName], color: "var(--muted)" },
  { tag: tags.heading, fontWeight: "650" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.link, color: "var(--accent)" },
  { tag: tags.monospace, fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", monospace', fontSize: "0.9em" },
  { tag: [tags.comment, tags.angleBracket, tags.tagName, tags.attributeName, tags.attributeValue], color: "var(--muted)" },
]);

export const markdown: Extension = [language, syntaxHighlighting(style)];
