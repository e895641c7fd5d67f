/**
 * Everything a person can do in the window: one list, of which the keys, the list of keys, the palette and the menus
 * are made. To add an action, add an entry, its words, and what it needs to `Hands`; `npx vitest run actions -u` writes
 * it into docs/keys.md.
 */

import type { Native } from "$ui/backend/gen/Native";
import type { QueueList } from "$ui/backend/gen/QueueList";
import type { Step } from "$ui/backend/gen/Step";
import { INSERTS, type InsertCommand } from "$ui/editor/insert";
import { COMMANDS, type EditorCommand, type TextCommand } from "$ui/editor/keys";
import type { Spelled } from "$ui/editor/spell-field";
import type { PasteWay } from "$ui/editor/paste";
import { TABS, type Tab } from "$ui/features/side/tabs";
import { isKey, isLinux, isMac, keyLabel } from "$ui/parts/keys";
import { isLive } from "$ui/parts/standing";
import { t, type Key } from "$ui/words";
import { WAYS, type PageWay } from "$ui/preview/view";
import type { DeskState } from "./desk.svelte";
import { FOLDED } from "./jump";
import { MEASURE, nextFocus, SIZE, stepped } from "./writing";

export const GROUPS = ["file", "edit", "text", "insert", "picture", "go", "steps", "view", "help"] as const;
export type Group = (typeof GROUPS)[number];

/** What the actions work with: the desk, and what only the window can do. */
export interface Hands {
  readonly desk: DeskState;
  /** The editor of the open article. */
  text(): { does(command: EditorCommand): void; pasteAs(way: PasteWay): void; setQuotes(): void } | undefined;
  goToField(field: string): void;
  showTab(tab: Tab): void;
  findEverything(): void;
  nextPane(): void;
  foldQueue(): void;
  foldWork(): void;
  foldSide(): void;
  /** Shows the page beside the text in another way. */
  showPageAs(way: PageWay): void;
  openPageWindow(): void;
  /** Opens the article that stands `by` rows further in the list shown. */
  walk(by: 1 | -1): void;
  /** What has the focus, as a text whose misspelt words are walked and mended. */
  spelled(): Spelled | null;
  /** Undoes, copies and so on where the caret stands. */
  edit(what: Native): void;
  /** Finds in the text, and replaces. */
  finds(replacing: boolean): void;
  /** Goes to the next place of a template that waits for words. */
  nextPlace(): void;
  /** Goes to the next place found in the text, or the one before. */
  findsAgain(by: 1 | -1): void;
}

export interface Action {
  id: string;
  words: Key;
  /** Fills `{of}` of the words. */
  of?: Key;
  /** What else people call it, for the palette. */
  sought?: Key;
  group: Group;
  /** `Mod+Shift+P`; on a Mac `mac`, where that differs. */
  key?: string;
  mac?: string;
  /** Another key for the same. */
  also?: string;
  /** The text hears its key itself; everywhere else it means nothing. */
  inText?: true;
  /** What every field can: its key is the system's own, and on a Mac so is its menu item. */
  native?: Native;
  /** Returns why it cannot be done now, or `null`. */
  not?: (hands: Hands) => Key | null;
  run: (hands: Hands) => void;
}

const noArticle = ({ desk }: Hands): Key | null => (desk.article === null ? "not.no_article" : null);

const may = (step: Step) => (hands: Hands): Key | null => noArticle(hands) ?? (hands.desk.article?.shown.steps.includes(step) ? null : "not.step");

const FILE: Action[] = [
  { id: "new", words: "queue.new", group: "file", key: "Mod+N", run: ({ desk }) => void desk.begins() },
  { id: "new_from_template", words: "do.new_from_template", group: "file", key: "Mod+Shift+N", run: ({ desk }) => void desk.templates.choose() },
  { id: "save_template", words: "do.save_template", group: "file", not: noArticle, run: ({ desk }) => void desk.templates.askSave() },
  { id: "templates", words: "do.templates", group: "file", run: ({ desk }) => void desk.templates.show() },
  { id: "take_in", words: "queue.take_in", group: "file", key: "Mod+T", run: ({ desk }) => (desk.ask = { is: "take_in", failure: "" }) },
  { id: "export", words: "action.export", group: "file", not: noArticle, run: ({ desk }) => void desk.exportArticle() },
  { id: "export_ninjs", words: "do.export_ninjs", sought: "sought.export_ninjs", group: "file", not: noArticle, run: ({ desk }) => void desk.exportArticle("export_ninjs") },
  {
    id: "trash", words: "do.trash", group: "file", not: may("spike"),
    run: ({ desk }) => void desk.history.putIntoTrash(desk.article?.id ?? "", desk.article?.fields.headline ?? ""),
  },
  { id: "empty_trash", words: "do.empty_trash", group: "file", not: ({ desk }) => (desk.queue?.counts.trash ? null : "not.trash_empty"), run: ({ desk }) => void desk.history.askEmptyTrash() },
  { id: "back_up", words: "do.back_up", group: "file", run: ({ desk }) => void desk.history.backUp() },
  { id: "keep_text", words: "action.keep_text", group: "file", not: noArticle, run: ({ desk }) => void desk.keepText() },
  { id: "outbox", words: "do.outbox", group: "file", run: ({ desk }) => void desk.showOutbox() },
  { id: "publication_log", words: "do.publication_log", group: "file", run: ({ desk }) => void desk.log.open() },
  { id: "portals", words: "prefer.portals", group: "file", run: ({ desk }) => void desk.portals.show() },
];

