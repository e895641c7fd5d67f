/** What stands in the palette, and in which order. */

import type { QueueRow } from "$ui/backend/gen/QueueRow";
import { keyLabel } from "$ui/parts/keys";
import { t } from "$ui/words";
import { ACTIONS, actionName, keysOf, type Action, type Hands } from "./actions";

const REMEMBERED = 6;

export interface Entry {
  id: string;
  name: string;
  group: string;
  /** What else people call it. */
  sought: string;
  caps: string[];
  /** Why it cannot be done now; empty where it can. */
  not: string;
}

/** Returns the actions, those chosen last before the others, then the articles. */
export function entriesOf(hands: Hands, articles: readonly QueueRow[]): Entry[] {
  const recent = hands.desk.preferences.recent;
  const place = ({ id }: Action) => (recent.includes(id) ? recent.indexOf(id) : REMEMBERED);
  const actions = ACTIONS.filter(({ id }) => id !== "palette").toSorted((a, b) => place(a) - place(b));
  return [...actions.map((action) => entry(action, hands)), ...articles.map(articleEntry)];
}

function entry(action: Action, hands: Hands): Entry {
  const not = action.not?.(hands) ?? null;
  const caps = keysOf(action).slice(0, 1).map((key) => keyLabel(key));
  return { id: action.id, name: actionName(action), group: t(`group.${action.group}`), sought: action.sought ? t(action.sought) : "", caps, not: not === null ? "" : t(not) };
}

function articleEntry({ id, headline }: QueueRow): Entry {
  return { id, name: headline || t("row.untitled"), group: t("palette.article"), sought: "", caps: [], not: "" };
}

/** Returns what was chosen last, newest first, now that `id` was. */
export function chosen(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, REMEMBERED);
}
