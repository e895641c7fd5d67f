/**
 * Everything a person can do in the window: one list, of which the keys, the list of keys, the palette and the menus
 * are made. To add an action, add an entry, its words, and what it needs to `Hands`; `npx vitest run actions -u` writes
 * it into docs/keys.md.
 */

import type { QueueList } from "$ui/backend/gen/QueueList";
import type { Step } from "$ui/backend/gen/Step";
import { INSERTS, type InsertCommand } from "$ui/editor/insert";
import { COMMANDS, type EditorCommand, type TextCommand } from "$ui/editor/keys";
import { TABS, type Tab } from "$ui/features/side/tabs";
import { isKey, isMac, keyLabel } from "$ui/parts/keys";
import { t, type Key } from "$ui/words";
import type { DeskState } from "./desk.svelte";
import { FOLDED } from "./jump";

export const GROUPS = ["file", "edit", "text", "insert", "picture", "go", "steps", "view", "help"] as const;
export type Group = (typeof GROUPS)[number];

/** What the actions work with: the desk, and what only the window can do. */
export interface Hands {
  readonly desk: DeskState;
  /** The editor of the open article. */
  text(): { does(command: EditorCommand): void } | undefined;
  goToField(field: string): void;
  showTab(tab: Tab): void;
  findEverything(): void;
  nextPane(): void;
  foldQueue(): void;
  foldWork(): void;
  foldSide(): void;
  /** Opens the article that stands `by` rows further in the list shown. */
  walk(by: 1 | -1): void;
  /** Undoes and redoes where the caret stands. */
  history(way: "undo" | "redo"): void;
}

export interface Action {
  id: string;
  words: Key;
  /** Fills `{of}` of the words. */
  of?: Key;
  group: Group;
  /** `Mod+Shift+P`; on a Mac `mac`, where that differs. */
  key?: string;
  mac?: string;
  /** Another key for the same. */
  also?: string;
  /** The text hears its key itself; everywhere else it means nothing. */
  inText?: true;
  /** Returns why it cannot be done now, or `null`. */
  not?: (hands: Hands) => Key | null;
  run: (hands: Hands) => void;
}

const noArticle = ({ desk }: Hands): Key | null => (desk.article === null ? "not.no_article" : null);

const FILE: Action[] = [
  { id: "new", words: "queue.new", group: "file", key: "Mod+N", run: ({ desk }) => void desk.begins() },
  { id: "take_in", words: "queue.take_in", group: "file", key: "Mod+T", run: ({ desk }) => (desk.ask = { is: "take_in", failure: "" }) },
  { id: "export", words: "action.export", group: "file", not: noArticle, run: ({ desk }) => void desk.exportArticle() },
  { id: "portals", words: "prefer.portals", group: "file", run: ({ desk }) => void desk.portals.show() },
];

const EDIT: Action[] = [
  { id: "undo", words: "do.undo", group: "edit", key: "Mod+Z", inText: true, run: (hands) => hands.history("undo") },
  { id: "redo", words: "do.redo", group: "edit", key: "Mod+Shift+Z", inText: true, run: (hands) => hands.history("redo") },
];

/** The keys of the text are its own; `Mod-Shift-x` there is `Mod+Shift+X` here. */
const TEXT: Action[] = (Object.keys(COMMANDS) as TextCommand[]).map((command) => ({
  id: `text.${command}`, words: `do.${command}`, group: "text", key: COMMANDS[command].key.replaceAll("-", "+").replace(/[a-z]$/, (letter) => letter.toUpperCase()), inText: true,
  not: noArticle, run: (hands) => hands.text()?.does(command),
}));

const INSERT: Action[] = (Object.keys(INSERTS) as InsertCommand[]).map((command) => ({
  id: `insert.${command}`, words: `insert.${command}`, group: "insert", not: noArticle, run: (hands) => hands.text()?.does(command),
}));

const PICTURE: Action[] = [
  { id: "picture", words: "picture.add", group: "picture", not: noArticle, run: ({ desk }) => void desk.choosePicture({ to: "in_text", after_line: 0 }) },
  { id: "lead", words: "do.lead", group: "picture", not: noArticle, run: ({ desk }) => void desk.choosePicture({ to: "lead" }) },
  { id: "watch", words: "watched.choose", group: "picture", run: ({ desk }) => void desk.watch() },
];

const LISTS = ["mine", "to_review", "pictures_wanted", "scheduled", "live", "failed"] as const satisfies QueueList[];
const FIELDS = ["kicker", "headline", "standfirst", ...FOLDED] as const;

