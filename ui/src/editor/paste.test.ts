import { history, undo } from "@codemirror/commands";
import { EditorState, Text, type Transaction, type TransactionSpec } from "@codemirror/state";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { TextPasted } from "../backend/gen/TextPasted";
import { fitted, Pastes } from "./paste";

const words = (markdown: string): TextPasted => ({ markdown, begins_as_text: true, ends_as_text: true, pictures: 0 });
const blocks = (markdown: string): TextPasted => ({ markdown, begins_as_text: false, ends_as_text: false, pictures: 0 });

/** Pastes where `|` stands, or between two of them. */
function put(text: string, pasted: TextPasted): string {
  const [from, to] = [text.indexOf("|"), text.lastIndexOf("|")];
  const plain = text.replaceAll("|", "");
  const end = to === from ? from : to - 1;
  const change = fitted(Text.of(plain.split("\n")), from, end, pasted);
  return plain.slice(0, change.from) + change.insert + plain.slice(change.to);
}

test("words go into the line, blocks get the empty lines they need", () => {
  expect(put("một | hai", words("**x**"))).toBe("một **x** hai");
  expect(put("một |cũ| hai", words("x"))).toBe("một x hai");
  expect(put("một| hai", blocks("- a\n- b"))).toBe("một\n\n- a\n- b\n\n hai");
  expect(put("một\n|", blocks("# a"))).toBe("một\n\n# a");
  expect(put("một\n\n|\nhai", blocks("# a"))).toBe("một\n\n# a\n\nhai");
  expect(put("|", blocks("# a"))).toBe("# a");
  expect(put("một |", words("a\n\nb"))).toBe("một a\n\nb");
});

test("what is pasted into a list or a quotation stays in it", () => {
  expect(put("> một |", words("a\n\nb"))).toBe("> một a\n>\n> b");
  expect(put("- một |", words("a\n\nb"))).toBe("- một a\n\n  b");
  expect(put("- |", blocks("- a\n- b"))).toBe("- a\n- b");
  expect(put("  - một|", blocks("- a\n- b"))).toBe("  - một\n  - a\n  - b");
});

/** A text without a window. */
class View {
  state = EditorState.create({ doc: "một hai", selection: { anchor: 3 }, extensions: [history()] });
  dispatch = (spec: TransactionSpec | Transaction) => {
    const made = "startState" in spec ? spec : this.state.update(spec);
    this.state = made.state;
    pastes.moved(made.changes);
  };
}

let view: View;
let events: { as: ReturnType<typeof vi.fn<() => Promise<TextPasted>>>; ask: ReturnType<typeof vi.fn<(html: string) => Promise<TextPasted>>>; done: ReturnType<typeof vi.fn<() => void>>; failed: ReturnType<typeof vi.fn<(why: unknown, pasted: boolean) => void>> };
let pastes: Pastes;

beforeEach(() => {
  vi.useFakeTimers();
  events = { as: vi.fn<() => Promise<TextPasted>>(), ask: vi.fn<(html: string) => Promise<TextPasted>>(), done: vi.fn<() => void>(), failed: vi.fn<(why: unknown, pasted: boolean) => void>() };
  view = new View();
  pastes = new Pastes(view as unknown as ConstructorParameters<typeof Pastes>[0], events);
});
afterEach(() => {
  vi.useRealTimers();
});

const type = (insert: string) => {
  const { head } = view.state.selection.main;
  view.dispatch({ changes: { from: head, insert }, selection: { anchor: head + insert.length }, userEvent: "input.type" });
};
const text = () => view.state.doc.toString();

test("what is typed while a paste is made comes after it, and an undo takes the paste alone", async () => {
  let answer: (pasted: TextPasted) => void = () => undefined;
  events.ask.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  pastes.page("<b>x</b>", "x");
  type("!");
  answer(words("**x**"));
  await vi.advanceTimersByTimeAsync(0);

  expect(text()).toBe("một**x**! hai");
  expect(view.state.selection.main.head).toBe(9);
  undo(view);
  expect(text()).toBe("một! hai");
});

test("the caret stands after what was pasted", async () => {
  events.ask.mockResolvedValue(words("**x**"));
  pastes.page("<b>x</b>", " x ");
  await vi.advanceTimersByTimeAsync(0);

  expect(text()).toBe("một **x**  hai");
  expect(view.state.selection.main.head).toBe(9);
});

test("what fails or takes too long is pasted as plain text, once", async () => {
  events.ask.mockRejectedValueOnce({ code: "paste_unreadable" });
  pastes.page("<b>", "chữ");
  await vi.advanceTimersByTimeAsync(0);
  expect(text()).toBe("mộtchữ hai");
  expect(events.failed).toHaveBeenCalledWith({ code: "paste_unreadable" }, true);

  let answer: (pasted: TextPasted) => void = () => undefined;
  events.ask.mockReturnValue(new Promise((resolve) => (answer = resolve)));
  pastes.page("<b>", "!");
  await vi.advanceTimersByTimeAsync(1000);
  answer(words("late"));
  await vi.advanceTimersByTimeAsync(0);
  expect(text()).toBe("mộtchữ! hai");
});

test("a paste that comes after another article was opened is left", async () => {
  events.ask.mockResolvedValue(words("x"));
  pastes.page("x", "x");
  pastes.forget();
  await vi.advanceTimersByTimeAsync(2000);

  expect(text()).toBe("một hai");
  expect(events.failed).not.toHaveBeenCalled();
});
