/** The page as a list of what is spoken, patched block by block; a press on a line leads to its place in the text. */

import type { Preview } from "../backend/gen/Preview";
import { afterPaint } from "../editor/after-paint";
import { Scroller } from "../editor/scroll";
import { heard, type HeardLine, type HeardNote } from "./heard";
import { PageLines } from "./lines";
import { twice } from "./twice";
import type { PageView, ViewEvents } from "./view";

/** The words of the window for what is heard. */
export interface HeardWords {
  /** What is said before the words of a line: “heading level 2”. */
  kind(line: HeardLine): string;
  note(note: HeardNote): string;
  link: string;
  /** The first line: which page this is. */
  page(language: string): string;
  /** Words in another language than the page's. */
  language(tag: string): string;
  summary(notes: number): string;
}

interface Block {
  html: string;
  element: HTMLElement;
  /** `null` until it is this block's turn. */
  lines: HeardLine[] | null;
}

/** A long page is read in slices, so that no key waits for it. Milliseconds. */
const SLICE = 8;
const AT_ONCE = 40;

export class HeardView implements PageView {
  private readonly list: HTMLElement;
  private readonly summary: HTMLElement;
  private readonly intro: HTMLElement;
  private blocks: Block[] = [];
  private lines: readonly number[] = [];
  private linesHeld: PageLines | null = null;
  private unread = 0;
  /** Every block before this one is read. */
  private readTo = 0;
  private reading: ReturnType<typeof setTimeout> | undefined;
  private comparing: ReturnType<typeof setTimeout> | undefined;
  /** The line the text is at, followed until a person scrolls here. */
  private followed: number | null = null;
  private readonly scroller: Scroller;
  private readonly settled = afterPaint(() => this.events.onscrollline(this.topLine()));
  private readonly away = new AbortController();

  constructor(private readonly element: HTMLElement, private readonly words: () => HeardWords, private readonly events: ViewEvents) {
    this.scroller = new Scroller(element);
    this.summary = made("p", "heard-summary");
    this.summary.setAttribute("role", "status");
    this.intro = made("p", "heard-intro");
    this.list = made("ol", "heard-list");
    element.append(this.summary, this.intro, this.list);
    const { signal } = this.away;
    element.addEventListener("scroll", () => this.scrolled(), { passive: true, signal });
    element.addEventListener("click", (event) => this.pressed(event), { signal });
    element.addEventListener("keydown", (event) => this.walked(event), { signal });
    const whole = events.whole();
    if (whole === null) return;
    this.show(whole);
    events.onopened();
  }

  close(): void {
    this.away.abort();
    clearTimeout(this.reading);
    clearTimeout(this.comparing);
    this.element.replaceChildren();
  }

  show(change: Preview): void {
    const [from, remove] = change.applies_to === 0 ? [0, this.blocks.length] : [change.from, change.remove];
    const tail = this.blocks.splice(from);
    for (const gone of tail.splice(0, remove)) {
      if (gone.lines === null) this.unread -= 1;
      gone.element.remove();
    }
    const before = tail[0]?.element ?? null;
    const fragment = document.createDocumentFragment();
    for (const html of change.insert) {
      const element = made("li", "heard-block");
      fragment.append(element);
      this.blocks.push({ html, element, lines: null });
    }
    this.list.insertBefore(fragment, before);
    for (const block of tail) this.blocks.push(block);
    this.unread += change.insert.length;
    this.readTo = Math.min(this.readTo, from);
    this.lines = change.lines;
    this.linesHeld = null;
    this.dress(change);
    if (change.insert.length <= AT_ONCE) this.read(from, from + change.insert.length);
    this.readOn();
  }

  topLine(): number {
    return this.held().lineAt(this.element.scrollTop);
  }

  scrollToLine(line: number): void {
    this.followed = line;
    this.scroller.to(this.held().placeOf(line));
  }

  private dress({ language, dir }: Preview): void {
    this.list.lang = language;
    this.list.dir = dir;
    const said = this.words().page(language);
    if (this.intro.textContent !== said) this.intro.textContent = said;
  }

  private read(from: number, to: number): void {
    for (const block of this.blocks.slice(from, to)) this.readBlock(block);
  }

  private readBlock(block: Block): void {
    if (block.lines !== null) return;
    block.lines = heard(block.html);
    this.unread -= 1;
    block.element.replaceChildren(...block.lines.map((line) => this.lineOf(line)));
  }

