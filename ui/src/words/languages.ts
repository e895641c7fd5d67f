/** Languages by name. */

import { language } from "./index";

/** The languages the portal publishes in, as offered; any other that an article has is offered too. */
export const OFFERED = [
  "vi", "en", "zh-Hans", "zh-Hant", "ja", "ko", "fr", "de", "es", "pt", "it", "ru", "ms", "id", "th", "lo", "km", "my", "hi", "ar",
] as const;

/** Returns the name of a language (BCP 47) in the window's language; the tag itself where it has none. */
export function nameOf(tag: string): string {
  try {
    const name = new Intl.DisplayNames([language()], { type: "language" }).of(tag) ?? tag;
    return name.charAt(0).toLocaleUpperCase(language()) + name.slice(1);
  } catch {
    return tag; // not a tag at all: shown as it is
  }
}
