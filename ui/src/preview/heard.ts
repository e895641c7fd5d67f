/**
 * The page as a screen reader says it: what is spoken, in reading order, from the very HTML of the page.
 *
 * Names and roles follow the W3C's rules (HTML-AAM 1.0 for which element is what, accname 1.2 for what it is called:
 * `aria-label` before content, `alt` of a picture, nothing for what is `aria-hidden`). The core makes a small, closed set of
 * elements; the words are read from a document that shows and loads nothing, so no style has a say.
 */

export type HeardAs =
  | "page" | "heading" | "text" | "picture" | "figure" | "caption" | "credit" | "quotation" | "list" | "item" | "table" | "row"
  | "complementary" | "region" | "separator" | "placeholder";

/** What should not be as it is: heard twice, or not heard. */
export type HeardNote =
  | "alt_missing" | "link_empty" | "heading_empty" | "not_on_page" | "struck"
  | "alt_is_caption" | "caption_in_text" | "credit_twice" | "said_twice" | "same_link_words";

/** Words that are spoken; `as` is said before them. */
export interface Said {
  words: string;
  as?: "link" | "cell";
  /** Where a link leads. */
  href?: string;
  /** BCP 47, where it is not the page's language. */
  lang?: string;
}

export interface HeardLine {
  as: HeardAs;
  said: Said[];
  /** How deep in lists, quotations and tables. */
  depth: number;
  /** Of a heading: its level. Of an item or a row: which. */
  n: number;
  /** Of a list or table: how many items or rows. Of an item or row: how many there are. */
  of: number;
  /** Of a table. */
  columns: number;
  notes: HeardNote[];
}

const BLOCK = new Set(
  "address article aside blockquote details dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr img li main nav ol p pre section table ul".split(" "),
);
const SILENT = new Set(["script", "style", "template", "source", "track", "noscript"]);

/** Returns what is heard of one block of the page. */
export function heard(html: string, document: Document = globalThis.document): HeardLine[] {
  const template = document.createElement("template"); // what stands in it loads and runs nothing
  template.innerHTML = html;
  const walk = new Walk();
  walk.children(template.content, { depth: 0, lang: "", struck: false });
  walk.flush();
  return walk.lines;
}

/** Returns the words of a line as they are spoken. */
export function wordsOf(line: HeardLine): string {
  return line.said.map((said) => said.words).join(" ").replace(/\s+/g, " ").trim();
}

interface Where {
  depth: number;
  lang: string;
  struck: boolean;
}

class Walk {
  readonly lines: HeardLine[] = [];
  private said: Said[] = [];
  private notes: HeardNote[] = [];
  /** What the next words are; plain text where nothing is said. */
  private next: Partial<HeardLine> = {};
  private depth = 0;

  children(parent: Node, where: Where): void {
    for (const child of parent.childNodes) {
      if (child.nodeType === 3) this.text(child.nodeValue ?? "", where);
      else if (child.nodeType === 1) this.element(child as Element, where);
    }
  }

  /** What is spoken so far is a line of its own. */
  flush(): void {
    const said = tidied(this.said);
    if (said.length > 0 || this.next.as === "item") {
      this.lines.push({ as: "text", depth: this.depth, n: 0, of: 0, columns: 0, ...this.next, said, notes: this.notes });
    } else if (this.notes.length > 0) {
      this.lines.push({ as: "text", depth: this.depth, n: 0, of: 0, columns: 0, said, notes: this.notes });
    }
    [this.said, this.notes, this.next] = [[], [], {}];
  }

  private element(element: Element, outer: Where): void {
    const name = element.localName;
    if (SILENT.has(name) || element.getAttribute("aria-hidden") === "true" || element.hasAttribute("hidden")) return;
    const where = { ...outer, lang: element.getAttribute("lang") ?? outer.lang, struck: outer.struck || name === "del" || name === "s" };
    if (!BLOCK.has(name)) {
      this.inline(element, where);
      return;
    }
    if (this.next.as !== "item" || tidied(this.said).length > 0) this.flush();
    this.depth = where.depth;
    this.block(element, where);
    if (name !== "p" || this.next.as !== "item") this.flush();
    this.depth = outer.depth;
  }

  private inline(element: Element, where: Where): void {
    const name = element.localName;
    if (name === "br") this.text(" ", where);
    else if (name === "a") this.link(element, where);
    else if (element.classList.contains("credit-label") && element.parentElement?.localName === "figcaption") this.credit(element, where);
    else this.children(element, where);
  }

  /** A credit is heard after its caption, as a line of its own. */
  private credit(element: Element, where: Where): void {
    this.flush();
    this.next = { as: "credit" };
    this.children(element, where);
  }

  private link(element: Element, where: Where): void {
    const words = nameOf(element);
    const href = element.getAttribute("href") ?? "";
    if (words === "") this.notes.push("link_empty");
    else this.said.push({ words, as: "link", href, ...(where.lang === "" ? {} : { lang: where.lang }) });
  }