const NATIVE: [Native, string][] = [
  ["undo", "Mod+Z"], ["redo", "Mod+Shift+Z"], ["cut", "Mod+X"], ["copy", "Mod+C"], ["paste", "Mod+V"], ["select_all", "Mod+A"],
];
const EDIT: Action[] = [
  ...NATIVE.map(([native, key]): Action => ({ id: native, words: `do.${native}`, group: "edit", key, native, run: (hands) => hands.edit(native) })),
  { id: "paste_plain", words: "do.paste_plain", group: "edit", key: "Mod+Shift+V", inText: true, not: noArticle, run: (hands) => hands.text()?.pasteAs("plain") },
  { id: "paste_quotation", words: "do.paste_quotation", group: "edit", not: noArticle, run: (hands) => hands.text()?.pasteAs("quotation") },
  { id: "find_in_text", words: "do.find_in_text", group: "edit", key: "Mod+F", not: noArticle, run: (hands) => hands.finds(false) },
  { id: "replace", words: "do.replace", group: "edit", key: "Mod+H", mac: "Mod+Alt+F", not: noArticle, run: (hands) => hands.finds(true) },
  { id: "find_next", words: "do.find_next", group: "edit", key: "F3", not: noArticle, run: (hands) => hands.findsAgain(1) },
  { id: "find_previous", words: "do.find_previous", group: "edit", key: "Shift+F3", not: noArticle, run: (hands) => hands.findsAgain(-1) },
];

/** The keys of the text are its own; `Mod-Shift-x` there is `Mod+Shift+X` here. */
const TEXT: Action[] = (Object.keys(COMMANDS) as TextCommand[]).map((command) => ({
  id: `text.${command}`, words: `do.${command}`, group: "text", key: COMMANDS[command].key.replaceAll("-", "+").replace(/(?<=\+)[a-z]$/, (letter) => letter.toUpperCase()), inText: true,
  not: noArticle, run: (hands) => hands.text()?.does(command),
}));

const INSERT: Action[] = (Object.keys(INSERTS) as InsertCommand[]).map((command) => ({
  id: `insert.${command}`, words: `insert.${command}`, group: "insert", not: noArticle, run: (hands) => hands.text()?.does(command),
}));

const spellingOff = ({ desk }: Hands): Key | null => (desk.preferences.spelling_off ? "not.spelling" : null);

const SPELLING: Action[] = [
  { id: "spell.next", words: "do.spell_next", group: "text", key: "F7", not: spellingOff, run: (hands) => void hands.desk.spelling.next(hands.spelled(), false) },
  { id: "spell.previous", words: "do.spell_previous", group: "text", key: "Shift+F7", not: spellingOff, run: (hands) => void hands.desk.spelling.next(hands.spelled(), true) },
  { id: "spell.suggest", words: "do.spell_suggest", group: "text", key: "Mod+.", not: spellingOff, run: (hands) => void hands.desk.spelling.ask(hands.spelled()) },
  { id: "spell.lists", words: "do.spell_lists", group: "text", run: ({ desk }) => void desk.spelling.showLists() },
  { id: "spell.off", words: "do.spell_off", group: "text", run: ({ desk }) => desk.prefer({ spelling_off: !desk.preferences.spelling_off }) },
];

const QUOTES: Action = { id: "set_quotes", words: "do.set_quotes", group: "text", not: noArticle, run: (hands) => hands.text()?.setQuotes() };

const size = (by: number) => ({ desk }: Hands) => desk.prefer({ text_size: stepped(desk.preferences.text_size, by, SIZE) });
const measure = (by: number) => ({ desk }: Hands) => desk.prefer({ measure: stepped(desk.preferences.measure, by, MEASURE) });

