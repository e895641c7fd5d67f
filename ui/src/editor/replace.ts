/** Another writer's text in place of ours, with the caret and the undo history where they were. */

import { ChangeSet, Text } from "@codemirror/state";
import { commonEnd, commonStart } from "./normalise";

/** Returns the one change that makes `next` of `old`. */
export function difference(old: string, next: string): ChangeSet {
  const start = commonStart(old, next);
  const end = Math.min(commonEnd(old, next), Math.min(old.length, next.length) - start);
  const change = { from: start, to: old.length - end, insert: Text.of(next.slice(start, next.length - end).split("\n")) };
  return ChangeSet.of(change.from === change.to && change.insert.length === 0 ? [] : change, old.length);
}

/** Returns the change that brings into `mine` what makes `theirs` of `base`; what was typed since `base` stays. */
export function incoming(base: string, mine: string, theirs: string): ChangeSet {
  const change = difference(base, theirs);
  return base === mine ? change : change.map(difference(base, mine));
}
