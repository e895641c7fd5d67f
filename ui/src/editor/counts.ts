/** Words and the time they take to read. */

/**
 * Words a minute. Trauzettel-Klosinski & Dietz, "Standardized Assessment of Reading Performance: The New International
 * Reading Speed Texts IReST", Investigative Ophthalmology & Visual Science 53 (2012), 5452–5461: silent readers of 17 languages.
 * Han and kana are counted a sign a word, as there. Vietnamese is not among them: it is written in syllables with spaces
 * between, each of which carries about what a Chinese sign does, so that it is read at the Chinese rate.
 */
const RATES: Readonly<Record<string, number>> = {
  ar: 138, de: 179, en: 228, es: 218, fi: 161, fr: 195, he: 187, it: 188, ja: 357, nl: 202, pl: 166, pt: 181, ru: 184, sl: 180, sv: 199, tr: 166,
  zh: 255, vi: 255,
};
/** The mean of the 17. */
const MEAN = 184;

/** Returns in how many minutes so many words of a language (BCP 47) are read; at least one. */
export function readingMinutes(words: number, language: string): number {
  return Math.max(1, Math.round(words / (RATES[language.toLowerCase().split("-")[0] ?? ""] ?? MEAN)));
}

const SIGN = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g;
const LETTER = /[\p{L}\p{N}]/u;

/** Returns the words and characters of a text, counted as the desk counts those of the page; marks of Markdown are no words. */
export function counted(text: string): { words: number; characters: number } {
  let words = 0;
  for (const piece of text.split(/\s+/u)) {
    const signs = piece.match(SIGN)?.length ?? 0;
    words += signs + (LETTER.test(signs > 0 ? piece.replace(SIGN, "") : piece) ? 1 : 0);
  }
  return { words, characters: [...text].length };
}
