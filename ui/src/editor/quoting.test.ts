import { history, undo } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { markdown } from "./markdown";
import { allSetRight, rightChanges, setAt } from "./quoting";

function opened(doc: string): EditorState {
  return EditorState.create({ doc, selection: { anchor: doc.length }, extensions: [history(), markdown] });
}

function struck(state: EditorState, key: string, language: string): EditorState {
  const at = state.selection.main.head;
  state = state.update({ changes: { from: at, insert: key }, selection: { anchor: at + key.length }, userEvent: "input.type" }).state;
  const change = setAt(state, language, key);
  return change === null ? state : state.update(change).state;
}

function undone(state: EditorState): EditorState {
  undo({ state, dispatch: (made) => (state = made.state) });
  return state;
}

test.each([
  ["vi", "Ông nói ", '"', "Ông nói “"],
  ["fr", "Quoi", "?", "Quoi\u202f?"],
  ["en", "Wait..", ".", "Wait…"],
])("one undo gives back what was typed (%s)", (language, before, key, after) => {
  const state = struck(opened(before), key, language);

  expect(state.doc.toString()).toBe(after);
  expect(state.selection.main.head).toBe(after.length);
  expect(undone(state).doc.toString()).toBe(before + key);
});

test("nothing is set in code, over several lines or not", () => {
  for (const before of ["```\nlet a = ", "```\n\nlet a = ", "    mã ", "một `mã "]) {
    expect(struck(opened(before), '"', "vi").doc.toString(), before).toBe(`${before}"`);
  }
});

test("a text is set right in one step, and code, links and addresses in it are left alone", () => {
  const text = 'Ông "A" , nói\n\n```\n"mã" , x\n```\n\n[tin "nóng"](https://a.vn/?q="x" "tựa"), `"b"` và https://a.vn/"c"\n\n[^1]: "chú"\n\n    "mã"\n';
  const state = opened(text);
  const change = allSetRight(state, "vi");
  const next = change === null ? state : state.update(change).state;

  expect(next.doc.toString()).toBe('Ông “A”, nói\n\n```\n"mã" , x\n```\n\n[tin “nóng”](https://a.vn/?q="x" "tựa"), `"b"` và https://a.vn/"c"\n\n[^1]: “chú”\n\n    "mã"\n');
  expect(undone(next).doc.toString()).toBe(text);
  expect(allSetRight(next, "vi")).toBeNull();
});

test("a long text is set right in one pass", () => {
  const text = 'Ông nói: "Nước đã rút." '.repeat(1000);
  expect(rightChanges(text, "vi")).toHaveLength(2000);
});
