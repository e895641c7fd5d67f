/** The system's menus, made of the list of actions. What is done to one of several things lies in a menu of its own. */

import type { MenuItem } from "$ui/backend/gen/MenuItem";
import type { Menus } from "$ui/backend/gen/Menus";
import { keyLabel } from "$ui/parts/keys";
import { t, type Key } from "$ui/words";
import { ACTIONS, GROUPS, keysOf, type Action, type Group } from "./actions";

/** Returns the menus in the window's language. */
export function menusOf(bar: boolean): Menus {
  const menus = GROUPS.map((group) => item(`menu.${group}`, t(`group.${group}`), { items: itemsOf(group) }));
  return { bar, quit: t("do.quit"), menus };
}

function itemsOf(group: Group): MenuItem[] {
  const actions = ACTIONS.filter((action) => action.group === group);
  const words = [...new Set(actions.map((action) => action.words))];
  return words.flatMap((key) => {
    const same = actions.filter((action) => action.words === key);
    return same[0]?.of === undefined ? same.map(ofAction) : [item(`menu.${key}`, heading(key), { items: same.map(ofAction) })];
  });
}

/** `Go to: {of}` heads the menu of where one can go. */
const heading = (key: Key) => t(key, { of: "" }).replace(/[:\s]+$/, "");

function ofAction(action: Action): MenuItem {
  const [key = ""] = keysOf(action);
  const name = action.of === undefined ? t(action.words) : t(action.of);
  return item(action.id, name, { key: key && keyLabel(key), accelerator: accelerator(key), native: action.native ?? null });
}

/** Tauri's name of a key; a plain sign is none, it is a letter. */
function accelerator(key: string): string {
  return key.length === 1 ? "" : key.replace("Mod", "CmdOrCtrl").replace("Arrow", "").replace("Plus", "=");
}

function item(id: string, name: string, more: Partial<MenuItem>): MenuItem {
  return { id, name, key: "", accelerator: "", native: null, items: [], ...more };
}
