/** Finding and replacing in the text of the editor. What is in view is marked, and nothing is done at a key. */

import { isolateHistory } from "@codemirror/commands";
import { RangeSetBuilder, StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { afterPaint } from "./after-paint";
import { finder, type Finder, type Found, type Query } from "./find";
import { normalised } from "./normalise";

/** How many there are, and which of them is selected, from 1; 0 is none. `counting` while there may be more. */
export interface Hits {
  count: number;
  at: number;
  counting: boolean;
}

const setFinder = StateEffect.define<Finder | null>();
const lookAgain = StateEffect.define<null>();

const finderField = StateField.define<Finder | null>({
  create: () => null,
  update(now, made) {
    for (const effect of made.effects) if (effect.is(setFinder)) return effect.value;
    return now;
  },
});

const mark = Decoration.mark({ class: "found" });
const markNow = Decoration.mark({ class: "found found-now" });

class Marks {
  decorations: DecorationSet;
  private readonly later;

  constructor(view: EditorView) {
    this.decorations = marks(view);
    this.later = afterPaint(() => view.dom.isConnected && view.dispatch({ effects: lookAgain.of(null) }));
  }

  update(update: ViewUpdate): void {
    const asked = update.transactions.some((made) => made.effects.some((effect) => effect.is(setFinder) || effect.is(lookAgain)));
    if (asked || update.viewportChanged || (update.selectionSet && !update.docChanged)) {
      this.decorations = marks(update.view);
    } else if (update.docChanged && this.decorations.size > 0) {
      this.decorations = this.decorations.map(update.changes);
    }
    if (update.docChanged && update.state.field(finderField) !== null) this.later.ask();
  }
}

/** Returns the marks of what is in view, and of no more. */
function marks(view: EditorView): DecorationSet {
  const look = view.state.field(finderField);
  if (look === null) return Decoration.none;
  const builder = new RangeSetBuilder<Decoration>();
  const { main } = view.state.selection;
  for (const { from, to } of view.visibleRanges) {
    for (const hit of between(view.state.doc, look, from, to)) {
      if (hit.to > from && hit.from < to) builder.add(hit.from, hit.to, hit.from === main.from && hit.to === main.to ? markNow : mark);
    }
  }
  return builder.finish();
}

/** The places in the lines that touch a range. */
function* between(doc: Text, look: Finder, from: number, to: number): Generator<Found> {
  for (let at = from; at <= to; ) {
    const line = doc.lineAt(at);
    for (const hit of look.inLine(line.text)) yield { from: line.from + hit.from, to: line.from + hit.to };
    at = line.to + 1;
  }
}

/** Returns the next place at or after `at`, around the end of the text. */
function nextHit(doc: Text, look: Finder, at: number): Found | null {
  for (const hit of between(doc, look, at, doc.length)) if (hit.from >= at) return hit;
  for (const hit of between(doc, look, 0, at)) return hit;
  return null;
}

/** Returns the last place that ends at or before `at`, around the start of the text. */
function previousHit(doc: Text, look: Finder, at: number): Found | null {
  const first = doc.lineAt(at).number;
  for (let step = 0; step <= doc.lines; step += 1) {
    const line = doc.line(((first - 1 - step + 2 * doc.lines) % doc.lines) + 1);
    const limit = step === 0 ? at : Infinity;
    const hit = look.inLine(line.text).findLast((one) => line.from + one.to <= limit);
    if (hit !== undefined) return { from: line.from + hit.from, to: line.from + hit.to };
  }
  return null;
}

/** So long the text is counted in at a time, in milliseconds, and so long a pause comes before it is counted again. */
const SLICE = 8;
const PAUSE = 200;
/** More is "more than": nobody goes through them one by one. */
const MOST = 100_000;

export class Search {
  onhits: ((hits: Hits) => void) | null = null;
  private look: Finder | null = null;
  /** Where each begins, as counted last. */
  private starts: number[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Where one was when one began to look. */
  private origin = 0;

  constructor(private readonly shown: () => EditorView) {}

  private get view(): EditorView {
    return this.shown();
  }

  /** What a state of the editor needs to show what is looked for. */
  extension(): Extension {
    return [finderField.init(() => this.look), ViewPlugin.fromClass(Marks, { decorations: (shown) => shown.decorations })];
  }

  /** Begins to look from the caret; returns the words that are selected, if they are of one line and not what was found. */
  begins(): string {
    const { from, to } = this.view.state.selection.main;
    this.origin = from;
    const words = this.view.state.sliceDoc(from, Math.min(to, from + 200));
    return words.includes("\n") || this.isHit(from, to) ? "" : words;
  }

  /** Looks for something, and goes to the first of it after where one began. */
  set(query: Query): void {
    this.look = finder(query);
    const hit = this.look && nextHit(this.view.state.doc, this.look, Math.min(this.origin, this.view.state.doc.length));
    const shown = hit ? selecting(hit) : null;
    const effects = [setFinder.of(this.look), ...(shown === null ? [] : [shown.effects])];
    this.view.dispatch({ ...shown, effects });
    this.count(0);
  }

  /** Another text is shown: what is looked for is counted in it. */
  opened(): void {
    this.origin = 0;
    if (this.look !== null) this.count(0);
  }

  ends(): void {
    clearTimeout(this.timer);
    this.look = null;
    this.view.dispatch({ effects: setFinder.of(null) });
  }

  next(): void {
    this.goes((doc, look, from, to) => nextHit(doc, look, this.isHit(from, to) ? to : from));
  }

  previous(): void {
    this.goes((doc, look, from) => previousHit(doc, look, from));
  }

  /** Replaces what is selected, if it was found, and goes on to the next. */
  replace(words: string): void {
    const { from, to } = this.view.state.selection.main;
    if (!this.isHit(from, to)) return this.next();
    const insert = normalised(words);
    this.view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.replace", annotations: isolateHistory.of("full") });
    this.next();
  }

  /** Replaces all, as one step, and returns how many there were. */
  replaceAll(words: string): number {
    const { doc } = this.view.state;
    const changes = this.look === null ? [] : allReplaced(doc, this.look, normalised(words));
    if (changes.length > 0) this.view.dispatch({ changes, userEvent: "input.replace.all", annotations: isolateHistory.of("full") });
    return changes.length;
  }

  /** To be told of every change; while nothing is looked for it does nothing. */
  updated(update: ViewUpdate): void {
    if (this.look === null) return;
    if (update.docChanged) this.count(PAUSE);
    else if (update.selectionSet && this.timer === undefined) this.tell(false);
  }

  private goes(where: (doc: Text, look: Finder, from: number, to: number) => Found | null): void {
    const { doc, selection } = this.view.state;
    const hit = this.look && where(doc, this.look, selection.main.from, selection.main.to);
    if (hit === null) return;
    this.origin = hit.from;
    this.view.dispatch(selecting(hit));
  }

  private isHit(from: number, to: number): boolean {
    if (this.look === null || from === to) return false;
    const line = this.view.state.doc.lineAt(from);
    return this.look.inLine(line.text).some((hit) => line.from + hit.from === from && line.from + hit.to === to);
  }

  /** Counts after a pause, a slice at a time, so that no key waits for it. */
  private count(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.starts = [];
      this.countFrom(this.view.state.doc, 1);
    }, pause);
  }

  private countFrom(doc: Text, first: number): void {
    const until = performance.now() + SLICE;
    let number = first;
    for (; number <= doc.lines && this.look !== null && this.starts.length < MOST; number += 1) {
      const line = doc.line(number);
      for (const hit of this.look.inLine(line.text)) this.starts.push(line.from + hit.from);
      if (performance.now() > until) break;
    }
    const more = number < doc.lines && this.starts.length < MOST;
    this.timer = more ? setTimeout(() => this.countFrom(doc, number + 1)) : undefined;
    this.tell(more);
  }

  private tell(counting: boolean): void {
    const { from, to } = this.view.state.selection.main;
    const at = this.isHit(from, to) ? place(this.starts, from) : 0;
    this.onhits?.({ count: this.starts.length, at, counting });
  }
}

/** Returns the place of a start among all, from 1; 0 where it is not one of them. */
function place(starts: readonly number[], start: number): number {
  let [low, high] = [0, starts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return starts[low] === start ? low + 1 : 0;
}

function selecting({ from, to }: Found) {
  return { selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: "center" as const }), userEvent: "select.search" };
}

/** Returns the changes that replace all that is found. */
export function allReplaced(doc: Text, look: Finder, insert: string): { from: number; to: number; insert: string }[] {
  const changes = [];
  for (const { from, to } of between(doc, look, 0, doc.length)) changes.push({ from, to, insert });
  return changes;
}

