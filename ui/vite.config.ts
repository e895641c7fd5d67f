import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ command }) => ({
  plugins: [svelte()],
  resolve: { alias: { $ui: here("./src") } },
  server: { host: "127.0.0.1", port: 1420, strictPort: true, fs: { allow: [here("..")] } },
  define: command === "serve" ? { __REPOSITORY__: JSON.stringify(here("..").replace(/\/$/, "")) } : {}, // for ui/dev only
  build: {
    target: ["es2022", "safari17"],
    rolldownOptions: { input: { index: here("index.html"), page: here("page.html") } }, // the desk's window, and the page's own
    assetsInlineLimit: 0, // the window's policy has no place for `data:` addresses
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
  },
}));
