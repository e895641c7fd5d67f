/** The body as Rust is told it: whole, or as one change of the body that made the page held. */

import { Text } from "@codemirror/state";
import type { BodyAsked } from "../backend/gen/BodyAsked";
import type { Body } from "../editor/changes";
import { commonEnd, commonStart } from "../editor/normalise";

/** Bodies told, each by the page made of it. */
export class ToldBody {
  private last: { version: number; body: Text } | null = null;

  /** Returns how `body` is told to who holds the page `have`; 0 holds none. */
  telling(body: Body, have: number): BodyAsked {
    const before = this.last;
    if (have === 0 || before?.version !== have || !(body instanceof Text)) return { is: "whole", text: body.toString() };
    return { is: "changed", ...difference(before.body, body) };
  }

  /** The page `version` was made of `body`. */
  made(body: Body, version: number): void {
    this.last = body instanceof Text ? { version, body } : null;
  }
}

/** Returns one change that makes `after` of `before`. Where letters of two code units meet it, they are in it whole. */
export function difference(before: Text, after: Text): { from: number; remove: number; insert: string; length: number } {
  let from = same(before, after, 1);
  if (isHigh(before, from - 1)) from -= 1;
  let end = Math.min(same(before, after, -1), Math.min(before.length, after.length) - from);
  if (end > 0 && isHigh(before, before.length - end - 1)) end -= 1;
  const insert = after.sliceString(from, after.length - end);
  return { from, remove: before.length - end - from, insert, length: after.length };
}

/** Returns how many characters two texts surely have in common at their start (1) or end (-1). Parts that both hold are not read. */
function same(one: Text, other: Text, way: 1 | -1): number {
  if (one === other) return one.length;
  if (one.children === null || other.children === null) return sameLetters(one, other, way);
  const [mine, theirs] = way === 1 ? [one.children, other.children] : [one.children.toReversed(), other.children.toReversed()];
  let length = 0;
  for (const [at, part] of mine.entries()) {
    const beside = theirs[at];
    if (beside === undefined) return length - 1; // what stands between this part and the last is not there
    const common = same(part, beside, way);
    length += common;
    if (common < part.length || common < beside.length) return length;
    length += 1; // the line break after a part
  }
  return length - 1;
}

function sameLetters(one: Text, other: Text, way: 1 | -1): number {
  const length = Math.min(one.length, other.length);
  if (way === 1) return commonStart(one.sliceString(0, length), other.sliceString(0, length));
  return commonEnd(one.sliceString(one.length - length), other.sliceString(other.length - length));
}

/** True where a letter of two code units begins. */
function isHigh(text: Text, at: number): boolean {
  return at >= 0 && (text.sliceString(at, at + 1).charCodeAt(0) & 0xfc00) === 0xd800;
}
