import { listen } from "@tauri-apps/api/event";
import type { Changed } from "./gen/Changed";
import type { Dragging } from "./gen/Dragging";
import type { Dropped } from "./gen/Dropped";
import type { PageSaid } from "./gen/PageSaid";
import type { PageShown } from "./gen/PageShown";
import type { PageTold } from "./gen/PageTold";
import type { Preferences } from "./gen/Preferences";

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
  /** What was done in the page's own window; told to the desk's window only. */
  page_said: PageSaid;
  /** What the page's own window hears: a page changed, what is open, what the person prefers. */
  page_shown: PageShown;
  page_told: PageTold;
  preferred: Preferences;
};

/** Hears an event of the desk. Returns what stops it. */
export function on<N extends keyof Events>(name: N, hear: (told: Events[N]) => void): () => void {
  return hearing(name, hear).stop;
}

/** As `on`, and says when it hears: what is told before then is missed. */
export function hearing<N extends keyof Events>(name: N, hear: (told: Events[N]) => void): { stop: () => void; ready: Promise<void> } {
  const listening = listen<Events[N]>(name, ({ payload }) => hear(payload));
  return { stop: () => void listening.then((stop) => stop()), ready: listening.then(() => undefined) };
}
