import { expect, test } from "vitest";
import { placeAfter } from "./places";

const texts = [
  { field: "headline", text: "{{ai}} ở {{đâu}}" },
  { field: "standfirst", text: "không còn" },
  { field: "body", text: "Ông {{ai}}" },
  { field: "p.caption", text: "{{ai}}" },
];

test.each([
  [null, "headline", 0],
  [{ field: "headline", at: -1 }, "headline", 0],
  [{ field: "headline", at: 0 }, "headline", 9],
  [{ field: "headline", at: 9 }, "body", 4],
  [{ field: "standfirst", at: 3 }, "body", 4],
  [{ field: "body", at: 4 }, "p.caption", 0],
  [{ field: "p.caption", at: 0 }, "headline", 0],
  [{ field: "elsewhere", at: 7 }, "headline", 0],
])("after %j comes %s %i", (here, field, from) => {
  expect(placeAfter(texts, here)).toMatchObject({ field, from });
});

test("where nothing is left there is no next one", () => {
  expect(placeAfter([{ field: "body", text: "{{}} xong" }], null)).toBeNull();
});
