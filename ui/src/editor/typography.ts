/** Quotes, spaces and dashes as each language sets them. Pure: what a key makes of the line before it. */

interface Rules {
  /** Quotation marks, with the space that belongs inside of them. */
  open: string;
  close: string;
  /** Those of a quotation within a quotation, where the same key makes them. */
  inner?: { open: string; close: string };
  /** What stands before a sign, where something does. */
  spaces: Readonly<Record<string, string>>;
  /** Three dots are one sign. */
  ellipsis: boolean;
  /** Two hyphens are a dash (–), three a long one (—). */
  longDash: boolean;
  /** A single quote never opens: it is an apostrophe wherever it stands. */
  apostropheOnly?: boolean;
}

export const NBSP = "\u00a0";
export const NARROW = "\u202f";

const ENGLISH: Rules = { open: "“", close: "”", spaces: {}, ellipsis: true, longDash: true };
/** Vietnamese and Malay newsrooms set three dots as three dots. */
const DOTTED: Rules = { ...ENGLISH, ellipsis: false };
/** Lexique des règles typographiques en usage à l'Imprimerie nationale: a full space before the colon, thin ones elsewhere. */
const FRENCH: Rules = {
  open: `«${NARROW}`, close: `${NARROW}»`, inner: { open: "“", close: "”" },
  spaces: { ";": NARROW, "!": NARROW, "?": NARROW, ":": NBSP },
  ellipsis: true, longDash: false, apostropheOnly: true,
};
/** In Canada nothing stands before ; ! and ? (Office québécois de la langue française). */
const FRENCH_CANADA: Rules = { ...FRENCH, spaces: { ":": NBSP } };

const OF_LANGUAGE: Readonly<Record<string, Rules>> = { vi: { ...DOTTED, longDash: false }, ms: DOTTED, en: ENGLISH, fr: FRENCH };

function rulesOf(language: string): Rules | undefined {
  const tag = language.toLowerCase();
  return tag === "fr-ca" ? FRENCH_CANADA : OF_LANGUAGE[tag.split("-")[0] ?? ""];
}

/** What becomes of a key: so many units before it go, and this stands in their place and its own. */
export interface Made {
  cut: number;
  insert: string;
}

/** The keys that are ever set otherwise than typed. */
export const KEYS: ReadonlySet<string> = new Set(['"', "'", ".", "-", ";", ":", "!", "?"]);

/** So much of a line is looked at. */
const REACH = 1000;

/** Returns what `key` becomes after the words `line` in a text of `language`, or `null` where it stays as typed. */
export function set(language: string, line: string, key: string): Made | null {
  const rules = rulesOf(language);
  const before = line.slice(-REACH);
  if (rules === undefined || !KEYS.has(key) || isRaw(before)) return null;
  if (key === '"') return double(rules, before);
  if (key === "'") return single(rules, before);
  if (key === ".") return rules.ellipsis && /(?:^|[^./])\.\.$/.test(before) && before.trim() !== ".." ? { cut: 2, insert: "…" } : null;
  if (key === "-") return dash(rules, before);
  return spaced(rules, before, key);
}

const LINKED = /\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)/g;
const REFERENCE = /^ {0,3}\[(?!\^)[^\]]+\]:/;
const ADDRESS = /https?:|ftp:|www\.|photo:|mailto:|tel:|[\w.-]@/i;

/** Code, links, addresses and what is escaped stay as typed. */
function isRaw(before: string): boolean {
  if (before.endsWith("\\") || count(before, "`") % 2 === 1 || REFERENCE.test(before)) return true;
  const open = before.includes("](") ? before.replace(LINKED, "] ") : before; // a link that is complete is behind us
  const tag = open.lastIndexOf("<");
  const isTag = tag > open.lastIndexOf(">") && /\S/.test(open.charAt(tag + 1));
  return isTag || open.lastIndexOf("](") > open.lastIndexOf(")") || ADDRESS.test(lastToken(open));
}

function lastToken(text: string): string {
  let at = text.length;
  while (at > 0 && !/\s/.test(text.charAt(at - 1))) at -= 1;
  return text.slice(at);
}