const GO: Action[] = [
  { id: "find", words: "queue.find", group: "go", key: "Mod+K", run: (hands) => hands.findEverything() },
  { id: "next_article", words: "do.next_article", group: "go", key: "Mod+PageDown", not: ({ desk }) => (desk.queue?.rows.length ? null : "not.no_row"), run: (hands) => hands.walk(1) },
  { id: "previous_article", words: "do.previous_article", group: "go", key: "Mod+PageUp", not: ({ desk }) => (desk.queue?.rows.length ? null : "not.no_row"), run: (hands) => hands.walk(-1) },
  { id: "next_pane", words: "keys.next_pane", group: "go", key: "F6", run: (hands) => hands.nextPane() },
  ...LISTS.map((list): Action => ({ id: `list.${list}`, words: "do.list", of: `list.${list}`, group: "go", run: ({ desk }) => desk.choose(list) })),
  { id: "field.body", words: "do.go_to", of: "work.body", group: "go", not: noArticle, run: (hands) => hands.goToField("body") },
  ...FIELDS.map((field): Action => ({
    id: `field.${field}`, words: "do.go_to", of: `field.${field}` as Key, group: "go", not: noArticle, run: (hands) => hands.goToField(field),
  })),
];

const STEPS = ["submit", "open_for_review", "return", "approve", "withdraw", "hold", "release", "spike", "unspike"] as const satisfies Step[];

const may = (step: Step) => (hands: Hands): Key | null => noArticle(hands) ?? (hands.desk.article?.shown.steps.includes(step) ? null : "not.step");

const TAKEN: Action[] = [
  { id: "next_step", words: "do.next_step", group: "steps", key: "Mod+Enter", not: noArticle, run: ({ desk }) => void desk.nextStep() },
  ...STEPS.map((step): Action => ({ id: `step.${step}`, words: `step.${step}`, group: "steps", not: may(step), run: ({ desk }) => void desk.step(step) })),
  {
    id: "publish", words: "action.publish", group: "steps",
    not: (hands) => noArticle(hands) ?? (hands.desk.publishable.length > 0 ? null : "not.publish"),
    run: ({ desk }) => void desk.askPublish(),
  },
  {
    id: "open_page", words: "action.open_page", group: "steps",
    not: (hands) => noArticle(hands) ?? (livePortal(hands) === undefined ? "not.live" : null),
    run: (hands) => void hands.desk.openPage(livePortal(hands) ?? ""),
  },
];

const livePortal = ({ desk }: Hands) => desk.article?.shown.publications.find((one) => one.url !== "")?.portal;

const VIEW: Action[] = [
  { id: "fold_queue", words: "do.fold_queue", group: "view", key: "Mod+1", run: (hands) => hands.foldQueue() },
  { id: "fold_work", words: "do.fold_work", group: "view", key: "Mod+2", not: noArticle, run: (hands) => hands.foldWork() },
  { id: "fold_side", words: "do.fold_side", group: "view", key: "Mod+3", not: noArticle, run: (hands) => hands.foldSide() },
  ...TABS.map((tab): Action => ({ id: `tab.${tab}`, words: "do.tab", of: `side.${tab}`, group: "view", not: noArticle, run: (hands) => hands.showTab(tab) })),
  ...(["light", "dark", "system"] as const).map((theme): Action => ({
    id: `theme.${theme}`, words: "do.theme", of: `prefer.${theme}`, group: "view", run: ({ desk }) => desk.prefer({ theme: theme === "system" ? "" : theme }),
  })),
  ...(["vi", "en", "system"] as const).map((words): Action => ({
    id: `words.${words}`, words: "do.words", of: `prefer.${words}`, group: "view", run: ({ desk }) => desk.prefer({ words: words === "system" ? "" : words }),
  })),
];

const HELP: Action[] = [
  { id: "keys", words: "prefer.keys", group: "help", key: "F1", also: "?", run: ({ desk }) => (desk.ask = { is: "keys" }) },
  { id: "report", words: "prefer.report", group: "help", run: ({ desk }) => void desk.askReport() },
];

export const ACTIONS: readonly Action[] = [...FILE, ...EDIT, ...TEXT, ...INSERT, ...PICTURE, ...GO, ...TAKEN, ...VIEW, ...HELP];

/** Returns the keys of an action on this system, `Mod+N`. */
export function keysOf({ key, mac, also }: Action, onMac = isMac): string[] {
  return [(onMac ? mac : undefined) ?? key, also].filter((one) => one !== undefined);
}

/** Returns what an action is called in the window's language. */
export function actionName({ words, of }: Action): string {
  return t(words, of === undefined ? {} : { of: t(of) });
}

/** Returns the action whose key was pressed. A plain sign is a letter to who types one. */
export function heard(event: KeyboardEvent, typing: boolean): Action | undefined {
  const hears = (key: string) => !(typing && key.length === 1) && isKey(event, key);
  return ACTIONS.find((action) => action.inText !== true && keysOf(action).some(hears));
}

/** Returns the keys there are, by group, as the list of keys shows them. */
export function keyGroups(): { name: string; keys: { id: string; name: string; caps: string[] }[] }[] {
  const row = (action: Action) => ({ id: action.id, name: actionName(action), caps: keysOf(action).map((key) => keyLabel(key)) });
  const rows = { id: "rows", name: t("keys.rows"), caps: ["↑", "↓", "↵"] };
  const groups = GROUPS.map((group) => ({
    name: t(`group.${group}`),
    keys: [...ACTIONS.filter((action) => action.group === group && keysOf(action).length > 0).map(row), ...(group === "go" ? [rows] : [])],
  }));
  return groups.filter((group) => group.keys.length > 0);
}
