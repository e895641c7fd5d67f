import { expect, test } from "vitest";
import { wordsOf } from "./spell-words";

const words = (line: string) => wordsOf(line).map(({ word }) => word);

test("words of both languages, with their apostrophes and hyphens", () => {
  expect(words("Chị Lan nói: “Don’t check-in ở Hà Nội.”")).toEqual(["Chị", "Lan", "nói", "Don’t", "check-in", "ở", "Hà", "Nội"]);
});

test("code, links, addresses, marks and numbers are not words", () => {
  expect(words("Xem `git commit` và [trang này](https://nhandan.vn/tin-tuc) của <b>báo</b>")).toEqual(["Xem", "và", "trang", "này", "của", "báo"]);
  expect(words("![](photo:0192-abc) gửi lan@bao.vn, https://bao.vn/xyz hay bao.vn/xyz")).toEqual(["gửi", "hay"]);
  expect(words("Mạng 5G, 20km, H5N1 và #hashtag @ten")).toEqual(["Mạng", "và"]);
  expect(words("[tin]: https://bao.vn")).toEqual([]);
  expect(words("theo báo cáo[^1] và ``mã ` lẻ`` xong")).toEqual(["theo", "báo", "cáo", "và", "xong"]);
});

test("a word knows its place", () => {
  expect(wordsOf("`x` phêê", 10)).toEqual([{ from: 14, to: 18, word: "phêê" }]);
});

test("a long line without an end to its code is read in no time", () => {
  const started = performance.now();
  for (const part of ["`", "a<", "a@", "[", "](", "-a", "a.", "&#", "1-"]) wordsOf(part.repeat(5000));
  expect(performance.now() - started).toBeLessThan(1000);
});
