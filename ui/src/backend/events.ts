import { listen } from "@tauri-apps/api/event";
import type { Changed } from "./gen/Changed";
import type { Dragging } from "./gen/Dragging";
import type { Dropped } from "./gen/Dropped";

export type Events = {
  /** Something changed behind the window's back. */
  changed: Changed;
  /** Files were dropped on the window. */
  dropped: Dropped;
  /** A file was opened with Tòa Soạn; the command `opened_file` says which. */
  opened: null;
  /** Files are dragged over the window. */
  dragging: Dragging;
  /** An item of the menus was chosen: the action's id. */
  menu: string;
  /** The window is asked to close; it answers with the command `leave`. */
  closing: null;
};

/** Hears an event of the desk. Returns what stops it. */
export function on<N extends keyof Events>(name: N, hear: (told: Events[N]) => void): () => void {
  const listening = listen<Events[N]>(name, ({ payload }) => hear(payload));
  return () => void listening.then((stop) => stop());
}
