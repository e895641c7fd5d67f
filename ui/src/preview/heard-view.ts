/** The page as a list of what is spoken, patched block by block; a press on a line leads to its place in the text. */

import type { Preview } from "../backend/gen/Preview";
import { afterPaint } from "../editor/after-paint";
import { Scroller } from "../editor/scroll";
import { Built } from "./built";
import { heard, wordsOf, type HeardLine, type HeardNote } from "./heard";
import { blockOf, PageLines } from "./lines";
import { InSlices } from "./slices";
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
  readonly nodes: readonly [HTMLElement];
  readonly lines: readonly HeardLine[];
}

/** What is heard twice may wait until typing rests. Milliseconds. */
const REST = 250;

export class HeardView implements PageView {
  private readonly list: HTMLElement;
  private readonly summary: HTMLElement;
  private readonly intro: HTMLElement;
  private readonly blocks: Built<Block>;
  private lines: readonly number[] = [];
  private linesHeld: PageLines | null = null;
  private comparison: Generator<void, void> | null = null;
  private readonly comparing = new InSlices((end) => this.compareOn(end));
  /** The lines that say what another one says, as they were marked last. */
  private marked = new Set<HeardLine>();
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
    this.blocks = new Built(this.list, (html) => this.blockOf(html), () => this.grown());
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
    this.blocks.stop();
    this.comparing.stop();
    this.element.replaceChildren();
  }

  show(change: Preview): void {
    this.blocks.change(change);
    this.lines = change.lines;
    this.linesHeld = null;
    this.dress(change);
    this.compareLater();
  }

  topLine(): number {
    return this.held().lineAt(this.element.scrollTop);
  }

  scrollToLine(line: number): void {
    this.followed = line;
    this.blocks.reach(blockOf(this.lines, line));
    this.scroller.to(this.held().placeOf(line));
  }

  private dress({ language, dir }: Preview): void {
    this.list.lang = language;
    this.list.dir = dir;
    const said = this.words().page(language);
    if (this.intro.textContent !== said) this.intro.textContent = said;
  }

  private blockOf(html: string): Block {
    const element = made("li", "heard-block");
    const lines = heard(html);
    element.append(...lines.map((line) => this.lineOf(line)));
    return { nodes: [element], lines };
  }

  private grown(): void {
    this.linesHeld = null;
    if (!this.blocks.isWhole) return;
    if (this.followed !== null) this.scrollToLine(this.followed); // laid out once, not at every slice
    this.compareLater();
  }

  /** What was compared so far is of no use: the page is another one. */
  private compareLater(): void {
    this.comparison = null;
    if (this.blocks.isWhole) this.comparing.ask(REST);
    else this.comparing.stop();
  }

  private compareOn(end: number): boolean {
    this.comparison ??= this.compare();
    while (performance.now() < end) if (this.comparison.next().done === true) return false;
    return true;
  }

  private *compare(): Generator<void, void> {
    const blocks = Array.from({ length: this.blocks.count }, (_, index) => this.blocks.of(index)?.lines ?? []);
    const found = yield* twice(blocks);
    let notes = 0;
    for (const [at, lines] of blocks.entries()) {
      for (const [index, line] of lines.entries()) {
        const more = found.get(line) ?? [];
        notes += line.notes.length + more.length;
        const shown = more.length > 0 || this.marked.has(line) ? this.elementOf(at)?.children[index] : undefined;
        if (shown !== undefined) this.note(shown, [...line.notes, ...more]);
      }
      yield;
    }
    this.marked = new Set(found.keys());
    this.summary.textContent = this.words().summary(notes);
    const first = this.list.querySelector("button");
    if (first !== null && this.list.querySelector("button[tabindex='0']") === null) first.tabIndex = 0;
  }

  private elementOf(block: number): HTMLElement | undefined {
    return this.blocks.of(block)?.nodes[0];
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
    const pressed = event.target instanceof Element ? event.target.closest(".heard-line") : null;
    const block = pressed?.parentElement ?? null;
    const index = this.blocks.indexOf(block);
    if (pressed === null || index < 0) return;
    const line = this.lines[index] ?? 0;
    const said = this.blocks.of(index)?.lines[[...(block?.children ?? [])].indexOf(pressed)];
    if (line === 0) this.events.onclickline(0, this.partOf(index), "");
    else this.events.onclickline(line, "", said === undefined ? "" : wordsOf(said).slice(0, 120));
  }

  /** The core gives each part its class; the headline is the only first heading. */
  private partOf(index: number): string {
    const template = document.createElement("template");
    template.innerHTML = this.blocks.htmlOf(index);
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
      shows: (block) => this.elementOf(block) !== undefined,
      topOf: (block) => this.elementOf(block)?.offsetTop ?? 0,
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
