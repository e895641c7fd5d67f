import { history, undo } from "@codemirror/commands";
import { EditorSelection, EditorState, type StateCommand } from "@codemirror/state";
import { expect, test } from "vitest";
import { continueMark, indentItem, outdentItem, renumbered } from "./lists";
import { around, heading, link, linkPasted, nextHeading } from "./marks";
import { moveParagraph, selectParagraph } from "./paragraphs";

/** A text with its caret at `|`, or its selection between two of them. */
function written(text: string): EditorState {
  const [first, second] = [text.indexOf("|"), text.lastIndexOf("|")];
  const doc = text.replaceAll("|", "");
  const selection = EditorSelection.single(first, second === first ? first : second - 1);
  return EditorState.create({ doc, selection, extensions: history() });
}

function shown(state: EditorState): string {
  const { from, to, empty } = state.selection.main;
  const doc = state.doc.toString();
  return empty ? `${doc.slice(0, from)}|${doc.slice(from)}` : `${doc.slice(0, from)}|${doc.slice(from, to)}|${doc.slice(to)}`;
}

function run(command: StateCommand, text: string): string {
  let state = written(text);
  command({ state, dispatch: (made) => (state = made.state) });
  return shown(state);
}

const undone = (command: StateCommand, text: string) => {
  let state = written(text);
  const dispatch = (made: { state: EditorState }) => (state = made.state);
  command({ state, dispatch });
  undo({ state, dispatch });
  return state.doc.toString();
};

test.each([
  ["- một|", "- một\n- |"],
  ["* một|", "* một\n* |"],
  ["1. một|", "1. một\n2. |"],
  ["1) một|\n2) hai", "1) một\n2) |\n3) hai"],
  ["- một| hai", "- một\n- |hai"],
  ["> lời|", "> lời\n> |"],
  ["> 1. lời|", "> 1. lời\n> 2. |"],
  ["1. a|\n1. b", "1. a\n1. |\n1. b"],
  ["9. a|\n10. b\n    - c", "9. a\n10. |\n11. b\n    - c"],
  ["8. a|\n9. b\n   - c\n   d", "8. a\n9. |\n10. b\n    - c\n    d"],
  ["  - a|", "  - a\n  - |"],
  ["1. a|\n   1. x\n   2. y\n2. b", "1. a\n2. |\n   1. x\n   2. y\n3. b"],
])("enter goes on with a list or a quotation: %j", (before, after) => {
  expect(run(continueMark, before)).toBe(after);
});

test.each([
  ["- một\n- |", "- một\n\n|"],
  ["- một\n\n- |", "- một\n\n|"],
  ["1. một\n2. |\n3. ba", "1. một\n\n|\n2. ba"],
  ["> lời\n> |", "> lời\n\n|"],
  ["> - lời\n> - |", "> - lời\n>\n> |"],
  ["- một\n  - |", "- một\n- |"],
  ["1. một\n   - hai\n   - |\n2. ba", "1. một\n   - hai\n2. |\n3. ba"],
])("enter on an empty item goes out of it: %j", (before, after) => {
  expect(run(continueMark, before)).toBe(after);
});

test("enter elsewhere, and before the mark of a list, is left to the editor", () => {
  for (const text of ["một|", "|- một", "-|", "**đậm**|", "- - -|", "* * *|"]) {
    const state = written(text);
    expect(continueMark({ state, dispatch: () => expect.unreachable() }), text).toBe(false);
  }
});

test("the numbers of a list follow, and what belongs to an item moves along with them", () => {
  expect(renumbered(["3. a", "7. b", "", "9. c", "text", "", "text", "9. d"])).toEqual(["3. a", "4. b", "", "5. c", "text", "", "text", "9. d"]);
  expect(renumbered(["9. a", "9. b", "9. c"])).toEqual(["9. a", "9. b", "9. c"]);
  expect(renumbered(["- a", "  1. b", "  5. c", "- d", "  4. e"])).toEqual(["- a", "  1. b", "  2. c", "- d", "  4. e"]);
  expect(renumbered(["9. a", "11. b", "    c"])).toEqual(["9. a", "10. b", "    c"]);
});

test.each([
  ["- a\n- b|", "- a\n  - b|", "- a\n- b|"],
  ["1. a\n2. b|\n3. c", "1. a\n   1. b|\n2. c", "1. a\n2. b|\n3. c"],
  ["1. a\n   1. x\n2. b|", "1. a\n   1. x\n   2. b|", "1. a\n   1. x\n2. b|"],
  ["> - a\n> - b|", "> - a\n>   - b|", "> - a\n> - b|"],
  ["- a\n- b|\n  - c\n\n  d", "- a\n  - b|\n    - c\n\n    d", "- a\n- b|\n  - c\n\n  d"],
])("an item goes under the one before it and out again: %j", (before, inside, out) => {
  expect(run(indentItem, before)).toBe(inside);
  expect(run(outdentItem, inside)).toBe(out);
  expect(undone(indentItem, before)).toBe(before.replace("|", ""));
});

