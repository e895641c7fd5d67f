/** Markdown as it is typed: every mark stays where it is, only dimmer than the words. */

import { defineLanguageFacet, HighlightStyle, Language, languageDataProp, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { styleTags, tags } from "@lezer/highlight";
import { Autolink, parser, Strikethrough, Table, type MarkdownConfig } from "@lezer/markdown";

const data = defineLanguageFacet();
const NOTE = /^\[\^[^\s\]]+\]/;

/** `[^1]` in the text and `[^1]:` before the words of a note, as our pages read them. */
const footnotes: MarkdownConfig = {
  defineNodes: ["Footnote", "FootnoteMark"],
  props: [styleTags({ Footnote: tags.annotation, FootnoteMark: tags.annotation })],
  parseInline: [{
    name: "Footnote",
    before: "Link",
    parse(cx, next, at) {
      const found = next === 91 /* [ */ ? NOTE.exec(cx.slice(at, Math.min(cx.end, at + 80))) : null;
      return found === null ? -1 : cx.addElement(cx.elt("Footnote", at, at + found[0].length));
    },
  }],
  parseBlock: [{
    name: "FootnoteMark",
    before: "LinkReference",
    // Its words are parsed as those of a paragraph: only that the mark is no link reference is said here.
    leaf: (_cx, leaf) => (NOTE.test(leaf.content) && leaf.content.includes("]:") ? { nextLine: () => false, finish: noteParagraph } : null),
  }],
};

function noteParagraph(cx: Parameters<NonNullable<LeafOf["finish"]>>[0], leaf: Parameters<NonNullable<LeafOf["finish"]>>[1]): boolean {
  cx.addLeafElement(leaf, cx.elt("Paragraph", leaf.start, leaf.start + leaf.content.length, cx.parser.parseInline(leaf.content, leaf.start)));
  return true;
}

type LeafOf = NonNullable<ReturnType<NonNullable<NonNullable<MarkdownConfig["parseBlock"]>[number]["leaf"]>>>;

// The Markdown parser alone: raw HTML is text to us, so no HTML, style or script grammar is loaded or run at a key.
const language = new Language(
  data,
  parser.configure([Table, Strikethrough, Autolink, footnotes, { props: [languageDataProp.add({ Document: data })] }]),
  [],
  "markdown",
);

const dim = "var(--muted)";

const style = HighlightStyle.define([
  { tag: tags.heading1, fontWeight: "650", fontSize: "1.5em", lineHeight: "1.3" },
  { tag: tags.heading2, fontWeight: "650", fontSize: "1.28em", lineHeight: "1.35" },
  { tag: tags.heading3, fontWeight: "650", fontSize: "1.12em" },
  { tag: [tags.heading4, tags.heading5, tags.heading6, tags.heading], fontWeight: "650" },
  { tag: tags.strong, fontWeight: "650" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: tags.link, color: "var(--accent)" },
  { tag: tags.quote, color: "var(--soft)" },
  { tag: tags.monospace, fontFamily: '"Noto Sans Mono", "DejaVu Sans Mono", monospace', fontSize: "0.9em" },
  // Marks come last, so that they are dim in whatever they stand.
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.url, tags.labelName, tags.annotation, tags.string], color: dim, fontWeight: "400", fontStyle: "normal" },
  { tag: [tags.escape, tags.character, tags.comment, tags.angleBracket, tags.tagName, tags.attributeName, tags.attributeValue], color: dim },
]);

export const markdown: Extension = [language, syntaxHighlighting(style)];

/** Returns the tree of a whole text: for what is asked for by a person, never at a key. */
export function parsed(text: string): ReturnType<typeof language.parser.parse> {
  return language.parser.parse(text);
}
