// @vitest-environment happy-dom
import { EditorState, type Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import json from "../../../tests/fixtures/places.json?raw";
import { nextPlace, places, placesIn } from "./places";

const table = JSON.parse(json) as [string, string[]][];

test.each(table)("the places of %j are those the desk finds", (text, wanted) => {
  expect(placesIn(text).map(({ from, to }) => text.slice(from, to))).toEqual(wanted);
});

function walked(doc: string, anchor: number, head = anchor): string | null {
  let made: Transaction | null = null;
  const state = EditorState.create({ doc, selection: { anchor, head } });
  if (!nextPlace({ state, dispatch: (transaction) => (made = transaction) })) return null;
  const after = (made as unknown as Transaction).state;
  return after.sliceDoc(after.selection.main.from, after.selection.main.to);
}

test("the next place is selected, from place to place, and after the last the key is not taken", () => {
  const doc = "{{ai}} ở {{đâu}}\n\nkhông\n\n{{khi nào}} nữa";
  expect(walked(doc, 0)).toBe("{{ai}}");
  expect(walked(doc, 0, 6)).toBe("{{đâu}}");
  expect(walked(doc, 9, 16)).toBe("{{khi nào}}");
  expect(walked(doc, doc.indexOf("{{khi"), doc.indexOf(" nữa"))).toBeNull();
  expect(walked("chẳng có gì", 0)).toBeNull();
});

test("places are marked, and no longer once they are filled", () => {
  const view = new EditorView({ doc: "Ông {{ai}} nói", extensions: [places], parent: document.body });
  const seen = () => [...view.dom.querySelectorAll(".place")].map((one) => one.textContent);
  expect(seen()).toEqual(["{{ai}}"]);

  view.dispatch({ changes: { from: 4, to: 10, insert: "Tư" } });
  expect(seen()).toEqual([]);
  view.destroy();
});
