/** Work on a long text, a slice at a time: no key waits for more than one. */

/** Milliseconds. */
const SLICE = 8;

export class InSlices {
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `work` goes on until `end` (as `performance.now()`), does at least a little, and returns whether there is more. */
  constructor(private readonly work: (end: number) => boolean) {}

  /** Begins after a pause in milliseconds, however often it is asked; what waits begins with the last pause asked for. */
  ask(pause = 0): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.work(performance.now() + SLICE)) this.ask();
    }, pause);
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
