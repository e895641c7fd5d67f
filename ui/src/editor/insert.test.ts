import { history, undo } from "@codemirror/commands";
import { EditorSelection, EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { INSERTS, type InsertCommand } from "./insert";

/** A text with its caret at `‸`, or its selection between two of them. */
function written(text: string): EditorState {
  const [first, second] = [text.indexOf("‸"), text.lastIndexOf("‸")];
  const selection = EditorSelection.single(first, second === first ? first : second - 1);
  return EditorState.create({ doc: text.replaceAll("‸", ""), selection, extensions: history() });
}

function shown(state: EditorState): string {
  const { from, to, empty } = state.selection.main;
  const doc = state.doc.toString();
  return empty ? `${doc.slice(0, from)}‸${doc.slice(from)}` : `${doc.slice(0, from)}‸${doc.slice(from, to)}‸${doc.slice(to)}`;
}

const PHOTO = "![](photo:0199aa00-0000-7000-8000-000000000001)";
const OTHER = "![](photo:0199aa00-0000-7000-8000-000000000002)";

const table: [InsertCommand, string, string][] = [
  ["quotation", "‸", "> ‸\n> — "],
  ["quotation", "M‸ột.\n\nHai.", "Một.\n\n> ‸\n> — \n\nHai."],
  ["quotation", "Một\n‸nữa.\nHai.", "Một\nnữa.\nHai.\n\n> ‸\n> — "],
  ["quotation", "Một.\n\n‸\n\nHai.", "Một.\n\n> ‸\n> — \n\nHai."],
  ["quotation", "Một.\n‸Nói\n\nthêm‸.\nHai.", "Một.\n\n> Nói\n>\n> thêm.\n> — ‸\n\nHai."],
  ["quotation", "‸Nói.\n‸Hai.", "> Nói.\n> — ‸\n\nHai."],
  ["pull_quote", "Nước lên ‸nhanh lắm‸ từ sáng.\n\nHai.", "Nước lên nhanh lắm từ sáng.\n\n> [!pull]\n> nhanh lắm‸\n\nHai."],
  ["pull_quote", "Một.‸", "Một.\n\n> [!pull]\n> ‸"],
  ["box", "Một.\n‸", "Một.\n\n> [!box] ‸\n> "],
  ["box", "‸- một\n- hai‸\n", "> [!box] ‸\n> - một\n> - hai\n"],
  ["gallery", `Một.\n\n${PHOTO}‸\n\n${OTHER}\n\nHai.`, `Một.\n\n> [!gallery] ‸\n> ${PHOTO}\n>\n> ${OTHER}\n\nHai.`],
  ["gallery", "Một.‸\n\nHai.", "Một.\n\n> [!gallery] ‸\n> \n\nHai."],
  ["table", "Một.‸", "Một.\n\n| ‸ |  |\n| --- | --- |\n|  |  |"],
  ["footnote", "Một‸ hai.", "Một[^1] hai.\n\n[^1]: ‸"],
  ["footnote", "Một[^1] hai‸.\n\n[^1]: Nguồn.\n", "Một[^1] hai[^2].\n\n[^1]: Nguồn.\n[^2]: ‸"],
  ["footnote", "Một[^7] hai.\n\n[^7]: Nguồn‸", "Một[^7] hai.\n\n[^7]: Nguồn[^8]\n[^8]: ‸"],
  ["embed", "Một.‸", "Một.\n\n‸https://‸"],
  ["embed", "Xem ‸https://youtu.be/x‸ nhé", "Xem \n\nhttps://youtu.be/x‸\n\n nhé"],
];

test.each(table)("%s in %j", (command, before, after) => {
  let state = written(before);
  const dispatch = (made: { state: EditorState }) => (state = made.state);

  INSERTS[command]({ state, dispatch });
  expect(shown(state)).toBe(after);

  undo({ state, dispatch });
  expect(state.doc.toString()).toBe(before.replaceAll("‸", ""));
});
