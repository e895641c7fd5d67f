/** Keys as this system writes them, and whether one was pressed. A key is written `Mod+Shift+P`; `Mod` is ⌘ or Ctrl. */

export const isMac = (globalThis.navigator?.userAgent ?? "").includes("Mac");

export const isLinux = (globalThis.navigator?.userAgent ?? "").includes("Linux");

const SIGNS: Record<string, string> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const CAPS: Record<string, string> = { Enter: "↵", ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", Plus: "+" };

/** Returns a key as it stands on the keys of the system: `⌘⇧P` or `Ctrl+Shift+P`. */
export function keyLabel(key: string, mac = isMac): string {
  const parts = key.split("+");
  const cap = parts.pop() ?? "";
  const named = CAPS[cap] ?? cap;
  if (mac) return parts.map((part) => SIGNS[part]).join("") + named;
  return [...parts.map((part) => (part === "Mod" ? "Ctrl" : part)), named].join("+");
}

/** Returns a key with the system's command key, `⌘1` or `Ctrl+1`. */
export function keyName(key: string): string {
  return keyLabel(`Mod+${key}`);
}

/** True where that key was pressed, with those modifiers and no other. */
export function isKey(event: KeyboardEvent, key: string, mac = isMac): boolean {
  const parts = key.split("+");
  const cap = parts.pop() ?? "";
  const wants = (part: string) => parts.includes(part);
  const [ctrl, meta] = mac ? [wants("Ctrl"), wants("Mod")] : [wants("Ctrl") || wants("Mod"), false];
  if (event.ctrlKey !== ctrl || event.metaKey !== meta || event.altKey !== wants("Alt")) return false;
  // A sign such as `?` or `+` is typed with Shift on one keyboard and without on another.
  const sign = cap === "Plus" || (cap.length === 1 && !/[A-Z0-9]/.test(cap));
  if (!sign && event.shiftKey !== wants("Shift")) return false;
  return pressed(event, mac) === (cap === "Plus" ? "+" : cap.toUpperCase());
}

/** Letters and digits by their place where the layout has others there: a Vietnamese one writes `ă` on the key 1. */
function pressed({ key, code }: KeyboardEvent, mac: boolean): string {
  const placed = /^(?:Key|Digit)(.)$/.exec(code)?.[1];
  const foreign = key.length === 1 && key > "~";
  return placed !== undefined && (foreign || (mac && key === "Dead")) ? placed : key.toUpperCase();
}
