/**
 * The window in a browser, with a desk made up in memory: for looking at it while one draws it.
 * `npm run dev`, then http://127.0.0.1:1420/dev/?scene=empty|work|approved|live&words=vi|en&theme=light|dark
 */
import { MadeUpDesk } from "./desk";

const asked = new URLSearchParams(location.search);
const desk = new MadeUpDesk(asked);

// What `@tauri-apps/api` talks to.
const inside = {
  invoke: (command: string, payload: { request?: Record<string, unknown>; event?: string; handler?: number }) => desk.answer(command, payload),
  transformCallback: (hear: (told: unknown) => void) => desk.listen(hear),
  unregisterCallback: () => undefined,
  metadata: { currentWindow: { label: "main" }, currentWebview: { label: "main" } },
};
Object.assign(window, { __TAURI_INTERNALS__: inside, __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: () => undefined }, madeUp: desk });

// A browser has no `photo:` protocol.
const shown = (image: HTMLImageElement) => {
  const found = /^photo:\/\/localhost\/(\w+)\//.exec(image.getAttribute("src") ?? "");
  if (found) image.src = `/@fs${desk.photos}/${found[1]}.jpg`;
};
new MutationObserver(() => document.querySelectorAll("img").forEach(shown)).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });

await import("../src/main");
