/** What can be undone, kept beside the body it belongs to: it outlives the window, and never meets another body. */

import { history, historyField, undo } from "@codemirror/commands";
import { EditorState, type Extension, type Text } from "@codemirror/state";

/** A history and what tells its body from any other. */
export interface KeptUndo {
  /** UTF-16 units. */
  body_length: number;
  body_hash: string;
  /** JSON; empty where nothing can be undone. */
  history: string;
}

/** So many characters of history are kept at most, the newest. */
const MOST = 256 * 1024;

interface Events {
  done: unknown[];
  undone: unknown[];
}

/** Many steps back: a morning's work, not the last few sentences. */
export const undoable: Extension = history({ minDepth: 500 });

/** Returns what can be undone in `state`. It costs a walk over the text: it is for when one rests, not for a key. */
export function undoOf(state: EditorState, most = MOST): KeptUndo {
  const field = state.field(historyField, false);
  // A state without a text: what is written is the history alone.
  const bare = EditorState.create({ extensions: field === undefined ? [] : [history(), historyField.init(() => field)] });
  const { history: events } = bare.toJSON(field === undefined ? undefined : { history: historyField }) as { history?: Events };
  return { body_length: state.doc.length, body_hash: bodyHash(state.doc), history: events === undefined ? "" : newest(events, most) };
}

/** Returns as JSON the newest events that fit. */
function newest({ done, undone }: Events, most: number): string {
  let left = most;
  const fitting = (events: unknown[]) => {
    let from = events.length;
    while (from > 0 && (left -= JSON.stringify(events[from - 1]).length) >= 0) from -= 1;
    return events.slice(from);
  };
  const kept = { done: fitting(done), undone: fitting(undone) };
  return kept.done.length + kept.undone.length === 0 ? "" : JSON.stringify(kept);
}

/** Returns the extension that goes on with a kept history; nothing where it is of another body, or unreadable. */
export function undoRestored(kept: KeptUndo | null, doc: Text): Extension {
  if (kept === null || kept.history === "" || kept.body_length !== doc.length || kept.body_hash !== bodyHash(doc)) return [];
  try {
    const json = { doc: "", selection: { ranges: [{ anchor: 0, head: 0 }], main: 0 }, history: JSON.parse(kept.history) as unknown };
    const field = EditorState.fromJSON(json, { extensions: history() }, { history: historyField }).field(historyField);
    const restored = historyField.init(() => field);
    undo({ state: EditorState.create({ doc, extensions: [history(), restored] }), dispatch: () => undefined }); // throws where it does not fit
    return restored;
  } catch {
    return [];
  }
}

/** Returns 64 bits that tell one body from another; it is no secret and no proof. */
export function bodyHash(doc: Text): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c];
  for (const cursor = doc.iter(); !cursor.next().done; ) {
    const piece = cursor.value;
    for (let at = 0; at < piece.length; at += 1) {
      const unit = piece.charCodeAt(at);
      one = Math.imul(one ^ unit, 0x01000193);
      other = Math.imul(other ^ unit, 0x85ebca6b) ^ (other >>> 13);
    }
  }
  return [one, other].map((half) => (half >>> 0).toString(16).padStart(8, "0")).join("");
}
