import { expect, test, vi } from "vitest";
import { KnownWords } from "./spell-known";

const checking = (...wrong: string[]) => vi.fn((_: string, words: string[]) => Promise.resolve({ wrong: words.filter((word) => wrong.includes(word)), missing: [] }));

test("a word is asked for once, and again when a list changed", async () => {
  const check = checking("phêê");
  const known = new KnownWords(check);

  await known.ask("vi", ["cà", "phêê", "cà"]);
  await known.ask("vi", ["cà", "phêê"]);
  expect(check.mock.calls).toEqual([["vi", ["cà", "phêê"]]]);
  expect([known.isWrong("phêê"), known.isWrong("cà"), known.isWrong("mới")]).toEqual([true, false, false]);

  known.forget();
  expect(known.isWrong("phêê")).toBe(false);
  await known.ask("vi", ["phêê"]);
  expect(check).toHaveBeenCalledTimes(2);
});

test("an answer for a language that is no longer asked about is dropped", async () => {
  const answers: ((wrong: string[]) => void)[] = [];
  const known = new KnownWords(() => new Promise((answer) => answers.push((wrong) => answer({ wrong, missing: [] }))));

  const late = known.ask("vi", ["harvest"]);
  const now = known.ask("en", ["harvest"]);
  answers[1]?.([]);
  answers[0]?.(["harvest"]);

  expect([await late, await now]).toEqual([false, true]);
  expect(known.isWrong("harvest")).toBe(false);
});

test("what is ignored here is not wrong", async () => {
  const known = new KnownWords(checking("Sapa"));
  await known.ask("vi", ["Sapa"]);

  known.ignore("Sapa");

  expect(known.isWrong("Sapa")).toBe(false);
});

test("a long text is asked about in several goes, to its last word", async () => {
  const words = Array.from({ length: 4500 }, (_, at) => `từ${at}`);
  const check = checking("từ4499");
  const known = new KnownWords(check);

  await known.ask("vi", words);

  expect(check.mock.calls.map(([, some]) => some.length)).toEqual([2000, 2000, 500]);
  expect(known.isWrong("từ4499")).toBe(true);
});
