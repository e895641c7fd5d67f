/** Finds words in a text: with accents or without, composed or not, as whole words of any script. Pure. */

export interface Query {
  words: string;
  /** `duong` is not `đường`. */
  accents: boolean;
  /** `Hà` is not `hà`. */
  capitals: boolean;
  whole: boolean;
}

/** A place of a line, in UTF-16 units. */
export interface Found {
  from: number;
  to: number;
}

/** Looks through one line at a time: no line knows of another. */
export interface Finder {
  inLine(line: string): Found[];
}

/** A letter with the marks that follow it. */
const LETTER = /\P{M}\p{M}*|\p{M}+/gu;
/** Nothing to take apart, letter by letter. */
const PLAIN = /^[\x20-\x7e]*$/;
const MARKS = /\p{M}+/gu;

/** Returns words without accents. Đ has none to Unicode: it is a letter of its own, which people leave out like one. */
export function unaccented(words: string): string {
  return words.normalize("NFD").replace(MARKS, "").replace(/[đð]/g, "d").replace(/[ĐÐ]/g, "D");
}

const WORD = /[\p{L}\p{N}_]/u;
/** Written without spaces between words: where one ends only a dictionary knows, so every place is an edge. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Returns the finder of a query, or `null` where it asks for nothing. */
export function finder(query: Query): Finder | null {
  const fold = folding(query);
  const wanted = folded(query.words.replace(/\n/g, " "), query, fold).text;
  return wanted === "" ? null : { inLine: (line) => inLine(line, wanted, query, fold) };
}

type Fold = (letter: string) => string;

function folding({ accents, capitals }: Query): Fold {
  const known = new Map<string, string>();
  const make = (letter: string) => {
    const plain = accents ? letter.normalize("NFC") : unaccented(letter);
    const cased = capitals ? plain : plain.toLowerCase();
    return /^\s$/.test(cased) ? " " : cased; // a space that does not break is a space to who looks for one
  };
  return (letter) => {
    let made = known.get(letter);
    if (made === undefined) known.set(letter, (made = make(letter)));
    return made;
  };
}

interface Folded {
  text: string;
  /** Of each unit of `text`, where the letter it is of begins; one more for the end. `null` where nothing moved. */
  at: number[] | null;
}

function folded(line: string, query: Query, fold: Fold): Folded {
  if (PLAIN.test(line)) return { text: query.capitals ? line : line.toLowerCase(), at: null };
  let text = "";
  let at: number[] | null = null;
  for (const { 0: letter, index } of line.matchAll(LETTER)) {
    const plain = fold(letter);
    if (at === null && plain.length !== letter.length) at = Array.from({ length: text.length }, (_, unit) => unit);
    if (at !== null || letter.length > 1) {
      at ??= Array.from({ length: text.length }, (_, unit) => unit);
      for (let unit = 0; unit < plain.length; unit += 1) at.push(index);
    }
    text += plain;
  }
  at?.push(line.length);
  return { text, at };
}

function inLine(line: string, wanted: string, query: Query, fold: Fold): Found[] {
  const { text, at } = folded(line, query, fold);
  const place = (unit: number) => at?.[unit] ?? unit;
  const found: Found[] = [];
  for (let start = text.indexOf(wanted); start >= 0; ) {
    const end = start + wanted.length;
    const [from, to] = [place(start), place(end)];
    const inside = (unit: number) => at !== null && unit > 0 && unit < text.length && at[unit] === at[unit - 1]; // in the midst of a letter
    const hit = from < to && !inside(start) && !inside(end) && (!query.whole || (isEdge(line, from) && isEdge(line, to)));
    if (hit) found.push({ from, to });
    start = text.indexOf(wanted, hit ? end : start + 1);
  }
  return found;
}

/** Says whether no word goes on over a place of the line. */
function isEdge(line: string, at: number): boolean {
  const before = lastLetter(line, at);
  const after = String.fromCodePoint(line.codePointAt(at) ?? 32);
  if (UNSPACED.test(before) || UNSPACED.test(after)) return true;
  return !(WORD.test(before) && WORD.test(after));
}

/** Returns the letter before a place, past the marks on it. */
function lastLetter(line: string, at: number): string {
  for (let unit = at; unit > 0; ) {
    const low = line.charCodeAt(unit - 1);
    unit -= low >= 0xdc00 && low <= 0xdfff && unit > 1 ? 2 : 1;
    const letter = String.fromCodePoint(line.codePointAt(unit) ?? 32);
    if (!/\p{M}/u.test(letter)) return letter;
  }
  return " ";
}
