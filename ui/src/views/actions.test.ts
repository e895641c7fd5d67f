import { expect, test } from "vitest";
import { keys } from "$ui/editor/keys";
import { PASTE_PLAIN } from "$ui/editor/paste";
import { keyLabel } from "$ui/parts/keys";
import { t } from "$ui/words";
import { en } from "$ui/words/en";
import { vi } from "$ui/words/vi";
import { ACTIONS, actionName, GROUPS, keysOf } from "./actions";

test("every action has words in both languages, and an id of its own", () => {
  for (const { id, words, of } of ACTIONS) {
    for (const key of of === undefined ? [words] : [words, of]) expect(en[key] && vi[key], `${id}: ${key}`).toBeTruthy();
    expect(en[words].includes("{of}"), id).toBe(of !== undefined);
  }
  expect(new Set(ACTIONS.map((action) => action.id)).size).toBe(ACTIONS.length);
});

test("no two actions are called the same", () => {
  const names = ACTIONS.map(actionName);

  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test.each([false, true])("no key means two things (on a Mac: %s)", (mac) => {
  const all = ACTIONS.flatMap((action) => keysOf(action, mac));

  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
});

test("a key the text hears itself is a key of the text", () => {
  const inEditor = new Set([PASTE_PLAIN, ...keys.flatMap(({ key, linux, mac }) => [key, linux, mac])].map((key) => key?.toLowerCase().replaceAll("-", "+")));

  const strange = ACTIONS.filter((one) => one.inText && !keysOf(one).every((key) => inEditor.has(key.toLowerCase())));
  expect(strange.map((action) => action.id)).toEqual([]);
});

/** The page of keys is written by `npx vitest run actions -u`. */
test("every key is in the documentation", async () => {
  const cells = (mac: boolean, of: (typeof ACTIONS)[number]) => keysOf(of, mac).map((key) => `\`${keyLabel(key, mac)}\``).join(" ");
  const rows = (group: string) => ACTIONS.filter((one) => one.group === group && keysOf(one).length > 0);
  const tables = GROUPS.filter((group) => rows(group).length > 0).map((group) =>
    [`## ${t(`group.${group}`)}`, "", "| | Linux, Windows | macOS |", "|---|---|---|", ...rows(group).map((one) => `| ${actionName(one)} | ${cells(false, one)} | ${cells(true, one)} |`)].join("\n"),
  );
  const page = ["# Keys", "Every action, those without a key too, is in the command palette. This page is written from the window's list of actions.", ...tables].join("\n\n");

  await expect(`${page}\n`).toMatchFileSnapshot("../../../docs/keys.md");
});
