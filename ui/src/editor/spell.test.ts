// @vitest-environment happy-dom
import { EditorState, Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { parts, spelledText } from "./spell";
import { KnownWords } from "./spell-known";

/** A text of many paragraphs, with these words misspelt where they stand. */
function desk(body: string, at: number) {
  const asked: string[] = [];
  const known = new KnownWords((_, words) => {
    asked.push(...words);
    return Promise.resolve({ wrong: words.filter((word) => word.endsWith("êê")), missing: [] });
  });
  const view = new EditorView({ state: EditorState.create({ doc: body, selection: { anchor: at } }) });
  const spelled = spelledText(view, { known, language: "vi" });
  const selected = () => view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to);
  return { view, spelled, selected, asked };
}

const paragraph = (number: number) => `Đoạn ${"bảy chín mười ".repeat(20)}${String(number)}`;
const long = (count: number) => Array.from({ length: count }, (_, number) => paragraph(number)).join("\n\n");

test("the parts of a text are whole lines, all of them, from the caret around", () => {
  const doc = Text.of(long(200).split("\n"));
  const at = Math.floor(doc.length / 2);
  for (const back of [false, true]) {
    const all = [...parts(doc, at, back)];
    const first = all.filter(({ around }) => !around);

    expect(all.every(({ from, to }) => doc.lineAt(from).from === from && doc.lineAt(to).to === to && to - from < 9000)).toBe(true);
    expect(back ? first[0]?.to : first[0]?.from).toBe(back ? doc.lineAt(at).to : doc.lineAt(at).from);
    const covered = new Set(all.flatMap(({ from, to }) => Array.from({ length: doc.lineAt(to).number - doc.lineAt(from).number + 1 }, (_, index) => doc.lineAt(from).number + index)));
    expect(covered.size).toBe(doc.lines);
  }
});

test("the next misspelt word of a long text is found without reading what is after it", async () => {
  const { spelled, selected, asked } = desk(`${long(50)}\n\nphêê\n\n${long(200)}\n\nxa\n\n${long(600)}\n\nnhêê`, 0);

  expect(await spelled.next(false)).toBe(true);
  expect([selected(), asked.includes("phêê"), asked.includes("xa")]).toEqual(["phêê", true, false]);

  await spelled.next(false);
  expect(selected()).toBe("nhêê");
  await spelled.next(false);
  expect(selected()).toBe("phêê");
  await spelled.next(true);
  expect(selected()).toBe("nhêê");
});

test("around the end of a text of one line, both ways", async () => {
  const { spelled, selected } = desk("phêê rồi nhêê", 13);

  await spelled.next(false);
  expect(selected()).toBe("phêê");
  await spelled.next(true);
  expect(selected()).toBe("nhêê");
});

test("a text without a misspelt word says so, and who types meanwhile keeps the caret", async () => {
  expect(await desk(long(5), 3).spelled.next(false)).toBe(false);

  const { spelled, view } = desk(`${long(5)} phêê`, 0);
  const next = spelled.next(false);
  view.dispatch({ changes: { from: 0, insert: "x" }, selection: { anchor: 1 } });
  expect(await next).toBe(true);
  expect(view.state.selection.main.head).toBe(1);
});
