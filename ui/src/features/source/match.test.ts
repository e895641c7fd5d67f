import { expect, test } from "vitest";
import { besides } from "./match";

const SOURCE = ["Site", "Headline", "First paragraph here.", "Second one.", "Third one, the last.", "Comments (0)"];
const isText = (line: number) => line >= 2 && line <= 4;

test("paragraphs that say the same words stand beside each other, marks and case aside", () => {
  const body = "First **paragraph** here.\n\n## Second one\n\nThird one, the last.\n";

  expect(besides(SOURCE, isText, body).slice(2, 5)).toEqual([1, 3, 5]);
});

test("a translation goes in step, paragraph by paragraph, past its pictures", () => {
  const body = "Đoạn đầu.\n\n![](photo:01939a00-0000-7000-8000-0000000000a2)\n\nĐoạn hai.\n\nĐoạn ba.\n";

  expect(besides(SOURCE, isText, body).slice(2, 5)).toEqual([1, 5, 7]);
});

test("what was written between two known paragraphs moves the later one along", () => {
  const body = "First paragraph here.\n\nMine.\n\nMine too.\n\nSecond one.\n\nThird one, the last.";

  expect(besides(SOURCE, isText, body).slice(2, 5)).toEqual([1, 7, 9]);
});

test("a paragraph that was moved does not turn the others round", () => {
  const found = besides(SOURCE, isText, "Third one, the last.\n\nFirst paragraph here.\n\nSecond one.");

  expect(found.slice(2, 4)).toEqual([3, 5]);
  expect(found.every((line, at) => at === 0 || line >= (found[at - 1] ?? 0))).toBe(true);
});

test("without a pair and in other numbers the lines are spread over the draft", () => {
  const found = besides(SOURCE, isText, Array.from({ length: 20 }, (_, at) => `Khác ${at}`).join("\n"));

  expect(found.every((line, at) => at === 0 || line > (found[at - 1] ?? 0))).toBe(true);
  expect(found[0]).toBeGreaterThan(0);
  expect(found[5]).toBeLessThan(21);
});

test("nothing stands beside nothing", () => {
  expect(besides([], () => true, "")).toEqual([]);
  expect(besides(["a"], () => true, "")).toHaveLength(1);
});
