import { beforeEach, expect, test } from "vitest";
import type { Finding } from "$ui/backend/gen/Finding";
import type { Picture } from "$ui/backend/gen/Picture";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import { spoken } from "$ui/words/spoken.svelte";
import { nameOf, signOf } from "./placements";

beforeEach(() => {
  spoken.language = "en";
});

const placement = (id: string, said: Partial<PlacementShown> = {}): PlacementShown => ({
  id, position: "in_text", caption: "C", credit_line: "TTXVN", alt: "A", seen_as: "", picture: {} as Picture, ...said,
});

test("the lead is the lead, the others are counted without it", () => {
  const all = [placement("a", { position: "lead" }), placement("b"), placement("c", { position: "gallery" })];

  expect(["a", "b", "c"].map((id) => nameOf(id, all))).toEqual(["Lead picture", "Picture 1", "Picture 2"]);
});

test("a picture's sign is the first thing it needs", () => {
  const finding: Finding = { check: "credit_in_caption", blocks: true, place: "caption", placement: "p" };

  expect(signOf(placement("p", { picture: null, caption: "" }), [])).toBe("wanted");
  expect(signOf(placement("p", { caption: " ", credit_line: "" }), [])).toBe("caption");
  expect(signOf(placement("p", { credit_line: "" }), [])).toBe("credit");
  expect(signOf(placement("p", { alt: "" }), [])).toBe("alt");
  expect(signOf(placement("p"), [finding])).toBe("check");
  expect(signOf(placement("q"), [finding])).toBe("ready");
});
