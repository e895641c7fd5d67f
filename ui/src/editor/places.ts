/** Places of a template that wait for words, `{{who}}`. `domain::template` finds the same; a table in the tests holds both to it. */

import type { Extension, StateCommand } from "@codemirror/state";
import { Decoration, EditorView, keymap, MatchDecorator, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";

export interface Place {
  from: number;
  to: number;
}

const pattern = () => /(?<!\\)\{\{(?!\s*\}\})[^{}\n]{1,80}\}\}/g;

/** Returns where the places of a text stand, braces and all. */
export function placesIn(text: string): Place[] {
  return Array.from(text.matchAll(pattern()), ({ 0: found, index }) => ({ from: index, to: index + found.length }));
}

/** Selects the next place after the caret; where there is none, the key keeps its own meaning. */
export const nextPlace: StateCommand = ({ state, dispatch }) => {
  const { main } = state.selection;
  for (let line = state.doc.lineAt(main.from); ; line = state.doc.line(line.number + 1)) {
    const found = placesIn(line.text).find(({ from }) => line.from + from > main.from || (main.empty && line.from + from === main.from));
    if (found !== undefined) {
      const selection = { anchor: line.from + found.from, head: line.from + found.to };
      dispatch(state.update({ selection, scrollIntoView: true, userEvent: "select" }));
      return true;
    }
    if (line.number === state.doc.lines) return false;
  }
};

const marks = new MatchDecorator({ regexp: pattern(), decoration: Decoration.mark({ class: "place" }) });

/** Marked in what is in view; a key costs a look at the lines it touched. */
const marked = ViewPlugin.define<{ marks: DecorationSet; update(update: ViewUpdate): void }>(
  (view) => ({
    marks: marks.createDeco(view),
    update(update) {
      this.marks = marks.updateDeco(update, this.marks);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

const look = EditorView.theme({
  ".place": { borderRadius: "3px", backgroundColor: "var(--tint-waiting)", boxShadow: "0 0 0 1px var(--waiting)" },
});

/** The extension: places are seen, and Tab walks through them before it leaves the text. */
export const places: Extension = [marked, look, keymap.of([{ key: "Tab", run: nextPlace }])];
