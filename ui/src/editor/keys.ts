/** The keys of the text. Backspace and Tab keep their plain meaning: input methods send the one, people leave by the other. */

import { historyKeymap, standardKeymap } from "@codemirror/commands";
import type { KeyBinding } from "@codemirror/view";
import { continueMark, indentItem, outdentItem } from "./lists";
import { around, heading, link, nextHeading } from "./marks";
import { moveParagraph, selectParagraph } from "./paragraphs";

export const keys: readonly KeyBinding[] = [
  { key: "Enter", run: continueMark },
  { key: "Mod-b", run: around("**"), preventDefault: true },
  { key: "Mod-i", run: around("*"), preventDefault: true },
  { key: "Mod-Shift-x", run: around("~~"), preventDefault: true },
  { key: "Mod-Shift-k", run: link, preventDefault: true },
  { key: "Mod-Shift-h", run: nextHeading, preventDefault: true },
  { key: "Mod-Alt-0", run: heading(0), preventDefault: true },
  { key: "Mod-Alt-2", run: heading(2), preventDefault: true },
  { key: "Mod-Alt-3", run: heading(3), preventDefault: true },
  { key: "Mod-Alt-4", run: heading(4), preventDefault: true },
  { key: "Mod-]", run: indentItem, preventDefault: true },
  { key: "Mod-[", run: outdentItem, preventDefault: true },
  { key: "Alt-ArrowUp", run: moveParagraph(true), preventDefault: true },
  { key: "Alt-ArrowDown", run: moveParagraph(false), preventDefault: true },
  { key: "Mod-l", run: selectParagraph, preventDefault: true },
  ...historyKeymap,
  ...standardKeymap,
];
