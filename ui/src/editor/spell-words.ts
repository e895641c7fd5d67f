/** The words of a text whose spelling is looked at: none of code, links, addresses, marks or numbers. */

export interface Word {
  from: number;
  to: number;
  word: string;
}

/**
 * What is not read as words, in a line of Markdown. Every repetition has a limit: a line without an end to its code or its
 * tag costs no more than another.
 */
const OTHER = new RegExp(
  [
    /``.{1,300}?``|`[^`]{1,300}`/u, // code
    /\]\([^)\s]{0,2000}(?:\s+"[^"]{0,300}")?\)/u, // where a link leads; what it says is read
    /\]\[[^\]]{0,300}\]|^\s{0,3}\[[^\]]{1,300}\]:\s*\S+/u, // references
    /\[\^[^\]]{1,100}\]/u, // footnotes
    /<[^<>]{0,500}>/u, // addresses and tags
    /&#?\w{1,30};/u,
    /[^\s@]{1,64}@[^\s@]{1,200}/u,
    /(?:https?|photo|mailto|file|ftp):\S+/u,
    /(?<![\p{L}\p{N}])[\w-]{1,63}(?:\.[\w-]{1,63}){0,6}\.[a-z]{2,10}(?![\p{L}\p{M}])(?:\/\S*)?/u, // nhandan.vn/tin
    /[#@][\p{L}\p{N}_]{1,100}/u,
    /(?:\p{L}{1,20}-)?\p{L}{0,20}\p{N}[\p{L}\p{N}]*(?:[-.,][\p{L}\p{N}]+)*/u, // numbers, 3G, COVID-19
  ].map((one) => one.source).join("|"),
  "giu",
);
const WORD = /\p{L}[\p{L}\p{M}]*(?:['’‐-][\p{L}\p{M}]+)*/gu;

/** Returns the words of one line; their places are counted from `start`. */
export function wordsOf(line: string, start = 0): Word[] {
  const read = line.replace(OTHER, (other) => " ".repeat(other.length));
  return [...read.matchAll(WORD)].map((found) => ({ from: start + found.index, to: start + found.index + found[0].length, word: found[0] }));
}
