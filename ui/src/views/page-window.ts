/** The page's own window as the desk's window sees it: told what is open and where, heard when something is done there. */

import { call } from "$ui/backend/call";
import type { PageSaid } from "$ui/backend/gen/PageSaid";
import type { PageTold } from "$ui/backend/gen/PageTold";

export interface PageWindowEvents {
  onscrollline(line: number): void;
  onclickline(line: number, part: string, words: string): void;
  onway(way: string): void;
  /** It stands: where is the text now? */
  onready(): void;
}

export class PageWindow {
  private open = false;
  private following: { id: string | null; title: string } = { id: null, title: "" };
  /** The newest place not told yet, while one is on its way. */
  private waiting: number | null = null;
  private telling = false;

  constructor(private readonly events: PageWindowEvents) {}

  /** Opens it, or raises it where it is open. */
  async show(): Promise<void> {
    await call("open_page_window", { title: this.following.title, again: false });
  }

  /** It was open when the desk was left: it comes back, and the desk keeps the focus. */
  async comeBack(): Promise<void> {
    await call("open_page_window", { title: this.following.title, again: true }).catch(() => undefined); // it is one key away
  }

  /** Another article is open, or it has another name. */
  follow(id: string | null, title: string): void {
    this.following = { id, title };
    if (this.open) void this.tell({ is: "article", id, title });
  }

  /** The text was scrolled. Costs nothing where the window is not open. */
  scrolledTo(line: number): void {
    if (!this.open) return;
    this.waiting = line;
    if (!this.telling) void this.tellPlaces();
  }

  hear(said: PageSaid): void {
    switch (said.is) {
      case "ready":
        this.open = true;
        this.follow(this.following.id, this.following.title);
        this.events.onready();
        break;
      case "closed":
        this.open = false;
        break;
      case "scrolled":
        this.events.onscrollline(said.line);
        break;
      case "clicked":
        this.events.onclickline(said.line, said.part, said.words);
        break;
      case "shown_as":
        this.events.onway(said.way);
        break;
      case "back":
        break; // the desk's window has the focus by now
    }
  }

  private async tellPlaces(): Promise<void> {
    this.telling = true;
    for (let line = this.waiting; line !== null; line = this.waiting) {
      this.waiting = null;
      await this.tell({ is: "scrolled", line });
    }
    this.telling = false;
  }

  private async tell(told: PageTold): Promise<void> {
    await call("tell_page_window", told).catch(() => undefined); // it may be closing
  }
}
