import { expect, test } from "vitest";
import { following } from "./spell-field";

const [first, second] = [{ from: 4, to: 8, word: "phêê" }, { from: 20, to: 24, word: "nhàà" }];
const words = [first, second];

test("the next misspelt word follows the selection, once around", () => {
  expect(following(words, 0, 0, false)).toBe(first);
  expect(following(words, 4, 4, false)).toBe(first);
  expect(following(words, 4, 8, false)).toBe(second);
  expect(following(words, 20, 24, false)).toBe(first);
});

test("and the one before it", () => {
  expect(following(words, 20, 24, true)).toBe(first);
  expect(following(words, 4, 8, true)).toBe(second);
  expect(following(words, 12, 12, true)).toBe(first);
});

test("there may be none", () => {
  expect(following([], 0, 0, false)).toBeNull();
});