test("the first item goes under nothing, and a paragraph is not indented into code", () => {
  expect(run(indentItem, "- a|\n- b")).toBe("- a|\n- b");
  expect(run(outdentItem, "- a|")).toBe("- a|");
  expect(indentItem({ state: written("text|"), dispatch: () => expect.unreachable() })).toBe(false);
});

test.each([
  ["**", "một |hai| ba", "một **|hai|** ba"],
  ["**", "một **|hai|** ba", "một |hai| ba"],
  ["**", "một |**hai**| ba", "một |hai| ba"],
  ["**", "đư|ờng", "**đư|ờng**"],
  ["**", "**đư|ờng**", "đư|ờng"],
  ["**", "đường|", "**đường|**"],
  ["**", "một | ba", "một **|** ba"],
  ["**", "một **|** ba", "một | ba"],
  ["*", "**|hai|**", "***|hai|***"],
  ["*", "***|hai|***", "**|hai|**"],
  ["**", "*|hai|*", "***|hai|***"],
  ["*", "_|hai|_", "|hai|"],
  ["**", "|hai |", "**|hai|** "],
  ["**", "|- một\n- hai|", "- **|một**\n- **hai|**"],
  ["**", "- **|một**\n- **hai|**", "- |một\n- hai|"],
  ["~~", "|cũ|", "~~|cũ|~~"],
])("%s marks words and lets them go: %j", (mark, before, after) => {
  expect(run(around(mark), before)).toBe(after);
});

test("a word is one with all its accents, composed or not", () => {
  expect(run(around("**"), "đu\u031bo\u031b\u0300|ng xa")).toBe("**đu\u031bo\u031b\u0300|ng** xa");
});

test.each([
  ["|lũ|", "[lũ](|)"],
  ["nước l|ũ rút", "nước [lũ](|) rút"],
  ["| ", "[|]() "],
  ["|https://vietnam.vn|", "[|](https://vietnam.vn)"],
])("a link of words: %j", (before, after) => {
  expect(run(link, before)).toBe(after);
});

test("an address pasted on words links them, anything else is pasted as ever", () => {
  const state = written("xem |tin này| nhé");
  expect(run(linkPasted(state, " https://vietnam.vn/tin \n") as StateCommand, "xem |tin này| nhé")).toBe("xem [tin này](https://vietnam.vn/tin)| nhé");
  expect(run(linkPasted(state, "https://vi.wikipedia.org/wiki/Lũ_(nước)") as StateCommand, "xem |tin này| nhé")).toContain("(<https://vi.wikipedia.org/wiki/Lũ_(nước)>)");
  for (const pasted of ["hai từ", "javascript:alert(1)", "https://a.vn https://b.vn", "/etc/passwd", ""]) expect(linkPasted(state, pasted), pasted).toBeNull();
  expect(linkPasted(written("xem| nhé"), "https://vietnam.vn")).toBeNull();
  expect(linkPasted(written("|https://a.vn|"), "https://vietnam.vn")).toBeNull();
  expect(linkPasted(written("|một\nhai|"), "https://vietnam.vn")).toBeNull();
});

test("headings are made, changed and taken away", () => {
  expect(run(heading(2), "Tin| tức")).toBe("## Tin| tức");
  expect(run(heading(3), "## Tin| tức")).toBe("### Tin| tức");
  expect(run(heading(2), "## Tin| tức")).toBe("Tin| tức");
  expect(run(heading(2), "> Tin|")).toBe("> ## Tin|");
  expect(["Tin|", "## Tin|", "### Tin|", "#### Tin|"].map((text) => run(nextHeading, text))).toEqual(["## Tin|", "### Tin|", "#### Tin|", "Tin|"]);
});

test.each([
  ["một|\n\nhai\ncũng hai\n\nba", "hai\ncũng hai\n\nmột|\n\nba"],
  ["- a|\n- b", "- b\n- a|"],
  ["1. a|\n2. b\n3. c", "1. b\n2. a|\n3. c"],
  ["9. a|\n10. b", "9. b\n10. a|"],
  ["- a|\n  - x\n- b\n  - y", "- b\n  - y\n- a|\n  - x"],
  ["```\nmột|\n\nhai\n```\n\nba", "ba\n\n```\nmột|\n\nhai\n```"],
  ["một\n\nb|a", "một\n\nb|a"],
  ["một|\n\n\nhai\n", "hai\n\n\nmột|\n"],
])("a paragraph moves down, and up again: %j", (before, after) => {
  expect(run(moveParagraph(false), before)).toBe(after);
  if (before !== after) expect(run(moveParagraph(true), after)).toBe(before);
  expect(undone(moveParagraph(false), before)).toBe(before.replace("|", ""));
});

test("a paragraph is selected, and then the next one too", () => {
  expect(run(selectParagraph, "một\nh|ai\n\nba")).toBe("|một\nhai|\n\nba");
  expect(run(selectParagraph, "|một\nhai|\n\nba")).toBe("|một\nhai\n\nba|");
});
