/** Decorations that belong to a line, kept true at the cost of the lines that a change touched. */

import type { Range, Text, Transaction } from "@codemirror/state";
import type { Decoration, DecorationSet } from "@codemirror/view";

/**
 * Returns the decorations after a change: those of the lines it touched, and of so many lines around them, are made anew
 * by `ofLine` (1-based), all others move along.
 */
export function redrawn(
  decorations: DecorationSet,
  made: Transaction,
  around: number,
  ofLine: (doc: Text, number: number) => Range<Decoration>[],
): DecorationSet {
  const { doc } = made.state;
  let after = decorations.map(made.changes);
  made.changes.iterChangedRanges((_fromA, _toA, from, to) => {
    const first = Math.max(1, doc.lineAt(from).number - around);
    const last = Math.min(doc.lines, doc.lineAt(to).number + around);
    const add: Range<Decoration>[] = [];
    for (let number = first; number <= last; number += 1) add.push(...ofLine(doc, number));
    if (add.length === 0 && after.size === 0) return;
    after = after.update({ filterFrom: doc.line(first).from, filterTo: doc.line(last).to, filter: () => false, add });
  });
  return after;
}
