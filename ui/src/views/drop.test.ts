import { expect, test } from "vitest";
import type { PlacementShown } from "$ui/backend/gen/PlacementShown";
import { isPage, nextSlot } from "./drop";

const placement = (id: string, picture: unknown) => ({ id, picture }) as PlacementShown;

test("a page is known by its name, whatever else is a picture or is refused by its bytes", () => {
  expect(["bai.html", "BAI.HTM", "seed.txt", "x.mhtml", "bài.toasoan"].every(isPage)).toBe(true);
  expect(["anh.jpg", "anh.webp", "txt", "html.png"].some(isPage)).toBe(false);
});

test("a picture dropped beside everything fills the first place that waits for one", () => {
  expect(nextSlot([placement("a", {}), placement("b", null), placement("c", null)])).toEqual({ to: "placement", id: "b" });
  expect(nextSlot([placement("a", {})])).toEqual({ to: "in_text", after_line: 0 });
});
