import { EditorState } from "@codemirror/state";
import { EditorView, type DecorationSet } from "@codemirror/view";
import { expect, test } from "vitest";
import { blocks } from "./blocks";
import type { Embed, EmbedWords } from "./embeds";
import { showCards, type CardWords } from "./pictures";

const words: EmbedWords = { kinds: { video: "Video", audio: "Âm thanh", post: "Bài đăng" }, loadsNothing: "không tải gì" };

const written = (doc: string) => EditorState.create({ doc, extensions: blocks(words) });

/** What is shown, as `line: what`. */
function shown(state: EditorState): string[] {
  const found: string[] = [];
  const [set] = state.facet(EditorView.decorations) as readonly DecorationSet[];
  set?.between(0, state.doc.length, (from, to, { spec }: { spec: { class?: string; widget?: { embed: Embed } } }) => {
    found.push(`${state.doc.lineAt(from).number}: ${spec.widget?.embed.site ?? (from === to ? spec.class : state.sliceDoc(from, to))}`);
  });
  return found;
}

function said(state: EditorState): string[] {
  const found: string[] = [];
  const [set] = state.facet(EditorView.decorations) as readonly DecorationSet[];
  set?.between(0, state.doc.length, (_from, _to, { spec }: { spec: { widget?: { words: EmbedWords } } }) => void found.push(spec.widget?.words.loadsNothing ?? ""));
  return found;
}

test("an address alone in its paragraph has a card", () => {
  expect(shown(written("Xem:\n\nhttps://youtu.be/x\n\nhttps://x.com/a/1\nvà\n\nhttps://nhandan.vn/a\n\n<https://tin.example/a.mp3>"))).toEqual(["3: YouTube", "10: tin.example"]);
});

test("the mark of a block is seen in the first line of a quotation only, and who spoke in the last", () => {
  const text = "> [!box] Đầu\n> [!pull]\n> — A\n> — B\n\n> [!note] x\n\n>[!gallery]\n> x\n> — Lan\n\n> x [!pull]\n\n    > [!pull]";

  expect(shown(written(text))).toEqual(["1: [!box]", "4: speaker-line", "8: [!gallery]", "10: speaker-line"]);
});

test("what is typed beside an address takes its card away, and brings it back", () => {
  let state = written("https://youtu.be/x\n\nHai");
  state = state.update({ changes: { from: 19, insert: "x" } }).state;
  expect(shown(state)).toEqual([]);

  state = state.update({ changes: { from: 19, to: 20 } }).state;
  expect(shown(state)).toEqual(["1: YouTube"]);
});

test("a change anywhere shows the same as reading the text anew", () => {
  const pieces = ["https://youtu.be/x", "\n", "\n\n", "> ", "[!box] a", "— b", "c", "> [!pull]\n> a\n> — b\n"];
  let [state, seed] = [written("https://youtu.be/x\n\n> [!box] a\n> — b\n"), 7];
  const random = (below: number) => (seed = (seed * 48271) % 2147483647) % below;

  for (let round = 0; round < 400; round += 1) {
    const from = random(state.doc.length + 1);
    const to = Math.min(state.doc.length, from + random(3) * random(12));
    state = state.update({ changes: { from, to, insert: pieces[random(pieces.length)] ?? "" } }).state;
    if (state.doc.length > 400) state = state.update({ changes: { from: 0, to: 200 } }).state;
    expect(shown(state), state.doc.toString()).toEqual(shown(written(state.doc.toString())));
  }
});

test("the window's other language is shown on every card", () => {
  const state = written("https://youtu.be/x");

  const embeds = { ...words, loadsNothing: "loads nothing" };
  const cards = { placements: [], language: "vi", words: { embeds } as unknown as CardWords };
  const next = state.update({ effects: showCards.of(cards) }).state;

  expect(said(state)).toEqual(["không tải gì"]);
  expect(said(next)).toEqual(["loads nothing"]);
});
