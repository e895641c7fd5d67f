import { expect, test } from "vitest";
import { en } from "./en";
import { filled } from "./index";
import { vi } from "./vi";

const names = (words: string) => [...new Set([...words.matchAll(/\{(\w+)\}/g)].map((found) => found[1]))].sort();

test("both languages have the same keys", () => {
  expect(Object.keys(vi).sort()).toEqual(Object.keys(en).sort());
});

test("both languages fill in the same names", () => {
  const differ = (Object.keys(en) as (keyof typeof en)[]).filter((key) => names(en[key]).join() !== names(vi[key]).join());

  expect(differ).toEqual([]);
});

test("no words are empty, and all are composed", () => {
  for (const words of [...Object.values(en), ...Object.values(vi)]) {
    expect(words.trim()).not.toBe("");
    expect(words.normalize("NFC")).toBe(words);
  }
});

test("one and many differ where the language makes them differ", () => {
  expect(filled(en["row.pictures"], { n: 1 })).toBe("1 picture");
  expect(filled(en["row.pictures"], { n: 3 })).toBe("3 pictures");
  expect(filled(vi["row.pictures"], { n: 1 })).toBe("1 ảnh");
});

test("a name without a value stays, so that it is seen", () => {
  expect(filled("{a} and {b}", { a: "one" })).toBe("one and {b}");
});
