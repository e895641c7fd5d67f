/** What the page makes of a line is shown at the line, which itself stays as typed: cards of embeds, marks of blocks. */

import { StateField, type EditorState, type Extension, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { redrawn } from "./by-line";
import { bareAddress, embedOf, type Embed, type EmbedWords } from "./embeds";
import { showCards } from "./pictures";

const MARK = /^( {0,3}> ?)(\[!(?:pull|box|gallery)\])(?=\s|$)/i;
const SPEAKER = /^ {0,3}> ?(?:—|–|―|-- )\s*\S/;
const GREATER = 62;
const SPACE = 32;

const mark = Decoration.mark({ class: "block-mark" });
const speaker = Decoration.line({ class: "speaker-line" });

class EmbedCard extends WidgetType {
  constructor(
    readonly embed: Embed,
    readonly words: EmbedWords,
  ) {
    super();
  }

  override eq(other: EmbedCard): boolean {
    return this.words === other.words && this.embed.kind === other.embed.kind && this.embed.site === other.embed.site;
  }

  override get estimatedHeight(): number {
    return 50;
  }

  override toDOM(): HTMLElement {
    const card = document.createElement("div");
    card.className = "embed-card";
    const what = document.createElement("span");
    what.textContent = `${this.words.kinds[this.embed.kind]} · ${this.embed.site}`;
    const how = document.createElement("span");
    how.className = "muted";
    how.textContent = this.words.loadsNothing;
    card.append(what, how);
    return card;
  }
}

/** Returns what is shown at a line. What stands around it decides whether an address is a paragraph, a mark the first of its quotation. */
function ofLine(doc: Text, number: number, text: string, words: EmbedWords): Range<Decoration>[] {
  const first = text.charCodeAt(0);
  if (first === GREATER || first === SPACE) return ofQuote(doc, number, text);
  if (!/^<?http/i.test(text)) return [];
  const address = bareAddress(text);
  const embed = address === null ? null : embedOf(address);
  if (embed === null || !isBlank(doc, number - 1) || !isBlank(doc, number + 1)) return [];
  return [Decoration.widget({ widget: new EmbedCard(embed, words), block: true, side: 1 }).range(doc.line(number).to)];
}

function ofQuote(doc: Text, number: number, text: string): Range<Decoration>[] {
  const { from } = doc.line(number);
  const found = MARK.exec(text);
  if (found !== null && !isQuote(doc, number - 1)) {
    const at = from + (found[1] ?? "").length;
    return [mark.range(at, at + (found[2] ?? "").length)];
  }
  return SPEAKER.test(text) && isQuote(doc, number - 1) && !isQuote(doc, number + 1) ? [speaker.range(from)] : [];
}

const lineText = (doc: Text, number: number) => (number < 1 || number > doc.lines ? "" : doc.line(number).text);
const isBlank = (doc: Text, number: number) => lineText(doc, number).trim() === "";
const isQuote = (doc: Text, number: number) => /^ {0,3}>/.test(lineText(doc, number));

interface Shown {
  words: EmbedWords;
  decorations: DecorationSet;
}

function show(state: EditorState, words: EmbedWords): Shown {
  const found: Range<Decoration>[] = [];
  let number = 0;
  for (const text of state.doc.iterLines()) {
    number += 1;
    found.push(...ofLine(state.doc, number, text, words));
  }
  return { words, decorations: Decoration.set(found) };
}

/** Returns the extension that shows them. A key costs a look at the lines it touched and their neighbours. */
export function blocks(words: EmbedWords): Extension {
  return StateField.define<Shown>({
    create: (state) => show(state, words),
    update(shown, made) {
      for (const effect of made.effects) {
        if (effect.is(showCards) && effect.value.words.embeds !== shown.words) return show(made.state, effect.value.words.embeds);
      }
      if (!made.docChanged) return shown;
      const redraw = (doc: Text, number: number) => ofLine(doc, number, doc.line(number).text, shown.words);
      return { ...shown, decorations: redrawn(shown.decorations, made, 1, redraw) };
    },
    provide: (field) => [EditorView.decorations.from(field, (shown) => shown.decorations), look],
  });
}

const look = EditorView.theme({
  ".block-mark, .block-mark *": { color: "var(--accent) !important", font: '500 0.75em/1 "Be Vietnam Pro", "Noto Sans", sans-serif' },
  ".speaker-line": { fontWeight: "600" },
  ".embed-card": {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 12px",
    margin: "4px 0 10px",
    padding: "9px 12px",
    border: "1px solid var(--line)",
    borderInlineStart: "3px solid var(--accent)",
    borderRadius: "6px",
    background: "var(--surface)",
    color: "var(--ink)",
    font: '500 13px/20px "Be Vietnam Pro", "Noto Sans", sans-serif',
  },
  ".embed-card .muted": { color: "var(--muted)", fontWeight: "400" },
});
