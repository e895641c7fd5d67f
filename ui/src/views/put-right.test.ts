import { expect, test } from "vitest";
import { t } from "$ui/words";
import { putRight } from "./put-right";

test("it is said which article came from where, and where the damaged files are", () => {
  const [text, detail] = putRight({ kept_in: "damaged-1", read_there: ["Flood", ""], as_in_backup: ["a", "b", "c", "d", "e", "f", "g"] });

  expect(text).toContain("damaged-1");
  expect(detail).toContain(`Flood; ${t("row.untitled")}`);
  expect(detail).toContain("a; b; c; d; e (+2)");
});

test("of a place that no article came from nothing is said", () => {
  expect(putRight({ kept_in: "x", read_there: [], as_in_backup: [] })[1]).toBe("");
});
