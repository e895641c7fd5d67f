import { expect, test } from "vitest";
import type { Preview } from "../backend/gen/Preview";
import { Follower } from "./follower";

const page = (version: number, applies_to: number, insert: string[], remove = 0, blocks = insert.length): Preview => ({
  version, applies_to, from: 0, remove, insert, lines: Array.from({ length: blocks }, (_, at) => at + 1), language: "vi", dir: "ltr", words: 0, characters: 0,
});

function second() {
  const asked: { article: string; answer: (whole: Preview | null) => void; fail: () => void }[] = [];
  const shown: string[][] = [];
  const follower = new Follower({
    ask: (article) => new Promise((answer, fail) => asked.push({ article, answer, fail: () => fail(new Error("away")) })),
    show: (change) => shown.push(change.insert),
  });
  return { follower, asked, shown, settle: () => new Promise((then) => setTimeout(then)) };
}

test("the page of the article that is open is asked for whole, and then follows its changes", async () => {
  const { follower, asked, shown, settle } = second();
  follower.follow("a");
  asked[0]!.answer(page(3, 0, ["one"]));
  await settle();

  follower.changed({ article: "a", change: page(4, 3, ["two"], 1, 1) });

  expect(shown).toEqual([["one"], ["two"]]);
  expect(follower.whole()).toMatchObject({ version: 4, insert: ["two"] });
  expect(asked).toHaveLength(1);
});

test("a change of another article is not shown", () => {
  const { follower, shown } = second();
  follower.follow("a");

  follower.changed({ article: "b", change: page(1, 0, ["other"]) });

  expect(shown).toEqual([]);
});

test("a change that was missed is made up for by the whole page, asked for once", async () => {
  const { follower, asked, shown, settle } = second();
  follower.follow("a");
  asked[0]!.answer(page(3, 0, ["one"]));
  await settle();

  follower.changed({ article: "a", change: page(5, 4, ["five"], 1, 1) });
  follower.changed({ article: "a", change: page(6, 5, ["six"], 1, 1) });
  asked[1]!.answer(page(6, 0, ["six"]));
  await settle();

  expect(asked).toHaveLength(2);
  expect(shown.at(-1)).toEqual(["six"]);
});

test("an answer for the article before, or older than what is shown, is thrown away", async () => {
  const { follower, asked, shown, settle } = second();
  follower.follow("a");
  follower.follow("b");
  asked[0]!.answer(page(9, 0, ["a's"]));
  await settle();
  follower.changed({ article: "b", change: page(5, 0, ["newer"]) });
  asked[1]!.answer(page(4, 0, ["older"]));
  await settle();

  expect(asked.map((one) => one.article)).toEqual(["a", "b"]);
  expect(shown).toEqual([["newer"]]);
});

test("a page that could not be got is asked for again with the next change", async () => {
  const { follower, asked, settle } = second();
  follower.follow("a");
  asked[0]!.fail();
  await settle();

  follower.changed({ article: "a", change: page(5, 4, ["x"], 1, 1) });

  expect(asked).toHaveLength(2);
});
