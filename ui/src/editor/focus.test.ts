// @vitest-environment happy-dom
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { focusMode, sentenceAt } from "./focus";
import { markdown } from "./markdown";

const LINE = "Nước đã rút. “Thật không?” Ông hỏi: TP.HCM, 3.5 m! Hết";

test.each([
  [0, "Nước đã rút."], [5, "Nước đã rút."], [12, "Nước đã rút."], [13, "“Thật không?”"], [20, "“Thật không?”"],
  [30, "Ông hỏi: TP.HCM, 3.5 m!"], [44, "Ông hỏi: TP.HCM, 3.5 m!"], [LINE.length, "Hết"],
])("the sentence at %i", (at, sentence) => {
  const { from, to } = sentenceAt(LINE, at);
  expect(LINE.slice(from, to)).toBe(sentence);
});

test("after a full stop and a space the sentence is still the one before, until a letter comes", () => {
  expect(sentenceAt("Một. Hai. ", 10)).toEqual({ from: 5, to: 10 });
  expect(sentenceAt("", 0)).toEqual({ from: 0, to: 0 });
});

/** The lines, or the words, that are bright. */
function bright(state: EditorState): string[] {
  const found: string[] = [];
  for (const source of state.facet(EditorView.decorations)) {
    if (typeof source === "function") continue;
    source.between(0, state.doc.length, (from, to) => void found.push(from === to ? state.doc.lineAt(from).text : state.sliceDoc(from, to)));
  }
  return found;
}

test("the paragraph of the caret is bright, however one gets there", () => {
  let state = EditorState.create({ doc: "một\nhai\n\nba\n\nbốn", selection: { anchor: 1 }, extensions: focusMode("paragraph") });
  expect(bright(state)).toEqual(["một", "hai"]);

  state = state.update({ changes: { from: 1, insert: "x" } }).state;
  expect(bright(state)).toEqual(["mxột", "hai"]);
  state = state.update({ selection: { anchor: state.doc.line(4).from } }).state;
  expect(bright(state)).toEqual(["ba"]);
  state = state.update({ changes: { from: state.doc.line(3).from, insert: "y" } }).state;
  expect(bright(state)).toEqual(["mxột", "hai", "y", "ba"]);
  state = state.update({ changes: { from: state.doc.line(3).from, to: state.doc.line(3).to } }).state;
  expect(bright(state)).toEqual(["ba"]);
});

test("a letter in a long text makes nothing anew", () => {
  const doc = "Một câu dài. ".repeat(40).concat("\n\n").repeat(100);
  let state = EditorState.create({ doc, selection: { anchor: 20 }, extensions: focusMode("paragraph") });
  const decorations = () => state.facet(EditorView.decorations).find((one) => typeof one !== "function");
  const before = decorations();

  state = state.update({ changes: { from: 20, insert: "x" }, selection: { anchor: 21 } }).state;

  expect(before?.size).toBe(1);
  expect(decorations()?.size).toBe(1);
});

test("the sentence of the caret is bright, and grows while one types", () => {
  let state = EditorState.create({ doc: "Một. Hai. Ba.", selection: { anchor: 7 }, extensions: focusMode("sentence") });
  expect(bright(state)).toEqual(["Hai."]);
  state = state.update({ changes: { from: 7, insert: "zz" }, selection: { anchor: 9 } }).state;
  expect(bright(state)).toEqual(["Hazzi."]);
});

test("what is bold in the bright sentence is bright too, and its marks stay dim", () => {
  const state = EditorState.create({ doc: "Một. Hai **đậm** ba. Bốn.", selection: { anchor: 7 }, extensions: [markdown, focusMode("sentence")] });
  const view = new EditorView({ state, parent: document.body });

  const sentence = [...view.contentDOM.querySelectorAll(".cm-line > .in-focus")];

  expect(sentence.map((one) => one.textContent)).toEqual(["Hai **đậm** ba."]);
  expect(sentence[0]?.querySelectorAll("span").length).toBeGreaterThan(0);
  view.destroy();
});
