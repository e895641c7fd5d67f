import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { finder } from "./find";
import { allReplaced } from "./searching";

test("all places of a text are replaced at once, each where it stands", () => {
  const doc = Text.of(["Đường đi", "", "con duong", "đường"]);
  const look = finder({ words: "đường", accents: false, capitals: false, whole: true });

  const changes = look === null ? [] : allReplaced(doc, look, "phố");

  expect(changes.map(({ from, to }) => doc.sliceString(from, to))).toEqual(["Đường", "duong", "đường"]);
});
