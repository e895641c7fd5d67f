import { expect, test } from "vitest";
import { finder, type Query } from "./find";

const QUERY: Query = { words: "", accents: false, capitals: false, whole: false };

function found(words: string, line: string, more: Partial<Query> = {}): string[] {
  return finder({ ...QUERY, words, ...more })?.inLine(line).map(({ from, to }) => line.slice(from, to)) ?? [];
}

test.each([
  ["duong", "Đường về, con đường, dương, Duong", ["Đường", "đường", "dương", "Duong"]],
  ["đường", "Đường về, con duong", ["Đường", "duong"]],
  ["ha noi", "HÀ NỘI, Hà\u00a0Nội", ["HÀ NỘI", "Hà\u00a0Nội"]],
  ["strasse", "Straße", []],
  ["lũ", "l\u0169, lu\u0303, LŨ, lụa", ["l\u0169", "lu\u0303", "LŨ", "lụ"]],
])("%s without accents in %s", (words, line, expected) => {
  expect(found(words, line)).toEqual(expected);
});

test("with accents a letter is the letter, composed or not, and never a part of another", () => {
  expect(found("đường", "đường, đu\u031bo\u031b\u0300ng, duong, dương", { accents: true })).toEqual(["đường", "đu\u031bo\u031b\u0300ng"]);
  expect(found("e", "é e\u0301 e", { accents: true })).toEqual(["e"]);
  expect(found("e\u0301", "é", { accents: true })).toEqual(["é"]);
});

test("capitals count where they are asked for", () => {
  expect(found("Hà", "Hà hà HÀ", { capitals: true, accents: true })).toEqual(["Hà"]);
  expect(found("ha", "Hà hà", { capitals: true })).toEqual(["hà"]);
});

test.each([
  ["an", "an, Ấn, ban, bạn, an-ninh, lành", ["an", "Ấn", "an"]],
  ["lu", "lũ lụt, lu\u0303, lu\u0303y", ["lũ", "lu\u0303"]],
  ["e", "hè e", ["e"]],
  ["東京", "在東京的", ["東京"]],
  ["42", "420 42 4,2", ["42"]],
])("%s as a whole word in %s: an accented letter is no edge of one", (words, line, expected) => {
  expect(found(words, line, { whole: true })).toEqual(expected);
});

test("places are of the text as it is, whatever stands before them", () => {
  const line = "İI ﬁ 𠀀 u\u0303 lũ";
  expect(found("lu", line)).toEqual(["lũ"]);
  expect(finder({ ...QUERY, words: "aa" })?.inLine("aaaaa")).toEqual([{ from: 0, to: 2 }, { from: 2, to: 4 }]);
});

test("nothing is asked, nothing is found", () => {
  expect(finder(QUERY)).toBeNull();
  expect(finder({ ...QUERY, words: "\u0301" })).toBeNull();
});

/** typora #6645: whole words, replaced, must leave the others whole. */
test("replacing whole words corrupts no other word", () => {
  const line = "hoa, hòa, hoà, hoan, thoa, ho\u0300a";
  const places = finder({ ...QUERY, words: "hoa", accents: true, whole: true })?.inLine(line) ?? [];
  const replaced = places.reduceRight((text, { from, to }) => `${text.slice(0, from)}X${text.slice(to)}`, line);
  expect(replaced).toBe("X, hòa, hoà, hoan, thoa, ho\u0300a");
});
