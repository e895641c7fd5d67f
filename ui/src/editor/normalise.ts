/** Text is normalised where it enters: what the window holds is what is stored, byte for byte. */

import { Transaction, type ChangeSpec, type Extension, type Text } from "@codemirror/state";
import { EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

/** Returns the text in Unicode form NFC with LF line ends. */
export function normalised(text: string): string {
  return text.replace(/\r\n?/g, "\n").normalize("NFC");
}

/** What can join the letter before it: marks, and the vowels and finals of conjoining Hangul. */
const JOINS = /[\p{M}\u1160-\u11ff]/u;
/** No letter carries more marks than this; the longest canonical composition is shorter. */
const REACH = 32;

/** Returns the smallest change that brings `from..to` of `doc` and the letter before it into NFC, or `null` if it is. */
export function composed(doc: Text, from: number, to: number): ChangeSpec | null {
  if (!JOINS.test(doc.sliceString(from, to))) return null;
  const start = Math.max(doc.lineAt(from).from, from - REACH);
  const old = doc.sliceString(start, to);
  const next = old.normalize("NFC");
  if (next === old) return null;
  const [same, sameAtEnd] = [commonStart(old, next), commonEnd(old, next)];
  const kept = Math.min(sameAtEnd, Math.min(old.length, next.length) - same);
  return { from: start + same, to: to - kept, insert: next.slice(same, next.length - kept) };
}

/** Counts the equal UTF-16 units at the start. */
export function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return at;
}

/** Counts the equal UTF-16 units at the end. */
export function commonEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one.charCodeAt(one.length - 1 - at) === other.charCodeAt(other.length - 1 - at)) at += 1;
  return at;
}

/** What a word is made of, its combining tones too. */
const OF_A_WORD = /^[\p{L}\p{M}]*$/u;

/**
 * Never touches text while a composition runs, nor the word the caret is in: an input method would lose its place. One that writes
 * tones as characters of their own counts them when it takes them back by Backspace, and would take a letter too many.
 */
class Composer {
  private from = -1;
  private to = -1;
  private waiting = false;

  constructor(private readonly view: EditorView) {}

  update(update: ViewUpdate): void {
    if (update.docChanged) {
      if (this.from >= 0) this.map(update);
      if (update.transactions.some((made) => made.isUserEvent("input.type"))) this.note(update);
    }
    if (this.from >= 0 && (update.focusChanged || this.isLeft())) this.soon();
  }

  soon(): void {
    if (this.waiting || this.from < 0) return;
    this.waiting = true;
    setTimeout(() => {
      this.waiting = false;
      if (!this.view.hasFocus || this.isLeft()) this.compose();
    });
  }

  compose(): void {
    if (this.from < 0 || this.view.composing || this.view.compositionStarted) return; // its end calls again
    const change = composed(this.view.state.doc, this.from, this.to);
    this.from = this.to = -1;
    // No step of its own to undo: the typing before it is taken back as if it had been typed so.
    if (change !== null) {
      this.view.dispatch({
        changes: change,
        annotations: [Transaction.userEvent.of("input.type.compose"), Transaction.addToHistory.of(false)],
      });
    }
  }

  /** Says whether the caret stands in or behind another word. */
  private isLeft(): boolean {
    const { doc, selection } = this.view.state;
    const { head } = selection.main;
    if (this.from < 0 || head < this.from) return this.from >= 0;
    return head - this.to > REACH || !OF_A_WORD.test(doc.sliceString(this.to, head));
  }

  private map(update: ViewUpdate): void {
    this.from = update.changes.mapPos(this.from, -1);
    this.to = update.changes.mapPos(this.to, 1);
  }

  private note(update: ViewUpdate): void {
    update.changes.iterChanges((_fromA, _toA, from, to, inserted) => {
      if (!JOINS.test(inserted.sliceString(0))) return;
      this.from = this.from < 0 ? from : Math.min(this.from, from);
      this.to = Math.max(this.to, to);
    });
  }
}

const composer = ViewPlugin.define((view) => new Composer(view), {
  eventHandlers: { compositionend(this: Composer) { this.soon(); } },
});

/** Pasted and dropped text, and what a composition or a keyboard of combining marks left behind. */
export const normalisation: Extension = [EditorView.clipboardInputFilter.of(normalised), composer];

/** Brings the word the caret is in into NFC too: before the text is given away. */
export function settle(view: EditorView): void {
  view.plugin(composer)?.compose();
}
