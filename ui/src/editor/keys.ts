/**
 * The keys of the text. Backspace and Tab keep their plain meaning: input methods send the one, people leave by the other, once
 * no place of a template comes after the caret (`places.ts`).
 */

import { historyKeymap, redo, standardKeymap, undo } from "@codemirror/commands";
import type { StateCommand } from "@codemirror/state";
import type { KeyBinding } from "@codemirror/view";
import { INSERTS, type InsertCommand } from "./insert";
import { continueMark, indentItem, outdentItem } from "./lists";
import { around, heading, link, nextHeading } from "./marks";
import { moveParagraph, selectParagraph } from "./paragraphs";

/** What can be done to the text, by name: by its key here, and from the menus and the palette (`views/actions.ts`). */
export const COMMANDS = {
  bold: { key: "Mod-b", run: around("**") },
  italic: { key: "Mod-i", run: around("*") },
  strike: { key: "Mod-Shift-x", run: around("~~") },
  link: { key: "Mod-Shift-k", run: link },
  next_heading: { key: "Mod-Shift-h", run: nextHeading },
  heading_0: { key: "Mod-Alt-0", run: heading(0) },
  heading_2: { key: "Mod-Alt-2", run: heading(2) },
  heading_3: { key: "Mod-Alt-3", run: heading(3) },
  heading_4: { key: "Mod-Alt-4", run: heading(4) },
  indent: { key: "Mod-]", run: indentItem },
  outdent: { key: "Mod-[", run: outdentItem },
  paragraph_up: { key: "Alt-ArrowUp", run: moveParagraph(true) },
  paragraph_down: { key: "Alt-ArrowDown", run: moveParagraph(false) },
  select_paragraph: { key: "Mod-l", run: selectParagraph },
} as const satisfies Record<string, { key: string; run: StateCommand }>;
export type TextCommand = keyof typeof COMMANDS;

/** Undo and redo have the keys that each system is used to. */
export const HISTORY = { undo, redo } as const;

/** Everything the text does by name. */
export type EditorCommand = TextCommand | InsertCommand | keyof typeof HISTORY;

export function runOf(command: EditorCommand): StateCommand {
  if (command in COMMANDS) return COMMANDS[command as TextCommand].run;
  return { ...HISTORY, ...INSERTS }[command as InsertCommand | keyof typeof HISTORY];
}

export const keys: readonly KeyBinding[] = [
  { key: "Enter", run: continueMark },
  ...Object.values(COMMANDS).map((command) => ({ ...command, preventDefault: true })),
  ...historyKeymap,
  ...standardKeymap,
];
