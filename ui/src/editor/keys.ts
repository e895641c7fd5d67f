/** The keys of the text. Backspace and Tab keep their plain meaning: input methods send the one, people leave by the other. */

import { historyKeymap, standardKeymap } from "@codemirror/commands";
import { EditorSelection, type ChangeSpec, type StateCommand } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";

const ITEM = /^(\s*(?:>\s?)*)(?:([-*+])|(\d{1,9})([.)]))(\s+)|^(\s*(?:>\s?)+)/;

/** Returns the mark the next line begins with, or `null` where the line is neither of a list nor of a quotation. */
export function nextMark(line: string): { mark: string; length: number } | null {
  const found = ITEM.exec(line);
  if (found === null) return null;
  const [whole, quote = "", bullet, number, dot = "", space = " ", quoteOnly] = found;
  if (quoteOnly !== undefined) return { mark: quoteOnly, length: whole.length };
  const item = bullet ?? `${Number(number) + 1}${dot}`;
  return { mark: `${quote}${item}${space}`, length: whole.length };
}

/** Enter in a list or a quotation goes on with it; on an empty item it ends it. */
export const continueMark: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  if (!main.empty || state.selection.ranges.length > 1) return false;
  const line = state.doc.lineAt(main.head);
  const next = nextMark(line.text);
  if (next === null || main.head < line.from + next.length) return false;
  const empty = line.text.trim().length === line.text.slice(0, next.length).trim().length;
  const changes: ChangeSpec = empty
    ? { from: line.from, to: line.to }
    : { from: main.head, insert: `${state.lineBreak}${next.mark}` };
  const head = empty ? line.from : main.head + state.lineBreak.length + next.mark.length;
  dispatch(state.update({ changes, selection: { anchor: head }, userEvent: "input", scrollIntoView: true }));
  return true;
};

/** Returns the command that puts `mark` around the selection, or takes it away where it is. */
export function around(mark: string): StateCommand {
  return ({ state, dispatch }) => {
    const size = mark.length;
    const made = state.changeByRange(({ from, to }) => {
      const inside = state.sliceDoc(from - size, from) === mark && state.sliceDoc(to, to + size) === mark;
      const changes = inside
        ? [{ from: from - size, to: from }, { from: to, to: to + size }]
        : [{ from, insert: mark }, { from: to, insert: mark }];
      const shift = inside ? -size : size;
      return { changes, range: EditorSelection.range(from + shift, to + shift) };
    });
    dispatch(state.update(made, { userEvent: "input", scrollIntoView: true }));
    return true;
  };
}

export const keys: readonly KeyBinding[] = [
  { key: "Enter", run: continueMark },
  { key: "Mod-b", run: around("**"), preventDefault: true },
  { key: "Mod-i", run: around("*"), preventDefault: true },
  ...historyKeymap,
  ...standardKeymap,
];
