import { expect, test } from "vitest";
import { counted, readingMinutes } from "./counts";

test.each([
  ["Nước lũ đã rút.", 4, 15],
  ["**đậm** – và [tin](https://a.vn)", 3, 32],
  ["新聞 tin", 3, 6],
  ["  \n\n", 0, 4],
  ["𠀀é", 1, 2],
])("the words and characters of %j", (text, words, characters) => {
  expect(counted(text)).toEqual({ words, characters });
});

test("a language is read at its own rate, one we have no figures of at the mean", () => {
  expect([readingMinutes(912, "en-GB"), readingMinutes(1020, "vi"), readingMinutes(368, "ms"), readingMinutes(0, "vi")]).toEqual([4, 4, 2, 1]);
});
