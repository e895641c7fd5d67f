import { expect, test } from "vitest";
import { isKey, keyLabel } from "./keys";

const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
  ({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }) as KeyboardEvent;

test("a key is written as the system writes it", () => {
  expect(keyLabel("Mod+Shift+P", false)).toBe("Ctrl+Shift+P");
  expect(keyLabel("Mod+Shift+P", true)).toBe("⌘⇧P");
  expect(keyLabel("Mod+Plus", false)).toBe("Ctrl++");
  expect(keyLabel("Alt+ArrowUp", true)).toBe("⌥↑");
});

test("a key is heard with its modifiers and no other", () => {
  expect(isKey(press("n", { ctrlKey: true }), "Mod+N", false)).toBe(true);
  expect(isKey(press("n", { metaKey: true }), "Mod+N", true)).toBe(true);
  expect(isKey(press("n", { ctrlKey: true }), "Mod+N", true)).toBe(false);
  expect(isKey(press("N", { ctrlKey: true, shiftKey: true }), "Mod+N", false)).toBe(false);
  expect(isKey(press("P", { ctrlKey: true, shiftKey: true }), "Mod+Shift+P", false)).toBe(true);
  expect(isKey(press("n"), "Mod+N", false)).toBe(false);
});

test("AltGr, which types letters, is no command", () => {
  expect(isKey(press("k", { ctrlKey: true, altKey: true }), "Mod+K", false)).toBe(false);
});

test("a sign is heard however the keyboard comes to it", () => {
  expect(isKey(press("?", { shiftKey: true }), "?", false)).toBe(true);
  expect(isKey(press("+", { ctrlKey: true, shiftKey: true }), "Mod+Plus", false)).toBe(true);
  expect(isKey(press("+", { ctrlKey: true }), "Mod+Plus", false)).toBe(true);
  expect(isKey(press(".", { ctrlKey: true }), "Mod+.", false)).toBe(true);
});

test("a Vietnamese layout has letters where others have digits", () => {
  expect(isKey(press("ă", { ctrlKey: true, code: "Digit1" }), "Mod+1", false)).toBe(true);
  expect(isKey(press("đ", { ctrlKey: true, code: "Digit0" }), "Mod+0", false)).toBe(true);
});
