import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Preview } from "../backend/gen/Preview";
import { previewer } from "./previewer";

const whole = (version: number, ...insert: string[]): Preview => change(version, 0, 0, 0, insert, insert.length);

function change(version: number, appliesTo: number, from: number, remove: number, insert: string[], blocks: number): Preview {
  const lines = Array.from({ length: blocks }, (_, at) => at + 1);
  return { version, applies_to: appliesTo, from, remove, insert, lines, language: "vi", dir: "ltr", words: 0, characters: 0 };
}

/** Rust, answered by hand; `page` is what the window shows. */
function window() {
  const asked: { have: number; answer: (preview: Preview | null) => void; fail: (why: unknown) => void }[] = [];
  const page: string[] = [];
  const onfailure = vi.fn();
  const show = vi.fn(({ applies_to, from, remove, insert }: Preview) => {
    if (applies_to === 0) page.length = 0;
    page.splice(from, remove, ...insert);
  });
  const made = previewer({
    ask: (have) => new Promise((answer, fail) => asked.push({ have, answer, fail })),
    show,
    onfailure,
  });
  return { made, asked, page, show, onfailure };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the first request holds nothing and shows the whole page", async () => {
  const { made, asked, page } = window();

  made.changed();
  asked[0]!.answer(whole(1, "<h1>", "<p>"));
  await settle();

  expect(asked[0]!.have).toBe(0);
  expect(page).toEqual(["<h1>", "<p>"]);
});

test("one request is in flight, and the many keys typed meanwhile are one more", async () => {
  const { made, asked } = window();
  for (let key = 0; key < 20; key += 1) made.changed();
  expect(asked).toHaveLength(1);

  asked[0]!.answer(whole(1, "a"));
  await settle();
  expect(asked).toHaveLength(2);
  asked[1]!.answer(change(2, 1, 0, 1, ["b"], 1));
  await settle();

  expect(asked.map((one) => one.have)).toEqual([0, 1]);
});

test("where the desk does not hold the text a change builds on, it is told whole", async () => {
  const { made, asked, page } = window();
  made.changed();
  asked[0]!.answer(whole(1, "a"));
  await settle();

  made.changed();
  asked[1]!.answer(null);
  await settle();
  asked[2]!.answer(whole(2, "b"));
  await settle();

  expect(asked.map((one) => one.have)).toEqual([0, 1, 0]);
  expect(page).toEqual(["b"]);
});

test("a change replaces its blocks and leaves the others", async () => {
  const { made, asked, page } = window();
  made.changed();
  asked[0]!.answer(whole(1, "a", "b", "c"));
  await settle();

  made.changed();
  asked[1]!.answer(change(2, 1, 1, 1, ["x", "y"], 4));
  await settle();

  expect(page).toEqual(["a", "x", "y", "c"]);
  expect(made.whole()).toMatchObject({ version: 2, applies_to: 0, from: 0, remove: 0, insert: ["a", "x", "y", "c"] });
});

test("an answer for another version is not applied: the whole page is asked for", async () => {
  const { made, asked, page } = window();
  made.changed();
  asked[0]!.answer(whole(1, "a"));
  await settle();

  made.changed();
  asked[1]!.answer(change(9, 7, 0, 1, ["wrong"], 1));
  await settle();
  expect(page).toEqual(["a"]);
  expect(asked[2]!.have).toBe(0);
  asked[2]!.answer(whole(10, "right"));
  await settle();

  expect(page).toEqual(["right"]);
});

test.each([
  ["speaks of blocks there are not", change(2, 1, 1, 5, ["x"], 1)],
  ["begins behind the end", change(2, 1, 4, 0, ["x"], 3)],
  ["counts its lines wrongly", change(2, 1, 0, 1, ["x"], 7)],
])("a change that %s is not applied", async (_name, wrong) => {
  const { made, asked, page } = window();
  made.changed();
  asked[0]!.answer(whole(1, "a", "b"));
  await settle();

  made.changed();
  asked[1]!.answer(wrong);
  await settle();

  expect(page).toEqual(["a", "b"]);
  expect(asked[2]!.have).toBe(0);
});

test("an answer that never fits is told and tried again later, not for ever at once", async () => {
  const { made, asked, onfailure } = window();

  made.changed();
  asked[0]!.answer(change(5, 4, 0, 0, [], 0));
  await settle();

  expect(asked).toHaveLength(1);
  expect(onfailure).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
});

test("a failed answer keeps the last good page and is tried again ever more slowly", async () => {
  const { made, asked, page, onfailure } = window();
  made.changed();
  asked[0]!.answer(whole(1, "good"));
  await settle();

  made.changed();
  asked[1]!.fail("away");
  await settle();
  expect(page).toEqual(["good"]);
  expect(onfailure).toHaveBeenCalledWith("away");
  await vi.advanceTimersByTimeAsync(1000);
  asked[2]!.fail("away");
  await vi.advanceTimersByTimeAsync(1999);
  expect(asked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1);
  asked[3]!.answer(change(2, 1, 0, 1, ["better"], 1));
  await settle();

  expect(page).toEqual(["better"]);
});

test("a key typed during a request that fails is asked for at once", async () => {
  const { made, asked } = window();
  made.changed();
  made.changed();

  asked[0]!.fail("away");
  await settle();

  expect(asked).toHaveLength(2);
});

test("an answer for the article before is thrown away, whenever it comes", async () => {
  const { made, asked, page } = window();
  made.changed();
  made.restart();
  expect(asked.map((one) => one.have)).toEqual([0, 0]);

  asked[1]!.answer(whole(8, "new article"));
  await settle();
  asked[0]!.answer(whole(7, "old article"));
  await settle();
  made.changed();

  expect(page).toEqual(["new article"]);
  expect(asked[2]!.have).toBe(8);
});

test("a page that could not be shown is not held", async () => {
  const { made, asked, show, onfailure } = window();
  show.mockImplementationOnce(() => { throw new Error("no frame yet"); });
  made.changed();

  asked[0]!.answer(whole(1, "a"));
  await settle();
  expect(onfailure).toHaveBeenCalledTimes(1);
  expect(made.whole()).toBeNull();
  made.changed();

  expect(asked[1]!.have).toBe(0);
});

test("after stop nothing is shown and nothing is asked", async () => {
  const { made, asked, page } = window();
  made.changed();
  made.changed();
  made.stop();

  asked[0]!.answer(whole(1, "late"));
  await vi.advanceTimersByTimeAsync(60_000);

  expect(page).toEqual([]);
  expect(asked).toHaveLength(1);
});
