/** Spelling in the fields around the text: the same words, without marks. */

import type { KnownWords } from "./spell-known";
import { wordsOf, type Word } from "./spell-words";

/** A text whose misspelt words are walked and mended, wherever it stands. */
export interface Spelled {
  language: string;
  /** The word at the caret, and where a menu for it may stand. */
  word(): { word: string; rect: DOMRect } | null;
  /** Takes the caret to the next misspelt word, or back; false where there is none. */
  next(back: boolean): Promise<boolean>;
  /** Writes something else for the word at the caret; it can be undone. */
  replace(words: string): void;
  focus(): void;
}

export function spelledField(box: HTMLInputElement | HTMLTextAreaElement, known: KnownWords): Spelled {
  const all = () => wordsOf(box.value.replace(/\n/g, " "));
  const language = box.lang || document.documentElement.lang;
  const here = (): Word | null => {
    const [start, end] = [box.selectionStart ?? 0, box.selectionEnd ?? 0];
    return all().find(({ from, to }) => from <= start && end <= to) ?? null;
  };
  const next = async (back: boolean) => {
    const words = all();
    await known.ask(language, words.map(({ word }) => word));
    const found = following(words.filter(({ word }) => known.isWrong(word)), box.selectionStart ?? 0, box.selectionEnd ?? 0, back);
    if (found === null) return false;
    box.focus();
    box.setSelectionRange(found.from, found.to);
    return true;
  };
  const replace = (words: string) => {
    const word = here();
    if (word === null) return;
    box.focus();
    box.setSelectionRange(word.from, word.to);
    document.execCommand("insertText", false, words); // what a person types: undo knows it
  };
  const word = () => {
    const found = here();
    return found && { word: found.word, rect: box.getBoundingClientRect() };
  };
  return { language, word, next, replace, focus: () => box.focus() };
}

/** Returns which of the words comes next after a selection, or before it, once around. */
export function following(words: readonly Word[], start: number, end: number, back: boolean): Word | null {
  return beside(words, start, end, back) ?? words.at(back ? -1 : 0) ?? null;
}

/** As `following`, and not around. */
export function beside(words: readonly Word[], start: number, end: number, back: boolean): Word | undefined {
  if (back) return words.findLast(({ from, to }) => to < end || from < start);
  return words.find(({ from }) => from > start || (from === start && start === end));
}
