/** Keys as this system writes them. */

export const isMac = navigator.userAgent.includes("Mac");

/** Returns a key with the system's command key, `⌘1` or `Ctrl+1`. */
export function keyName(key: string): string {
  return isMac ? `⌘${key.replace("Shift+", "⇧")}` : `Ctrl+${key}`;
}

/** True where the event is that key with the system's command key, and no other. */
export function isCommand(event: KeyboardEvent, key: string): boolean {
  const command = isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
  return command && !event.altKey && !event.shiftKey && event.key.toLowerCase() === key;
}
