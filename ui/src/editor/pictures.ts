/** A picture in the text: a small card under the line `![](photo:<placement id>)`, which itself stays as typed. */

import { RangeSetBuilder, StateEffect, StateField, type EditorState, type Extension, type Range, type Text } from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import type { PlacementShown } from "../backend/gen/PlacementShown";
import { redrawn } from "./by-line";
import type { EmbedWords } from "./embeds";
import { photoAddress } from "./photo";

/** The words of a card, in the window's language. */
export interface CardWords {
  wanted: string;
  /** The text names a placement that the article does not have. */
  unknown: string;
  captionMissing: string;
  creditMissing: string;
  /** What a press on the card does. */
  open: string;
  embeds: EmbedWords;
}

export interface Cards {
  placements: readonly PlacementShown[];
  /** Language of the article, BCP 47. */
  language: string;
  words: CardWords;
}

const MARK = /!\[[^\]]*\]\(\s*<?photo:([^)\s>]+)>?[^)]*\)/g;

/** Returns the placements that a line of the body names. */
export function placementsNamed(line: string): string[] {
  if (!line.includes("photo:")) return [];
  return [...line.matchAll(MARK)].map((found) => found[1] ?? "");
}

/** Shows other placements, words or language on the cards. */
export const showCards = StateEffect.define<Cards>();

class Card extends WidgetType {
  constructor(
    readonly id: string,
    readonly placement: PlacementShown | undefined,
    readonly cards: Cards,
    readonly onplacement: (id: string) => void,
  ) {
    super();
  }

  override eq(other: Card): boolean {
    return this.id === other.id && this.cards.words === other.cards.words && this.said() === other.said();
  }

  override get estimatedHeight(): number {
    return 98;
  }

  override ignoreEvent(): boolean {
    return true;
  }

  override toDOM(): HTMLElement {
    const card = element("button", this.placement?.picture ? "picture-card" : "picture-card wanted");
    card.type = "button";
    card.dataset["placement"] = this.id;
    card.append(this.thumbnail(), this.wordsShown());
    card.setAttribute("aria-label", `${this.cards.words.open}: ${card.innerText || card.textContent}`);
    card.addEventListener("click", () => this.onplacement(this.id));
    return card;
  }

  private thumbnail(): HTMLElement {
    const picture = this.placement?.picture;
    if (!picture) {
      return element("span", "no-picture", this.placement ? this.cards.words.wanted : this.cards.words.unknown);
    }
    const image = element("img");
    image.src = photoAddress(picture.hash, "thumbnail");
    image.alt = this.placement?.alt ?? "";
    image.loading = "lazy";
    return image;
  }

  private wordsShown(): HTMLElement {
    const { words, language } = this.cards;
    const shown = element("span", "words");
    const line = (kind: string, said: string | undefined, missing: string) => {
      const span = element("span", said ? kind : `${kind} missing`, said || missing);
      if (said) span.lang = language;
      shown.append(span);
    };
    line("caption", this.placement?.caption, words.captionMissing);
    line("credit", this.placement?.credit_line, words.creditMissing);
    return shown;
  }

  private said(): string {
    const { caption, credit_line, alt, picture } = this.placement ?? {};
    return JSON.stringify([caption, credit_line, alt, picture?.hash, this.cards.language, this.placement === undefined]);
  }
}

function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, kind = "", said = ""): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (kind) made.className = kind;
  if (said) made.textContent = said;
  return made;
}

interface Shown {
  cards: Cards;
  byId: Map<string, PlacementShown>;
  decorations: DecorationSet;
}

/** The reference itself stays as typed, only smaller than the words around it. */
const pictureLine = Decoration.line({ class: "picture-line" });

/** Returns the extension that shows cards. A key costs a look at the lines it touched, whatever the length of the text. */
export function pictureCards(cards: Cards, onplacement: (id: string) => void): Extension {
  const cardsOfLine = (doc: Text, number: number, shown: Omit<Shown, "decorations">): Range<Decoration>[] => {
    const line = doc.line(number);
    const named = placementsNamed(line.text);
    const widgets = named.map((id) =>
      Decoration.widget({ widget: new Card(id, shown.byId.get(id), shown.cards, onplacement), block: true, side: 1 }).range(line.to),
    );
    return named.length > 0 ? [pictureLine.range(line.from), ...widgets] : [];
  };

  const show = (state: EditorState, next: Cards): Shown => {
    const shown = { cards: next, byId: new Map(next.placements.map((placement) => [placement.id as string, placement])) };
    const builder = new RangeSetBuilder<Decoration>();
    for (let number = 1; number <= state.doc.lines; number += 1) {
      for (const card of cardsOfLine(state.doc, number, shown)) builder.add(card.from, card.to, card.value);
    }
    return { ...shown, decorations: builder.finish() };
  };

  return StateField.define<Shown>({
    create: (state) => show(state, cards),
    update(shown, made) {
      for (const effect of made.effects) if (effect.is(showCards)) return show(made.state, effect.value);
      if (!made.docChanged) return shown;
      return { ...shown, decorations: redrawn(shown.decorations, made, 0, (doc, number) => cardsOfLine(doc, number, shown)) };
    },
    provide: (field) => EditorView.decorations.from(field, (shown) => shown.decorations),
  });
}
