/** The line one writes stays at one height. The mouse and the wheel go where they will; the next key brings the line back. */

import { EditorState, Transaction, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** From the top of what is seen of the text; a little above the middle is where one looks. */
const HEIGHT = 0.45;

const BY_KEY = ["input", "delete", "move", "undo", "redo"];

/** `room` is the height in CSS pixels of what scrolls, known without asking the page: it is asked at every key. */
export function typewriter(room: () => number): Extension {
  return [
    // Part of the change itself, so that the web view scrolls once, with the letter.
    EditorState.transactionExtender.of((made) => {
      if (!followsCaret(made)) return null;
      const at = made.newSelection.main.head;
      return { effects: EditorView.scrollIntoView(at, { y: "start", yMargin: Math.round(room() * HEIGHT) }) };
    }),
    EditorView.editorAttributes.of({ class: "typewriter" }),
  ];
}

/** Says whether a change is of the keys, so that its line is to be brought to its height. */
export function followsCaret(made: Transaction): boolean {
  if (made.annotation(Transaction.remote) === true) return false;
  if (made.docChanged) return BY_KEY.some((event) => made.isUserEvent(event));
  return made.selection !== undefined && made.isUserEvent("select") && !made.isUserEvent("select.pointer");
}
