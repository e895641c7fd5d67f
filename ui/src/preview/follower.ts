/** Keeps the page in a window of its own beside the article that is open in the desk's: changes come unasked. */

import type { PageShown } from "../backend/gen/PageShown";
import type { Preview } from "../backend/gen/Preview";
import { HeldPage } from "./held";

export interface FollowerOptions {
  /** Asks for the page of an article as it was last shown; `null` before it was. */
  ask(article: string): Promise<Preview | null>;
  show(change: Preview): void;
}

export class Follower {
  private readonly held = new HeldPage();
  private article: string | null = null;
  private asking = false;

  constructor(private readonly options: FollowerOptions) {}

  /** Another article is open, or none. */
  follow(article: string | null): void {
    if (article === this.article) return;
    this.article = article;
    this.held.forget();
    void this.askWhole();
  }

  /** A page changed somewhere. What does not fit is asked for whole. */
  changed({ article, change }: PageShown): void {
    if (article !== this.article || this.held.take(change, (fits) => this.options.show(fits))) return;
    void this.askWhole();
  }

  whole(): Preview | null {
    return this.held.whole();
  }

  private async askWhole(): Promise<void> {
    const article = this.article;
    if (article === null || this.asking) return;
    this.asking = true;
    const whole = await this.options.ask(article).catch(() => null); // the next change asks again
    this.asking = false;
    if (article !== this.article) void this.askWhole();
    else if (whole !== null && whole.version > this.held.version) this.held.take(whole, (page) => this.options.show(page));
  }
}
