import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { typingRests } from "./rest";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function restsAfter(keysAt: number[], until: number): Promise<boolean> {
  const target = new EventTarget();
  let rested = false;
  void typingRests(300, 3000, target).then(() => (rested = true));
  for (const at of keysAt) setTimeout(() => target.dispatchEvent(new Event("keydown")), at);
  await vi.advanceTimersByTimeAsync(until);
  return rested;
}

test("a window in which nobody types rests at once", async () => {
  expect(await restsAfter([], 299)).toBe(false);
  expect(await restsAfter([], 300)).toBe(true);
});

test("keys that are still on their way are waited for", async () => {
  expect(await restsAfter([100, 350, 600], 899)).toBe(false);
  expect(await restsAfter([100, 350, 600], 900)).toBe(true);
});

test("somebody who types on and on does not keep the window open", async () => {
  const keys = Array.from({ length: 40 }, (_, index) => index * 100);
  expect(await restsAfter(keys, 2999)).toBe(false);
  expect(await restsAfter(keys, 3000)).toBe(true);
});
