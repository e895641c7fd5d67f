// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Preview } from "../backend/gen/Preview";
import { Built } from "./built";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Blocks `n` of a number each; building one takes a millisecond. */
function page() {
  const parent = document.createElement("div");
  const make = (html: string) => {
    clock += 1;
    const node = document.createElement("p");
    node.textContent = html;
    return { nodes: [node] };
  };
  const onbuilt = vi.fn();
  const built = new Built(parent, make, onbuilt);
  return { built, onbuilt, words: () => [...parent.children].map((one) => one.textContent) };
}

let clock = 0;
beforeEach(() => {
  clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
});

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index));
const change = (insert: string[], more: Partial<Preview> = {}) =>
  ({ version: 1, applies_to: 0, from: 0, remove: 0, insert, lines: [], language: "vi", dir: "ltr", words: 0, characters: 0, ...more }) as Preview;

test("a short page stands at once, and a change builds only what it brings", () => {
  const { built, onbuilt, words } = page();

  built.change(change(["a", "b", "c"]));
  built.change(change(["x", "y"], { applies_to: 1, from: 1, remove: 1 }));

  expect(words()).toEqual(["a", "x", "y", "c"]);
  expect([built.isWhole, onbuilt.mock.calls.length, clock]).toEqual([true, 0, 5]);
});

test("a long page is built in slices of some milliseconds, in order", () => {
  const { built, onbuilt, words } = page();
  built.change(change(numbers(0, 300)));
  expect(words()).toEqual(numbers(0, 40));

  let most = 0;
  for (let before = clock; !built.isWhole; before = clock) {
    vi.advanceTimersToNextTimer();
    most = Math.max(most, clock - before);
  }

  expect(words()).toEqual(numbers(0, 300));
  expect(most).toBeLessThanOrEqual(9);
  expect(onbuilt.mock.calls.length).toBeGreaterThan(20);
});

test("what somebody looks at is built first, then what follows it, then what is before it", () => {
  const { built, words } = page();
  built.change(change(numbers(0, 300)));

  built.reach(200);
  expect(words()).toEqual([...numbers(0, 40), ...numbers(200, 240)]);

  vi.advanceTimersToNextTimer();
  expect(words().slice(80, 82)).toEqual(["240", "241"]);
  vi.runAllTimers();
  expect(words()).toEqual(numbers(0, 300));
});

test("a change of a page that is not whole yet lands where it belongs", () => {
  const { built, words } = page();
  built.change(change(numbers(0, 300)));

  built.change(change(["new"], { applies_to: 1, from: 250, remove: 2 }));
  expect(words()).toEqual([...numbers(0, 40), "new"]);
  built.change(change([], { applies_to: 1, from: 10, remove: 5 }));
  vi.runAllTimers();

  expect(words()).toEqual([...numbers(0, 10), ...numbers(15, 250), "new", ...numbers(252, 300)]);
});

test("another page takes the place of one that is not whole yet", () => {
  const { built, words } = page();
  built.change(change(numbers(0, 300)));

  built.change(change(["only"]));
  vi.runAllTimers();

  expect([words(), built.isWhole, built.count]).toEqual([["only"], true, 1]);
});
