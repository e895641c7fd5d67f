import js from "@eslint/js";
import globals from "globals";
import svelte from "eslint-plugin-svelte";
import typescript from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

const door = {
  "no-restricted-imports": [
    "error",
    { patterns: [{ group: ["@tauri-apps/*"], message: "Only ui/src/backend talks to Rust: import call or events from there." }] },
  ],
};

export default typescript.config(
  { ignores: ["dist/", "node_modules/", "src/backend/gen/"] },
  js.configs.recommended,
  ...typescript.configs.strict,
  ...svelte.configs.recommended,
  { languageOptions: { globals: globals.browser } },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: { parserOptions: { parser: typescript.parser, extraFileExtensions: [".svelte"], svelteConfig } },
    rules: {
      "prefer-const": "off", // `let { value = $bindable() } = $props()`
      "svelte/prefer-svelte-reactivity": "off", // what is not shown need not be watched
    },
  },
  {
    rules: {
      ...door,
      eqeqeq: "error",
      "no-console": "error",
      "no-restricted-syntax": ["error", { selector: "SvelteMustacheTag[kind='raw']", message: "Pages are shown in the preview's frame only." }],
    },
  },
  { files: ["src/backend/*.ts"], rules: { "no-restricted-imports": "off" } },
  { files: ["**/*.test.ts"], rules: { "@typescript-eslint/no-non-null-assertion": "off" } },
  { files: ["*.js", "*.ts"], languageOptions: { globals: globals.node } },
);
