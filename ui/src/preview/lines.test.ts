import { expect, test } from "vitest";
import { PageLines } from "./lines";

function pageOf(lines: number[], tops: (number | null)[], height: number) {
  let measured = 0;
  const page = new PageLines({
    lines,
    shows: (block) => tops[block] !== null,
    topOf: (block) => {
      measured += 1;
      return tops[block] ?? 0;
    },
    height: () => height,
  });
  return { page, measured: () => measured };
}

// headline and lead above the body; blocks of lines 1, 3, 7; a gallery below
const { page } = pageOf([0, 0, 1, 3, 7, 0], [0, 60, 300, 400, 600, 900], 1000);

test("each block of the body begins at its line", () => {
  expect([1, 3, 7].map((line) => page.placeOf(line))).toEqual([300, 400, 600]);
  expect([300, 400, 600].map((at) => page.lineAt(at))).toEqual([1, 3, 7]);
});

test("what stands above the body is between line 0 and line 1", () => {
  expect(page.lineAt(0)).toBe(0);
  expect(page.placeOf(0.5)).toBe(150);
  expect(page.lineAt(150)).toBe(0.5);
});

test("inside a block lines and places grow together", () => {
  expect(page.placeOf(5)).toBe(500);
  expect(page.lineAt(500)).toBe(5);
});

test("nothing leads off the page", () => {
  expect(page.placeOf(-4)).toBe(0);
  expect(page.placeOf(10_000)).toBe(1000);
  expect(page.lineAt(99_999)).toBe(8);
});

test("a block that stands elsewhere than its line, and one that shows nothing, lead nowhere", () => {
  const { page } = pageOf([1, 9, 4, 12], [0, 100, 200, null], 300);

  expect([0, 1, 9, 10].map((line) => page.placeOf(line))).toEqual([0, 0, 100, 300]);
  expect(page.placeOf(5)).toBe(50);
  expect(page.lineAt(200)).toBe(9.5);
});

test("an empty page has a top and an end", () => {
  expect(pageOf([], [], 0).page.placeOf(1)).toBe(0);
  expect(pageOf([0], [0], 100).page.lineAt(50)).toBe(0.5);
});

test("of ten thousand blocks a handful is measured", () => {
  const lines = Array.from({ length: 10_000 }, (_, at) => at * 2 + 1);
  const { page, measured } = pageOf(lines, lines.map((line) => line * 20), 500_000);

  expect(page.lineAt(page.placeOf(7001.5))).toBeCloseTo(7001.5);
  expect(measured()).toBeLessThan(25);
});