const WRITING: Action[] = [
  { id: "focus", words: "do.focus", group: "view", key: "Mod+D", run: ({ desk }) => desk.prefer({ focus: nextFocus(desk.preferences.focus) }) },
  { id: "typewriter", words: "do.typewriter", group: "view", key: "Mod+Shift+D", run: ({ desk }) => desk.prefer({ typewriter: !desk.preferences.typewriter }) },
  { id: "text_larger", words: "do.text_larger", group: "view", key: "Mod+Alt+Plus", run: size(1) },
  { id: "text_smaller", words: "do.text_smaller", group: "view", key: "Mod+Alt+-", run: size(-1) },
  { id: "measure_wider", words: "do.measure_wider", group: "view", key: "Mod+Alt+.", run: measure(1) },
  { id: "measure_narrower", words: "do.measure_narrower", group: "view", key: "Mod+Alt+,", run: measure(-1) },
  { id: "quotes", words: "do.quotes", group: "view", run: ({ desk }) => desk.prefer({ plain_quotes: !desk.preferences.plain_quotes }) },
  { id: "writing", words: "prefer.writing", group: "view", run: ({ desk }) => (desk.ask = { is: "writing" }) },
];

const PICTURE: Action[] = [
  { id: "picture", words: "picture.add", group: "picture", not: noArticle, run: ({ desk }) => void desk.choosePicture({ to: "in_text", after_line: 0 }) },
  { id: "lead", words: "do.lead", group: "picture", not: noArticle, run: ({ desk }) => void desk.choosePicture({ to: "lead" }) },
  { id: "watch", words: "watched.choose", group: "picture", run: ({ desk }) => void desk.watch() },
];

const LISTS = ["mine", "to_review", "pictures_wanted", "scheduled", "live", "failed", "trash"] as const satisfies QueueList[];
const FIELDS = ["kicker", "headline", "standfirst", ...FOLDED] as const;

const GO: Action[] = [
  { id: "find", words: "queue.find", group: "go", key: "Mod+K", run: (hands) => hands.findEverything() },
  { id: "next_article", words: "do.next_article", group: "go", key: "Mod+PageDown", not: ({ desk }) => (desk.queue?.rows.length ? null : "not.no_row"), run: (hands) => hands.walk(1) },
  { id: "previous_article", words: "do.previous_article", group: "go", key: "Mod+PageUp", not: ({ desk }) => (desk.queue?.rows.length ? null : "not.no_row"), run: (hands) => hands.walk(-1) },
  { id: "next_pane", words: "keys.next_pane", group: "go", key: "F6", run: (hands) => hands.nextPane() },
  ...LISTS.map((list): Action => ({ id: `list.${list}`, words: "do.list", of: `list.${list}`, group: "go", run: ({ desk }) => desk.choose(list) })),
  { id: "next_place", words: "do.next_place", group: "go", key: "F8", not: noArticle, run: (hands) => hands.nextPlace() },
  { id: "field.body", words: "do.go_to", of: "work.body", group: "go", not: noArticle, run: (hands) => hands.goToField("body") },
  ...FIELDS.map((field): Action => ({
    id: `field.${field}`, words: "do.go_to", of: `field.${field}` as Key, group: "go", not: noArticle, run: (hands) => hands.goToField(field),
  })),
];

const STEPS = ["submit", "open_for_review", "return", "approve", "withdraw", "hold", "release", "unspike"] as const satisfies Step[];

const TAKEN: Action[] = [
  { id: "revisions", words: "do.revisions", group: "steps", not: noArticle, run: ({ desk }) => void desk.history.open() },
  { id: "next_step", words: "do.next_step", group: "steps", key: "Mod+Enter", not: noArticle, run: ({ desk }) => void desk.nextStep() },
  ...STEPS.map((step): Action => ({ id: `step.${step}`, words: `step.${step}`, group: "steps", not: may(step), run: ({ desk }) => void desk.step(step) })),
  {
    id: "publish", words: "action.publish", sought: "sought.publish", group: "steps",
    not: (hands) => noArticle(hands) ?? (hands.desk.publishable.length > 0 ? null : "not.publish"),
    run: ({ desk }) => void desk.askPublish(),
  },
  ...(["unpublish", "takedown", "kill"] as const).map((act): Action => ({
    id: act, words: `do.${act}`, sought: `sought.${act}`, group: "steps",
    not: (hands) => noArticle(hands) ?? (hands.desk.readers.portalsFor(act).length > 0 ? null : act === "kill" ? "not.kill" : "not.readers"),
    run: ({ desk }) => void desk.readers.ask(act),
  })),
  {
    id: "retime", words: "do.retime", group: "steps",
    not: (hands) => noArticle(hands) ?? (hands.desk.waitingJob === undefined ? "not.retime" : null),
    run: ({ desk }) => { if (desk.waitingJob !== undefined) desk.askRetime(desk.waitingJob); },
  },
  {
    id: "open_page", words: "action.open_page", group: "steps",
    not: (hands) => noArticle(hands) ?? (livePortal(hands) === undefined ? "not.live" : null),
    run: (hands) => void hands.desk.openPage(livePortal(hands) ?? ""),
  },
];