  private text(words: string, where: Where): void {
    if (where.struck && words.trim() !== "" && !this.notes.includes("struck")) this.notes.push("struck");
    this.said.push({ words, ...(where.lang === "" ? {} : { lang: where.lang }) });
  }

  private block(element: Element, where: Where): void {
    const name = element.localName;
    if (element.matches(".wanted, .not-taken-in")) this.line({ as: "placeholder", said: [{ words: plain(element) }], notes: ["not_on_page"] });
    else if (/^h[1-6]$/.test(name)) this.heading(element, where);
    else if (name === "img") this.picture(element);
    else if (name === "figure") this.group({ as: "figure" }, element, where);
    else if (name === "figcaption") this.called({ as: "caption" }, element, where);
    else if (name === "blockquote") this.group({ as: "quotation" }, element, where);
    else if (name === "aside") this.group({ as: "complementary", said: named(element) }, element, where);
    else if (name === "section" && nameOfRegion(element) !== "") this.group({ as: "region", said: named(element) }, element, where);
    else if (name === "ul" || name === "ol") this.list(element, where);
    else if (name === "table") this.table(element, where);
    else if (name === "hr") this.line({ as: "separator" });
    else this.children(element, where);
  }

  private heading(element: Element, where: Where): void {
    this.next = { as: "heading", n: Number(element.localName[1]) };
    this.children(element, where);
    if (tidied(this.said).length === 0) this.notes.push("heading_empty");
  }

  private picture(element: Element): void {
    const alt = (element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "").trim();
    this.line({ as: "picture", said: alt === "" ? [] : [{ words: alt }], notes: alt === "" ? ["alt_missing"] : [] });
  }

  private list(element: Element, where: Where): void {
    const items = [...element.children].filter((child) => child.localName === "li");
    this.line({ as: "list", of: items.length });
    for (const [index, item] of items.entries()) {
      this.flush();
      this.depth = where.depth + 1;
      this.next = { as: "item", n: index + 1, of: items.length };
      this.children(item, { ...where, depth: where.depth + 1, lang: item.getAttribute("lang") ?? where.lang });
      this.flush();
    }
  }

  private table(element: Element, where: Where): void {
    const rows = [...element.querySelectorAll("tr")];
    const columns = Math.max(0, ...rows.map((row) => row.children.length));
    const heads = [...(rows[0]?.children ?? [])].map((cell) => (cell.localName === "th" ? plain(cell) : ""));
    this.line({ as: "table", of: rows.length, columns });
    for (const [index, row] of rows.entries()) {
      this.depth = where.depth + 1;
      this.next = { as: "row", n: index + 1, of: rows.length };
      for (const [column, cell] of [...row.children].entries()) {
        const head = cell.localName === "th" ? "" : (heads[column] ?? "");
        this.said.push({ words: head, as: "cell" });
        this.children(cell, where);
      }
      this.flush();
    }
  }

  private group(line: Partial<HeardLine>, element: Element, where: Where): void {
    this.line(line);
    this.depth = where.depth + 1;
    this.children(element, { ...where, depth: where.depth + 1 });
    this.flush();
  }

  private called(next: Partial<HeardLine>, element: Element, where: Where): void {
    this.next = next;
    this.children(element, where);
  }

  private line(line: Partial<HeardLine>): void {
    this.flush();
    this.lines.push({ as: "text", said: [], depth: this.depth, n: 0, of: 0, columns: 0, notes: [], ...line });
  }
}

/** accname 1.2: `aria-label` before the content; a picture inside gives its alt. */
function nameOf(element: Element): string {
  const label = element.getAttribute("aria-label")?.trim() ?? "";
  if (label !== "") return label;
  const alts = [...element.querySelectorAll("img")].map((image) => image.getAttribute("alt") ?? "");
  return [plain(element), ...alts].join(" ").replace(/\s+/g, " ").trim();
}

/** A section is a landmark only where it has a name (HTML-AAM). */
function nameOfRegion(element: Element): string {
  return element.getAttribute("aria-label")?.trim() ?? "";
}

function named(element: Element): Said[] {
  const name = nameOfRegion(element);
  return name === "" ? [] : [{ words: name }];
}

function plain(element: Element): string {
  return (element.textContent ?? "").replace(/\s+/g, " ").trim();
}

/** Joins neighbouring words and takes away what is only white space. */
function tidied(said: readonly Said[]): Said[] {
  const joined: Said[] = [];
  for (const one of said) {
    const last = joined.at(-1);
    if (last !== undefined && last.as === undefined && one.as === undefined && last.lang === one.lang) {
      joined[joined.length - 1] = { ...last, words: last.words + one.words };
    } else joined.push({ ...one });
  }
  const even = joined.map((one) => ({ ...one, words: one.words.replace(/\s+/g, " ").trim() }));
  return even.filter((one) => one.words !== "" || one.as === "cell");
}
