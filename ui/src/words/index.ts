/** All words of the window: `t("queue.new")`, `t("row.pictures", { n: 3 })`. */

import { en } from "./en";
import { spoken } from "./spoken.svelte";
import { vi } from "./vi";

export type Key = keyof typeof en;
export type Words = Record<Key, string>;
export type WordsLanguage = "vi" | "en";

const all: Record<WordsLanguage, Words> = { en, vi };
const plurals = new Intl.PluralRules("en");

/** Returns the window's language. */
export function language(): WordsLanguage {
  return spoken.language;
}

/** Speaks the language preferred, or the system's; any but Vietnamese is English. */
export function speak(preferred: string, system: string = navigator.language): void {
  const tag = (preferred || system).toLowerCase();
  spoken.language = tag === "vi" || tag.startsWith("vi-") ? "vi" : "en";
  document.documentElement.lang = spoken.language;
}

/** Returns the words of a key in the window's language, its `{names}` filled in. */
export function t(key: Key, values: Record<string, string | number> = {}): string {
  return filled(all[spoken.language][key], values);
}

/** Returns the words filled in. Of `one | many`, `n` decides. */
export function filled(words: string, values: Record<string, string | number>): string {
  const [one = "", many = one] = words.split(" | ");
  const said = plurals.select(Number(values["n"] ?? 1)) === "one" ? one : many;
  return said.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (typeof value === "number") return number(value);
    return value ?? whole;
  });
}

/** Returns a number as the window's language writes it. */
export function number(value: number): string {
  return value.toLocaleString(spoken.language === "vi" ? "vi-VN" : "en-GB");
}

/** Returns several things one after the other, as the window's language does: `a, b and c`. */
export function list(words: readonly string[]): string {
  return new Intl.ListFormat(spoken.language === "vi" ? "vi-VN" : "en-GB").format(words);
}