const livePortal = ({ desk }: Hands) => desk.article?.shown.publications.find(isLive)?.portal;

const zoomOf = (desk: DeskState) => desk.preferences.zoom || 100;

const VIEW: Action[] = [
  { id: "fold_queue", words: "do.fold_queue", group: "view", key: "Mod+1", run: (hands) => hands.foldQueue() },
  { id: "fold_work", words: "do.fold_work", group: "view", key: "Mod+2", not: noArticle, run: (hands) => hands.foldWork() },
  { id: "fold_side", words: "do.fold_side", group: "view", key: "Mod+3", not: noArticle, run: (hands) => hands.foldSide() },
  ...TABS.map((tab): Action => ({ id: `tab.${tab}`, words: "do.tab", of: `side.${tab}`, group: "view", not: noArticle, run: (hands) => hands.showTab(tab) })),
  ...WAYS.map((way): Action => ({ id: `page.${way}`, words: "do.page_as", of: `page.${way}`, group: "view", not: noArticle, run: (hands) => hands.showPageAs(way) })),
  { id: "page.window", words: "do.page_window", group: "view", key: "Mod+4", not: noArticle, run: (hands) => hands.openPageWindow() },
  ...(["light", "dark", "system"] as const).map((theme): Action => ({
    id: `theme.${theme}`, words: "do.theme", of: `prefer.${theme}`, group: "view", run: ({ desk }) => desk.prefer({ theme: theme === "system" ? "" : theme }),
  })),
  ...(["more", "usual", "system"] as const).map((contrast): Action => ({
    id: `contrast.${contrast}`, words: "do.contrast", of: `prefer.${contrast}`, group: "view", run: ({ desk }) => desk.prefer({ contrast: contrast === "system" ? "" : contrast }),
  })),
  ...(["less", "usual", "system"] as const).map((motion): Action => ({
    id: `motion.${motion}`, words: "do.motion", of: `prefer.${motion}`, group: "view", run: ({ desk }) => desk.prefer({ motion: motion === "system" ? "" : motion }),
  })),
  { id: "zone", words: "prefer.zone", group: "view", run: ({ desk }) => (desk.ask = { is: "zone" }) },
  { id: "zoom_in", words: "do.zoom_in", group: "view", key: "Mod+Plus", also: "Mod+=", run: ({ desk }) => desk.zoom(zoomOf(desk) + 10) },
  { id: "zoom_out", words: "do.zoom_out", group: "view", key: "Mod+-", run: ({ desk }) => desk.zoom(zoomOf(desk) - 10) },
  { id: "zoom_none", words: "do.zoom_none", group: "view", key: "Mod+0", run: ({ desk }) => desk.zoom(100) },
  { id: "menu_bar", words: "do.menu_bar", group: "view", not: () => (isMac ? "not.menu_bar" : null), run: ({ desk }) => desk.prefer({ menu_bar: !desk.preferences.menu_bar }) },
  ...(["vi", "en", "system"] as const).map((words): Action => ({
    id: `words.${words}`, words: "do.words", of: `prefer.${words}`, group: "view", run: ({ desk }) => desk.prefer({ words: words === "system" ? "" : words }),
  })),
];

const HELP: Action[] = [
  { id: "palette", words: "do.palette", group: "help", key: "Mod+Shift+P", run: ({ desk }) => void desk.askPalette() },
  { id: "keys", words: "prefer.keys", group: "help", key: "F1", also: "?", run: ({ desk }) => (desk.ask = { is: "keys" }) },
  { id: "report", words: "prefer.report", group: "help", run: ({ desk }) => void desk.askReport() },
];

export const ACTIONS: readonly Action[] = [
  ...FILE, ...EDIT, ...TEXT, QUOTES, ...SPELLING, ...INSERT, ...PICTURE, ...GO, ...TAKEN, ...VIEW, ...WRITING, ...HELP,
];

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
  return ACTIONS.find((action) => action.inText !== true && action.native === undefined && keysOf(action).some(hears));
}

/** WebKitGTK has no key for undo and redo in a field: the window hears them there. */
export function heardInField(event: KeyboardEvent): Action | undefined {
  return EDIT.find(({ native, key }) => (native === "undo" || native === "redo") && isLinux && key !== undefined && isKey(event, key));
}

/** The key that opens a menu opens the one of suggestions where the caret is at a misspelt word, and the system's everywhere else. */
export function heardAtWrongWord(event: KeyboardEvent): Action | undefined {
  const asks = isKey(event, "ContextMenu") || isKey(event, "Shift+F10");
  return asks ? SPELLING.find(({ id }) => id === "spell.suggest") : undefined;
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
