import type { Query } from "$ui/editor/find";

/** What is looked for in the text, and what is to stand in its place. */
export interface FindAsked extends Query {
  replacement: string;
}

/** Accents are left out until they are asked for, as everywhere one looks for something here. */
export const NOTHING_ASKED: FindAsked = { words: "", accents: false, capitals: false, whole: false, replacement: "" };
