import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { lineOfWords } from "./place-of-words";

const doc = Text.of(
  [
    "Trước đó.", // 1
    "",
    "> [!box] Cần biết", // 3
    "> Gọi **114** khi [cần cứu](https://a.vn/cuu), và chờ.",
    ">",
    "> - Tắt điện trước khi đi.",
    "> - Mang theo giấy tờ.",
    "> > “Nước lên nhanh.”", // 8
    "> > — Trần Thị Lan",
    "",
    "1. một việc thứ nhất", // 11
    "2. hai việc thứ hai",
    "",
    "| xã | số nhà |", // 14
    "|---|---|",
    "| Đại Hải | 12 |",
    "",
    "[^1]: Theo báo cáo tháng Năm.", // 18
    "",
    "Sau đó.",
  ],
);

test.each([
  [3, "Cần biết", 3],
  [3, "Gọi 114 khi cần cứu, và chờ.", 4],
  [3, "Tắt điện trước khi đi.", 6],
  [3, "Mang theo giấy tờ.", 7],
  [3, "“Nước lên nhanh.”", 8],
  [3, "Trần Thị Lan", 9],
  [11, "hai việc thứ hai", 12],
  [14, "12", 16],
  [14, "số nhà", 14],
  [18, "Theo báo cáo tháng Năm. ↩", 18],
])("words of the block on line %i: “%s” stand on line %i", (first, words, line) => {
  expect(lineOfWords(doc, first, words)).toBe(line);
});

test("words that stand nowhere lead to the block, and so do none", () => {
  expect(lineOfWords(doc, 3, "Chẳng ở đâu cả, thật đấy")).toBe(3);
  expect(lineOfWords(doc, 14, "Sau đó")).toBe(20);
  expect(lineOfWords(doc, 3, "")).toBe(3);
  expect(lineOfWords(doc, 99, "Sau đó")).toBe(99);
});
