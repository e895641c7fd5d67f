import { expect, test } from "vitest";
import { set, setRight } from "./typography";

/** Types the keys one by one, as the editor does. */
function typed(language: string, keys: string): string {
  let line = "";
  for (const key of keys) {
    const made = set(language, line, key);
    line = made === null ? line + key : line.slice(0, line.length - made.cut) + made.insert;
  }
  return line;
}

function right(language: string, text: string, kept = /`[^`]*`|https?:\S+/g): string {
  const ranges = [...text.matchAll(kept)].map((found) => [found.index, found.index + found[0].length] as const);
  const changes = setRight(language, text, (at) => ranges.some(([from, to]) => at >= from && at < to));
  return changes.reduceRight((made, { from, to, insert }) => made.slice(0, from) + insert + made.slice(to), text);
}

const GOLDEN: [string, string, string][] = [
  ["vi", 'Ông nói: "Nước đã rút."', "Ông nói: “Nước đã rút.”"],
  ["vi", 'Tờ "Nhân Dân" (bản "in")', "Tờ “Nhân Dân” (bản “in”)"],
  ["vi", "gọi là 'lũ ống'", "gọi là ‘lũ ống’"],
  ["vi", "Hà Nội -- Huế", "Hà Nội – Huế"],
  ["vi", "còn nữa... Hết!", "còn nữa... Hết!"],
  ["vi", '**"đậm"** và *"nghiêng"*', "**“đậm”** và *“nghiêng”*"],
  ["vi-VN", '"A"', "“A”"],
  ["ms", 'Beliau berkata, "Air sudah surut."', "Beliau berkata, “Air sudah surut.”"],
  ["ms", "Jumaat --- hari 'besar'", "Jumaat — hari ‘besar’"],
  ["en", `"It's over," she said. "The dogs' 'bowl'."`, "“It’s over,” she said. “The dogs’ ‘bowl’.”"],
  ["en", "Wait... it rained -- a lot --- again", "Wait… it rained – a lot — again"],
  ["en-GB", "rock 'n' roll", "rock ‘n’ roll"],
  ["fr", 'Il a dit : "Bonjour !"', "Il a dit\u00a0: «\u202fBonjour\u202f!\u202f»"],
  ["fr", "Quoi? Non; oui! Voici: rien...", "Quoi\u202f? Non\u202f; oui\u202f! Voici\u00a0: rien…"],
  ["fr", "L'été n'est pas \"l'hiver\"", "L’été n’est pas «\u202fl’hiver\u202f»"],
  ["fr", 'Il dit "le "vrai" nom"', "Il dit «\u202fle “vrai” nom\u202f»"],
  ["fr", "Quoi ?! À 10:30", "Quoi\u202f?! À 10:30"],
  ["fr", 'l\'"ami"', "l’«\u202fami\u202f»"],
  ["fr-CA", 'Quoi? "Oui": non!', "Quoi? «\u202fOui\u202f»\u00a0: non!"],
];

test.each(GOLDEN)("typed in %s: %s", (language, keys, line) => {
  expect(typed(language, keys)).toBe(line);
});

test.each(GOLDEN)("set right in %s: %s", (language, straight, line) => {
  expect(right(language, straight)).toBe(line);
  expect(right(language, line), "what is right stays").toBe(line);
});

test.each([
  "`\"mã\"...`", "[tin](https://a.vn \"tựa\")", "https://a.vn/?q=\"x\"", "---", "| --- | :--- |", "> ---", '\\"', "[1]: https://a.vn 'x'", "<https://a.vn/--x>", "a@b.vn--c",
])("code, links, addresses and marks of Markdown stay as typed: %s", (line) => {
  for (const language of ["vi", "ms", "en", "fr"]) expect(typed(language, line), language).toBe(line);
});

test("a link's words are set, its address is not", () => {
  expect(typed("fr", 'Voir ["ici"](https://a.fr/?a:b!)!')).toBe("Voir [«\u202fici\u202f»](https://a.fr/?a:b!)\u202f!");
});

test("another language than these four is left alone", () => {
  for (const language of ["", "ja", "zh-Hans", "lo", "km", "de"]) {
    expect(typed(language, '"a" -- b...')).toBe('"a" -- b...');
    expect(right(language, 'a  "b" ,')).toBe('a  "b" ,');
  }
});

test("spaces are set right between words, and nowhere else", () => {
  expect(right("vi", "Nước lũ , đã  rút .")).toBe("Nước lũ, đã rút.");
  expect(right("en", "one ,  two  ")).toBe("one, two  ");
  expect(right("vi", "- một\n  - hai  ba\n-  bốn")).toBe("- một\n  - hai ba\n-  bốn");
  expect(right("vi", "| a  | b |")).toBe("| a  | b |");
  expect(right("vi", "    mã  nguồn")).toBe("    mã nguồn");
  expect(right("vi", "giá .5 và .env")).toBe("giá .5 và .env");
  expect(right("fr", "un ,  deux !")).toBe("un, deux\u202f!");
  expect(right("vi", "một `a  \"b\"` hai  ba")).toBe("một `a  \"b\"` hai ba");
});

test("runs of dots and hyphens that are no dash are left alone", () => {
  expect(right("en", "a ---- b ..... c")).toBe("a ---- b ..... c");
  expect(right("vi", "a --- b")).toBe("a --- b");
});

test("every change names what it replaces, in order and without overlap", () => {
  const text = 'Il dit  "oui" , puis -- non...\nEt "là" ?';
  let last = 0;
  for (const { from, to } of setRight("fr", text, () => false)) {
    expect(from).toBeGreaterThanOrEqual(last);
    expect(to).toBeGreaterThan(from);
    last = to;
  }
  expect(last).toBeLessThanOrEqual(text.length);
});
