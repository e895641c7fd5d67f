/** Keeps the page beside the text: one request in flight, the newest text wins, changes are taken only where they fit. */

import type { Preview } from "../backend/gen/Preview";
import { HeldPage } from "./held";

export interface PreviewerOptions {
  /**
   * Asks for the page of the text as it is now; `have` is the version held, 0 for none. Composes its request when
   * called. `null` where the desk does not hold what the request builds on.
   */
  ask(have: number): Promise<Preview | null>;
  /** Shows a change that fits what was shown before it. */
  show(change: Preview): void;
  /** The last good page stays; it is tried again. */
  onfailure?(failure: unknown): void;
}

export interface Previewer {
  /** The text changed. Costs nothing: the request goes out once no other is on its way. */
  changed(): void;
  /** Another article: answers that are still on their way are thrown away, and the whole page is asked for. */
  restart(): void;
  /** Returns the page held as one change that replaces everything, for a view that opens later. */
  whole(): Preview | null;
  stop(): void;
}

const FIRST_RETRY = 1000;
const LAST_RETRY = 10_000;

export function previewer(options: PreviewerOptions): Previewer {
  return new Conversation(options);
}

class Conversation implements Previewer {
  private readonly held = new HeldPage();
  private inFlight = false;
  private dirty = false;
  /** Counts articles; an answer of an earlier one is not for us. */
  private generation = 0;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: PreviewerOptions) {}

  changed(): void {
    this.dirty = true;
    if (!this.inFlight) void this.converse();
  }

  restart(): void {
    this.stop();
    this.changed();
  }

  whole(): Preview | null {
    return this.held.whole();
  }

  stop(): void {
    this.generation += 1;
    this.held.forget();
    this.inFlight = this.dirty = false;
    this.failures = 0;
    clearTimeout(this.retry);
  }

  private async converse(): Promise<void> {
    const mine = this.generation;
    this.inFlight = true;
    clearTimeout(this.retry);
    while (this.dirty && mine === this.generation) {
      this.dirty = false;
      const failure = await this.exchange(mine);
      if (mine === this.generation) this.note(failure);
    }
    if (mine === this.generation) this.inFlight = false;
  }

  /** Asks once, and once more for the whole page where the answer does not fit. Returns what went wrong, if anything. */
  private async exchange(mine: number): Promise<{ why: unknown } | null> {
    const version = this.held.version;
    for (const have of version === 0 ? [0] : [version, 0]) {
      try {
        const answer = await this.options.ask(have);
        if (mine !== this.generation) return null;
        if (answer !== null && this.held.take(answer, (change) => this.options.show(change))) return null;
      } catch (why) {
        return { why };
      }
    }
    return { why: new Error("the preview's answer does not fit the page") };
  }

  private note(failure: { why: unknown } | null): void {
    if (failure === null) {
      this.failures = 0;
      return;
    }
    this.failures += 1;
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1));
    if (!this.dirty) this.retry = setTimeout(() => this.changed(), wait);
    this.options.onfailure?.(failure.why);
  }
}
