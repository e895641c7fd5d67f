import { expect, test } from "vitest";
import type { Fields } from "$ui/backend/gen/Fields";
import { fieldsAdopted, wordsLeft } from "./adopt";

const fields = (headline: string, keywords: string[] = []) => ({ headline, keywords, kicker: "" }) as unknown as Fields;

test("a field typed since the last save stays as typed; the others follow Rust", () => {
  const shown = fieldsAdopted(fields("typed", ["a"]), fields("saved", ["a"]), fields("theirs", ["b"]));

  expect(shown).toEqual(fields("typed", ["b"]));
});

test("words that are saved are no longer held against what Rust says", () => {
  const typed = { p: { id: "p", caption: "C", alt: "new" }, q: { id: "q", alt: "Q" } };

  const left = wordsLeft(typed, [{ id: "p", caption: "C", alt: "old" }, { id: "q", alt: "Q" }]);

  expect(left).toEqual({ p: { id: "p", alt: "new" } });
});
