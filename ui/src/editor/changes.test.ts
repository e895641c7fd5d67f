import { expect, test } from "vitest";
import type { PlacementWords } from "../backend/gen/PlacementWords";
import type { Fields } from "../backend/gen/Fields";
import { edit, merge } from "./changes";

const shown = { headline: "Cũ", standfirst: "Sa-pô" } as Fields;

test("the last body wins, fields are joined one by one", () => {
  const joined = merge({ body: "a", fields: { headline: "A" } }, { body: "b", fields: { standfirst: "S" } });

  expect(joined).toEqual({ body: "b", fields: { headline: "A", standfirst: "S" } });
});

test("words of a placement are joined word by word and absent ones cover nothing", () => {
  const joined = merge(
    { placements: [{ id: "p", caption: "C", alt: "A" }, { id: "q", alt: "Q" }] },
    { placements: [{ id: "p", credit_line: "TTXVN", alt: undefined } as unknown as PlacementWords, { id: "r", caption: "" }] },
  );

  expect(joined.placements).toEqual([
    { id: "p", caption: "C", alt: "A", credit_line: "TTXVN" },
    { id: "q", alt: "Q" },
    { id: "r", caption: "" },
  ]);
});

test("an emptied body is a change, an absent one is not", () => {
  expect(merge({ body: "long text" }, { body: "" }).body).toBe("");
  expect(merge({ body: "long text" }, {}).body).toBe("long text");
  expect("body" in edit("id", 1, { fields: {} }, shown)).toBe(false);
});

test("an edit carries all fields where one changed, and none where none did", () => {
  const sent = edit("id", 7, { body: { toString: () => "text" }, fields: { headline: "Mới" } }, shown);

  expect(sent).toEqual({ id: "id", edits: 7, body: "text", fields: { headline: "Mới", standfirst: "Sa-pô" }, placements: [] });
  expect(edit("id", 7, { body: "text" }, shown)).not.toHaveProperty("fields");
});
