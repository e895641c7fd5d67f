import { expect, test } from "vitest";
import table from "../../../tests/fixtures/embeds.tsv?raw";
import { bareAddress, embedOf } from "./embeds";

const rows = table.split("\n").slice(1, -1).map((row) => row.split("\t"));

test.each(rows.map(([address = "", kind = "", site = ""]) => ({ address, kind, site })))("$address is what the page makes of it", ({ address, kind, site }) => {
  expect(embedOf(address) ?? { kind: "", site: "" }).toEqual({ kind, site });
});

test("an address is bare where its line holds nothing else", () => {
  expect(bareAddress("  https://youtu.be/x ")).toBe("https://youtu.be/x");
  expect(bareAddress("<https://youtu.be/x>")).toBe("https://youtu.be/x");
  expect(["Xem https://youtu.be/x", "[a](https://youtu.be/x)", "youtu.be/x", ""].map(bareAddress)).toEqual([null, null, null, null]);
});