/** A quote opens at the start of a line, after a space, a bracket, a dash, another opening quote; marks of emphasis do not count. */
function opens(before: string): boolean {
  return /(?:^|[\s([{–—/“‘«-])$/u.test(before.replace(/[*_~]+$/, ""));
}

const count = (text: string, sign: string) => text.split(sign).length - 1;
const replacing = (spaces: RegExp, before: string) => spaces.exec(before)?.[0].length ?? 0;

function double(rules: Rules, before: string): Made {
  const within = count(before, "«") > count(before, "»");
  if (opens(before) || (rules.apostropheOnly === true && /[’']$/.test(before))) {
    return { cut: 0, insert: within && rules.inner ? rules.inner.open : rules.open };
  }
  if (rules.inner && count(before, "“") > count(before, "”")) return { cut: 0, insert: rules.inner.close };
  const has = rules.close.startsWith(NARROW) ? replacing(new RegExp(`[${NBSP}${NARROW}]$`), before) : 0;
  return { cut: has, insert: rules.close };
}

function single(rules: Rules, before: string): Made {
  return { cut: 0, insert: rules.apostropheOnly !== true && opens(before) ? "‘" : "’" };
}

/** Rules of Markdown, tables and underlined headings are of nothing but hyphens and their like. */
const ONLY_MARKS = /^[\s>|:*_–-]*$/;

function dash(rules: Rules, before: string): Made | null {
  if (ONLY_MARKS.test(before)) return null;
  if (/(?:^|[^-])-$/.test(before)) return { cut: 1, insert: "–" };
  return rules.longDash && before.endsWith("–") ? { cut: 1, insert: "—" } : null;
}

function spaced(rules: Rules, before: string, key: string): Made | null {
  const space = rules.spaces[key];
  const words = before.replace(/ +$/, "");
  if (space === undefined || !/[\p{L}\p{M}\p{N}\])”’»%…*_~]$/u.test(words)) return null;
  const glued = words.length === before.length;
  if (glued && key === ":" && !/[\p{L}\p{M}\])”’»*_]$/u.test(words)) return null; // a time, a score
  if (glued && key === ":" && /(?:^|\s)(?:https?|ftp|mailto|tel|photo)$/i.test(words)) return null;
  if (key === ":" && /^ {0,3}\[[^\]]+\]$/.test(words)) return null; // the name of a link or a note
  if (key === ";" && /&#?\w+$/.test(words)) return null; // the end of &amp;
  return { cut: before.length - words.length, insert: `${space}${key}` };
}

/** A change of a text; places in UTF-16 units. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

interface Piece {
  text: string;
  from: number;
  to: number;
}

/**
 * Returns what sets the quotes and spaces of a text right, as if it were typed anew: straight quotes, hyphens for dashes,
 * spaces before a comma, two spaces between words. `isKept` says what is left alone: code, addresses, links.
 */
export function setRight(language: string, text: string, isKept: (at: number) => boolean): Change[] {
  if (rulesOf(language) === undefined) return [];
  const changes: Change[] = [];
  let at = 0;
  for (const line of text.split("\n")) {
    const start = at;
    changes.push(...lineRight(language, line, (column) => isKept(start + column)).map(({ from, to, insert }) => ({ from: start + from, to: start + to, insert })));
    at += line.length + 1;
  }
  return changes;
}

function lineRight(language: string, line: string, isKept: (column: number) => boolean): Change[] {
  if (!/[-"'.;:!?,]| {2}/.test(line)) return [];
  const pieces: Piece[] = [];
  let before = "";
  for (let at = 0; at < line.length; at += 1) {
    const key = line.charAt(at);
    const made = isKept(at) ? null : rightOf(language, before, key, line, at);
    if (made === null) {
      pieces.push({ text: key, from: at, to: at + 1 });
      before += key;
      if (before.length > 4 * REACH) before = before.slice(-REACH);
      continue;
    }
    const { from, text } = cutOff(pieces, made.cut, at);
    pieces.push({ text: text + made.insert, from, to: at + 1 });
    before = before.slice(0, before.length - made.cut) + made.insert;
    if (before.length > 4 * REACH) before = before.slice(-REACH);
  }
  return pieces.filter(({ text, from, to }) => text !== line.slice(from, to)).map(({ text, from, to }) => ({ from, to, insert: text }));
}

/** Takes so many units off the end, and returns where what is left of the last piece taken begins. */
function cutOff(pieces: Piece[], cut: number, at: number): { from: number; text: string } {
  let [from, text] = [at, ""];
  while (cut > 0) {
    const last = pieces.pop();
    if (last === undefined) break;
    from = last.from;
    text = last.text.slice(0, Math.max(0, last.text.length - cut));
    cut -= last.text.length;
  }
  return { from, text };
}

function rightOf(language: string, before: string, key: string, line: string, at: number): Made | null {
  if (key === " " ? !before.endsWith(" ") : key !== "," && !KEYS.has(key)) return null;
  if (isRaw(before)) return null;
  const rest = line.slice(at + 1);
  if (key === " ") return line.includes("|") ? null : spaceRight(before, rest);
  if ((key === "-" || key === ".") && runAround(line, at, key) > 3) return null;
  if (key === "-" && runAround(line, at, key) === 3 && rulesOf(language)?.longDash !== true) return null;
  const typed = set(language, before, key);
  if (typed !== null) return typed;
  const early = /[\p{L}\p{M}\p{N})”’»*_](?<spaces> +)$/u.exec(before)?.groups?.["spaces"]?.length ?? 0;
  const ends = /^(?:$|[\s”’»")\]])/u.test(rest);
  return ",.;:!?".includes(key) && early > 0 && ends ? { cut: early, insert: key } : null;
}

/** The second space between words goes; those that indent a line, align a table or end one (a line break) stay. */
function spaceRight(before: string, rest: string): Made | null {
  const between = /\S $/.test(before) && rest.trim() !== "" && !/^\s*(?:>\s*)*(?:[-*+]|\d+[.)]) $/.test(before);
  return between && !/^\s*(?:>\s?)+$/.test(before) ? { cut: 1, insert: " " } : null;
}

function runAround(line: string, at: number, sign: string): number {
  let [from, to] = [at, at + 1];
  while (from > 0 && line.charAt(from - 1) === sign) from -= 1;
  while (to < line.length && line.charAt(to) === sign) to += 1;
  return to - from;
}
