/** What is known of words: asked once, in one go for all that are new, and kept until a list changes. */

import type { WordsChecked } from "../backend/gen/WordsChecked";

export type Check = (language: string, words: string[]) => Promise<WordsChecked>;

/** Words in one question; the desk reads no more than twice as many. */
const AT_ONCE = 2000;

export class KnownWords {
  private known = new Map<string, boolean>();
  private readonly here = new Set<string>();
  private language = "";
  private asked = 0;
  /** Languages without a dictionary, as was said last. */
  missing: readonly string[] = [];

  constructor(private readonly check: Check) {}

  /** Another language, or another list: everything is asked anew. */
  forget(): void {
    this.known = new Map();
    this.asked += 1;
  }

  /** The word is right as long as the window is open. */
  ignore(word: string): void {
    this.here.add(word);
  }

  isWrong(word: string): boolean {
    return this.known.get(word) === false && !this.here.has(word);
  }

  /** Asks for what is not known yet; true where something came of it. */
  async ask(language: string, words: readonly string[]): Promise<boolean> {
    if (language !== this.language) {
      this.language = language;
      this.forget();
    }
    const fresh = [...new Set(words)].filter((word) => !this.known.has(word));
    if (fresh.length === 0) return false;
    const mine = this.asked;
    for (let at = 0; at < fresh.length; at += AT_ONCE) {
      const some = fresh.slice(at, at + AT_ONCE);
      const { wrong, missing } = await this.check(language, some);
      if (mine !== this.asked) return false;
      this.missing = missing;
      const bad = new Set(wrong);
      for (const word of some) this.known.set(word, !bad.has(word));
    }
    return true;
  }
}
