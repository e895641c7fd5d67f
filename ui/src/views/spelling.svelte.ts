/** Spelling, as a person works with it: to the next misspelt word, what may have been meant, and the lists of words. */

import { call } from "$ui/backend/call";
import type { WordKept } from "$ui/backend/gen/WordKept";
import type { Spelled } from "$ui/editor/spell-field";
import { KnownWords } from "$ui/editor/spell-known";
import { t } from "$ui/words";
import { nameOf } from "$ui/words/languages";
import type { DeskState } from "./desk.svelte";

/** A word is asked about; the menu stands at its place. */
export interface WordMenu {
  word: string;
  rect: DOMRect;
  /** `null` while they are looked for. */
  suggestions: readonly string[] | null;
  spelled: Spelled;
}

/** What Linux calls the packages; elsewhere the dictionary's name says enough. */
const PACKAGES: Record<string, string> = { en: "hunspell-en-us", vi: "hunspell-vi", fr: "hunspell-fr", de: "hunspell-de-de", es: "hunspell-es", ru: "hunspell-ru", id: "hunspell-id" };

export class SpellingDesk {
  readonly known = new KnownWords((language, words) => call("check_words", { language, words }));
  menu: WordMenu | null = $state.raw(null);

  /** `again`: the text is to be marked anew. */
  constructor(
    private readonly desk: DeskState,
    private readonly again: () => void,
  ) {}

  /** Takes the caret to the next misspelt word, or says that there is none, or why nobody knows. */
  async next(spelled: Spelled | null, back: boolean): Promise<void> {
    if (spelled === null) return;
    const found = await spelled.next(back).catch(() => false);
    if (found) return;
    this.desk.say(this.without(spelled.language) ?? t("spell.none"));
  }

  /** Says whether the caret is at a word that is known to be misspelt. */
  isAtWrongWord(spelled: Spelled | null): boolean {
    const here = this.desk.preferences.spelling_off ? null : (spelled?.word() ?? null);
    return here !== null && this.known.isWrong(here.word);
  }

  /** Opens the menu at the word of the caret. */
  async ask(spelled: Spelled | null): Promise<void> {
    const here = spelled?.word() ?? null;
    if (spelled === null || here === null) return void this.desk.say(t("spell.no_word"));
    this.menu = { ...here, suggestions: null, spelled };
    const suggestions = await call("suggest", { language: spelled.language, word: here.word }).catch(() => []);
    if (this.menu?.word === here.word) this.menu = { ...this.menu, suggestions };
  }

  /** The field has the focus again before anything is done in it. */
  close(): void {
    const menu = this.menu;
    this.menu = null;
    menu?.spelled.focus();
  }

  replace(words: string): void {
    const spelled = this.menu?.spelled;
    this.close();
    spelled?.replace(words);
  }

  async keep(shared: boolean): Promise<void> {
    const word = this.menu?.word ?? "";
    this.close();
    await this.change(() => call("keep_word", { word, shared }));
  }

  ignore(): void {
    if (this.menu !== null) this.known.ignore(this.menu.word);
    this.close();
    this.again();
  }

  async showLists(): Promise<void> {
    const words = await call("kept_words").catch(() => []);
    this.desk.ask = { is: "words", words };
  }

  async forget(word: WordKept): Promise<void> {
    await this.change(() => call("forget_word", word));
    await this.showLists();
  }

  async add(word: string, shared: boolean): Promise<void> {
    await this.change(() => call("keep_word", { word: word.trim().normalize("NFC"), shared }));
    await this.showLists();
  }

  private async change(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch {
      this.desk.say(t("spell.not_kept"));
    }
    this.known.forget();
    this.again();
  }

  /** Which dictionary is missing, and how one comes by it. */
  private without(language: string): string | null {
    if (!this.known.missing.includes(language)) return null;
    const tongue = language.split("-")[0] ?? language;
    return t("spell.missing", { language: nameOf(language), package: PACKAGES[tongue] ?? `hunspell-${tongue}` });
  }
}
