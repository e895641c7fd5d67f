// CodeMirror and nothing else, set as the desk sets its text.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

const theme = EditorView.theme({
  "&": { fontSize: "18px", height: "100vh" },
  ".cm-scroller": { fontFamily: "serif", lineHeight: "1.6667", overflowX: "hidden" },
  ".cm-content": { maxWidth: "30em", margin: "0 auto", padding: "12px 24px 40vh" },
});

const view = new EditorView({
  parent: document.body,
  state: EditorState.create({
    doc: document.querySelector("#text").textContent,
    extensions: [history(), keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.lineWrapping, theme,
      EditorView.contentAttributes.of({ "aria-label": "Body", spellcheck: "true" })],
  }),
});
view.focus();
