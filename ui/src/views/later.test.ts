import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { later } from "./later";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("what is asked for again and again is done once things are quiet", () => {
  const work = vi.fn();
  const { ask } = later(work, 100, 1000);

  ask();
  vi.advanceTimersByTime(60);
  ask();
  vi.advanceTimersByTime(99);
  expect(work).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(work).toHaveBeenCalledTimes(1);
});

test("it is never put off for longer than the most", () => {
  const work = vi.fn();
  const { ask } = later(work, 100, 300);

  for (let passed = 0; passed < 400; passed += 50) {
    ask();
    vi.advanceTimersByTime(50);
  }

  expect(work).toHaveBeenCalledTimes(1);
});

test("what was asked for can be done now, and what was not is not", () => {
  const work = vi.fn();
  const { ask, now } = later(work, 100, 1000);

  now();
  ask();
  now();
  vi.advanceTimersByTime(1000);

  expect(work).toHaveBeenCalledTimes(1);
});
