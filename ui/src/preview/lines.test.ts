import { expect, test } from "vitest";
import { anchors, lineAt, placeOf } from "./lines";

// headline and lead above the body; blocks of lines 1, 3, 7; a gallery below
const page = anchors([0, 0, 1, 3, 7, 0], [0, 60, 300, 400, 600, 900], 1000);

test("each block of the body begins at its line", () => {
  expect([1, 3, 7].map((line) => placeOf(line, page))).toEqual([300, 400, 600]);
  expect([300, 400, 600].map((at) => lineAt(at, page))).toEqual([1, 3, 7]);
});

test("what stands above the body is between line 0 and line 1", () => {
  expect(lineAt(0, page)).toBe(0);
  expect(placeOf(0.5, page)).toBe(150);
  expect(lineAt(150, page)).toBe(0.5);
});

test("inside a block lines and places grow together", () => {
  expect(placeOf(5, page)).toBe(500);
  expect(lineAt(500, page)).toBe(5);
});

test("nothing leads off the page", () => {
  expect(placeOf(-4, page)).toBe(0);
  expect(placeOf(10_000, page)).toBe(1000);
  expect(lineAt(99_999, page)).toBe(8);
});

test("a block that stands elsewhere than its line, and one that shows nothing, lead nowhere", () => {
  const withNotes = anchors([1, 9, 4, 12], [0, 100, 200, null], 300);

  expect(withNotes).toEqual([{ line: 0, at: 0 }, { line: 1, at: 0 }, { line: 9, at: 100 }, { line: 10, at: 300 }]);
});

test("an empty page has a top and an end", () => {
  expect(placeOf(1, anchors([], [], 0))).toBe(0);
  expect(lineAt(50, anchors([0], [0], 100))).toBe(0.5);
});
