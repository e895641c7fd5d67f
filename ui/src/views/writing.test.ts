import { expect, test } from "vitest";
import { MEASURE, nextFocus, SIZE, stepped, within } from "./writing";

test("measure and size go by steps, never out of their range, and the usual one is kept as nothing", () => {
  expect([stepped(0, 1, MEASURE), stepped(68, -1, MEASURE), stepped(90, 1, MEASURE), stepped(50, -1, MEASURE)]).toEqual([68, 0, 90, 50]);
  expect([stepped(0, -4, SIZE), stepped(14, -1, SIZE), within(99, SIZE), within(0, SIZE)]).toEqual([14, 14, 28, 18]);
});

test("focus goes around, also from what an older or newer window kept", () => {
  expect(["", "paragraph", "sentence", "word"].map(nextFocus)).toEqual(["paragraph", "sentence", "", ""]);
});
