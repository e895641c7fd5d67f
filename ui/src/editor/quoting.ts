/** Sets quotes and spaces while one types. Only at a key that was struck as such: what an input method sends stays as it is. */

import { isolateHistory } from "@codemirror/commands";
import { syntaxTree } from "@codemirror/language";
import type { EditorState, Extension, TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { parsed } from "./markdown";
import { KEYS, set, setRight, type Change } from "./typography";

const RAW = new Set(["InlineCode", "FencedCode", "CodeBlock", "URL", "Autolink", "HTMLTag", "HTMLBlock", "Comment", "CommentBlock", "LinkTitle", "LinkReference", "LinkLabel", "Escape", "Entity", "TableDelimiter", "HorizontalRule", "Footnote"]);

/** Keys that come from an input method (229), or from a tool that sends letters in place of keys (231, 0), are not struck. */
const SENT = new Set([229, 231, 0]);

/** `language` (BCP 47; empty switches it off) is asked at the keys that may be set, and at no other. */
export function quoting(language: () => string): Extension {
  let struck = "";
  return [
    EditorView.domEventHandlers({
      keydown(event) {
        // WebKit names an input method's keys so and in no other way.
        struck = event.isComposing || SENT.has(event.keyCode) ? "" : event.key;
        return false;
      },
      compositionstart() {
        struck = "";
        return false;
      },
    }),
    EditorView.inputHandler.of((view, _from, _to, text, insert) => {
      if (text !== struck || !KEYS.has(text) || view.composing || view.compositionStarted) return false;
      struck = "";
      const tongue = language();
      if (tongue === "" || view.state.selection.ranges.length > 1) return false;
      view.dispatch(insert()); // as typed first, so that one undo gives it back
      const change = setAt(view.state, tongue, text);
      if (change !== null) view.dispatch(change);
      return true;
    }),
  ];
}

/** Returns what the key before the caret becomes. */
export function setAt(state: EditorState, language: string, key: string): TransactionSpec | null {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const made = set(language, state.sliceDoc(line.from, head - key.length), key);
  if (made === null || isCode(state, head)) return null;
  const from = head - key.length - made.cut;
  return {
    changes: { from, to: head, insert: made.insert },
    selection: { anchor: from + made.insert.length },
    annotations: isolateHistory.of("full"),
    userEvent: "input.quotes",
    scrollIntoView: true,
  };
}

function isCode(state: EditorState, at: number): boolean {
  for (let node: ReturnType<ReturnType<typeof syntaxTree>["resolveInner"]> | null = syntaxTree(state).resolveInner(at, -1); node !== null; node = node.parent) {
    if (RAW.has(node.name)) return true;
  }
  return false;
}

/** Returns what sets all quotes and spaces of the text right, as one step; `null` where they are. */
export function allSetRight(state: EditorState, language: string): TransactionSpec | null {
  const text = state.doc.toString();
  const changes = rightChanges(text, language);
  if (changes.length === 0) return null;
  return { changes, annotations: isolateHistory.of("full"), userEvent: "input.quotes" };
}

/** Returns the changes that set a Markdown text right. */
export function rightChanges(text: string, language: string): Change[] {
  const kept = new Uint8Array(text.length);
  parsed(text).iterate({
    enter(node) {
      if (!RAW.has(node.name)) return true;
      kept.fill(1, node.from, node.to);
      return false;
    },
  });
  return setRight(language, text, (at) => kept[at] === 1);
}
