import { redo, undo, undoDepth } from "@codemirror/commands";
import { EditorState, Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { bodyHash, undoable, undoOf, undoRestored } from "./undo";

const text = (words: string) => Text.of(words.split("\n"));

function typed(state: EditorState, ...words: string[]): EditorState {
  for (const insert of words) {
    state = state.update({ changes: { from: state.doc.length, insert }, userEvent: "input", annotations: [] }).state;
    state = state.update({ selection: { anchor: state.doc.length }, userEvent: "select" }).state;
  }
  return state;
}

const opened = (doc: string, kept: ReturnType<typeof undoOf> | null = null) =>
  EditorState.create({ doc, extensions: [undoRestored(kept, text(doc)), undoable] });

function after(command: typeof undo, state: EditorState): EditorState {
  command({ state, dispatch: (made) => (state = made.state) });
  return state;
}

test("what was typed before the restart is undone after it, and done again", () => {
  const before = typed(opened("Tin"), " nóng", "\n\nNước lũ", " đã rút");

  let next = opened(before.doc.toString(), JSON.parse(JSON.stringify(undoOf(before))) as ReturnType<typeof undoOf>);

  next = after(undo, after(undo, next));
  expect(next.doc.toString()).toBe("Tin nóng");
  next = after(redo, next);
  expect(next.doc.toString()).toBe("Tin nóng\n\nNước lũ");
  expect(after(undo, after(undo, next)).doc.toString()).toBe("Tin");
});

test("a history of another body is dropped without a word", () => {
  const kept = undoOf(typed(opened("Tin"), " nóng"));

  for (const other of ["Tin nống", "Tin nóng hơn", ""]) expect(undoDepth(opened(other, kept)), other).toBe(0);
  expect(undoDepth(opened("Tin nóng", kept))).toBe(1);
});

test.each([
  "{", "[]", "null", '{"done":[{}],"undone":[]}',
  '{"done":[{"changes":[[9,"x"]],"startSelection":{"ranges":[{"anchor":0,"head":0}],"main":0},"selectionsAfter":[]}],"undone":[]}',
])("a history that cannot be read opens the article all the same: %s", (history) => {
  const doc = text("Tin");
  const state = opened("Tin", { body_length: 3, body_hash: bodyHash(doc), history });
  expect(state.doc.toString()).toBe("Tin");
});

test("the newest of a long history is what is kept", () => {
  let state = opened("");
  for (let at = 0; at < 60; at += 1) state = typed(state, `câu ${at} `.repeat(20));

  const kept = undoOf(state, 6000);
  const next = opened(state.doc.toString(), kept);

  expect(kept.history.length).toBeLessThan(6500);
  expect(undoDepth(next)).toBeGreaterThan(5);
  expect(undoDepth(next)).toBeLessThan(60);
  expect(after(undo, next).doc.toString()).toBe(after(undo, state).doc.toString());
});

test("where nothing was typed nothing is kept", () => {
  expect(undoOf(opened("Tin")).history).toBe("");
});

test("one letter makes another body", () => {
  expect(bodyHash(text("Ấm"))).not.toBe(bodyHash(text("Ẩm")));
  expect(bodyHash(text("a\nb"))).not.toBe(bodyHash(text("ab\n")));
});