  private readOn(): void {
    clearTimeout(this.reading);
    clearTimeout(this.comparing);
    if (this.unread > 0) this.reading = setTimeout(() => this.readSlice());
    else this.comparing = setTimeout(() => this.compare(), 250); // what is heard twice may wait until typing rests
  }

  private readSlice(): void {
    const end = performance.now() + SLICE;
    for (; this.readTo < this.blocks.length && performance.now() < end; this.readTo += 1) {
      const block = this.blocks[this.readTo];
      if (block !== undefined) this.readBlock(block);
    }
    if (this.unread === 0 && this.followed !== null) this.scrollToLine(this.followed); // laid out once, not at every slice
    this.readOn();
  }

  private compare(): void {
    const found = twice(this.blocks.map((block) => block.lines ?? []));
    let notes = 0;
    for (const block of this.blocks) {
      for (const [index, line] of (block.lines ?? []).entries()) {
        const all = [...line.notes, ...(found.get(line) ?? [])];
        notes += all.length;
        const shown = block.element.children[index];
        if (shown !== undefined) this.note(shown, all);
      }
    }
    this.summary.textContent = this.words().summary(notes);
    const first = this.list.querySelector("button");
    if (first !== null && this.list.querySelector("button[tabindex='0']") === null) first.tabIndex = 0;
  }

  private lineOf(line: HeardLine): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.className = `heard-line as-${line.as} depth-${Math.min(4, line.depth)}`;
    const kind = this.words().kind(line);
    if (kind !== "") button.append(made("span", "heard-as", kind, document.documentElement.lang), " ");
    for (const said of line.said) button.append(...this.wordsOf(said), " ");
    this.note(button, line.notes);
    return button;
  }

  private wordsOf(said: HeardLine["said"][number]): HTMLElement[] {
    const before = said.as === "link" ? this.words().link : said.lang === undefined ? "" : this.words().language(said.lang);
    const words = made("span", said.as === "cell" ? "heard-cell" : "heard-words", said.words, said.lang ?? "");
    return before === "" ? [words] : [made("span", "heard-as", before, document.documentElement.lang), words];
  }

  private note(line: Element, notes: readonly HeardNote[]): void {
    const words = [...new Set(notes)].map((note) => this.words().note(note));
    const shown = [...line.querySelectorAll(".heard-note")];
    if (shown.map((one) => one.textContent).join("\n") === words.join("\n")) return;
    for (const old of shown) old.remove();
    line.append(...words.map((said) => made("span", "heard-note", said, document.documentElement.lang)));
  }

  private scrolled(): void {
    if (this.scroller.isOwn()) return;
    this.followed = null;
    this.settled.ask();
  }

  private pressed(event: MouseEvent): void {
    const block = event.target instanceof Element ? event.target.closest(".heard-line")?.parentElement : null;
    const index = this.blocks.findIndex((one) => one.element === block);
    if (index < 0) return;
    const line = this.lines[index] ?? 0;
    this.events.onclickline(line, line === 0 ? this.partOf(index) : "");
  }

  /** The core gives each part its class; the headline is the only first heading. */
  private partOf(index: number): string {
    const template = document.createElement("template");
    template.innerHTML = this.blocks[index]?.html ?? "";
    const element = template.content.firstElementChild;
    return element?.localName === "h1" ? "headline" : (element?.classList[0] ?? "");
  }

  /** Arrows walk from line to line, as the arrows of a screen reader do. */
  private walked(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.list.querySelectorAll("button")];
    const here = all.findIndex((one) => one === document.activeElement);
    const next = all[here < 0 ? 0 : here + step];
    if (next === undefined) return;
    event.preventDefault();
    if (here >= 0) (all[here] as HTMLButtonElement).tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }

  private held(): PageLines {
    return (this.linesHeld ??= new PageLines({
      lines: this.lines,
      shows: (block) => this.blocks[block] !== undefined,
      topOf: (block) => this.blocks[block]?.element.offsetTop ?? 0,
      height: () => this.element.scrollHeight,
    }));
  }
}

function made(name: string, look: string, words = "", language = ""): HTMLElement {
  const element = document.createElement(name);
  element.className = look;
  if (words !== "") element.textContent = words;
  if (language !== "") element.lang = language;
  return element;
}
