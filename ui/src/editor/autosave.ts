/** Saves what is typed, by itself. Knows neither the screen, nor the editor, nor Rust: "no text is lost" is a plain test. */

/** What every save answers. */
export interface Answer {
  /** The article's count of edits, the base of the next save. */
  edits: number;
  /** Unix milliseconds. */
  saved_at: number;
}

export interface Clock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Runs `work` in `ms` milliseconds; returns what calls it off. */
  after(ms: number, work: () => void): () => void;
}

/** What is true of the text, for the badge. */
export type SaveState =
  | { is: "saved"; at: number }
  | { is: "unsaved" }
  | { is: "saving" }
  /** Nothing is lost: it is kept in the window and tried again. Stays until a save succeeds. */
  | { is: "failed"; failure: unknown };

/** Somebody else saved since. Nothing more is sent until `settle` is called; typing goes on and joins `mine`. */
export interface Clash<Changes, Theirs> {
  mine: Changes;
  theirs: Theirs;
  /** Goes on from `edits` with what `choose` makes of all that is unsaved by then; `null` when theirs was taken. */
  settle(edits: number, choose: (mine: Changes) => Changes | null): void;
}

export interface Options<Changes, Saved extends Answer, Theirs extends { edits: number }> {
  /** The count of edits of the article as it was opened, and when that was saved. */
  opened: Answer;
  /** Joins two changes; where both say something of one thing the newer one is right. */
  merge(older: Changes, newer: Changes): Changes;
  /** Reads the article again once a save finds that somebody else changed it. */
  reread(): Promise<Theirs>;
  onclash(clash: Clash<Changes, Theirs>): void;
  onstate(state: SaveState): void;
  onsaved?(saved: Saved): void;
  /** True where theirs says all that mine says (a save arrived, its answer did not): then nobody is asked. */
  agrees?(mine: Changes, theirs: Theirs): boolean;
  /** Milliseconds from the first unsaved change to its save. 200 leaves 100 for the frame before and the disk behind. */
  delay?: number;
  clock?: Clock;
}

export interface Autosave<Changes> {
  /** Takes a change in. The first unsaved one starts the clock; later ones do not restart it. */
  typed(changes: Changes): void;
  /** Saves now what is unsaved now. Rejects with the failure; the text is kept and tried again all the same. */
  flush(): Promise<void>;
  /** Saves, then runs a command that changes the article in Rust; no save overlaps it and its edits are the next base. */
  between<T extends { edits: number }>(command: () => Promise<T>): Promise<T>;
  /** True while anything is not on disk. */
  isUnsaved(): boolean;
  /** Sends nothing more; returns what is unsaved. For an article that is gone. */
  stop(): Changes | null;
}

const FIRST_RETRY = 500;
/** Room on the disk is noticed within two seconds: this long, and the save itself. */
const LAST_RETRY = 1500;

const realClock: Clock = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
};

export function autosave<Changes, Saved extends Answer, Theirs extends { edits: number }>(
  save: (changes: Changes, edits: number) => Promise<Saved>,
  options: Options<Changes, Saved, Theirs>,
): Autosave<Changes> {
  return new Saver(save, options);
}

/** Waiting for its time, being saved, or (`clashed`, `stopped`) not to be sent. */
class Saver<Changes, Saved extends Answer, Theirs extends { edits: number }> implements Autosave<Changes> {
  private unsaved: Changes | null = null;
  /** When the oldest unsaved change was typed. */
  private since = 0;
  private sending: Promise<void> | null = null;
  private callOff: (() => void) | null = null;
  private failures = 0;
  private clashed: unknown = null;
  private stopped = false;
  private commands: Promise<unknown> = Promise.resolve();
  private commandsRunning = 0;
  private base: Answer;
  private state: SaveState;
  private readonly clock: Clock;
  private readonly delay: number;

  constructor(
    private readonly save: (changes: Changes, edits: number) => Promise<Saved>,
    private readonly options: Options<Changes, Saved, Theirs>,
  ) {
    this.base = { ...options.opened };
    this.state = { is: "saved", at: options.opened.saved_at };
    this.clock = options.clock ?? realClock;
    this.delay = options.delay ?? 200;
  }

  typed(changes: Changes): void {
    if (this.unsaved === null) this.since = this.clock.now();
    this.unsaved = this.unsaved === null ? changes : this.options.merge(this.unsaved, changes);
    if (this.state.is === "saved") this.tell({ is: "unsaved" });
    this.wait();
  }

  async flush(): Promise<void> {
    await this.commands;
    await this.saveAll();
  }

  async between<T extends { edits: number }>(command: () => Promise<T>): Promise<T> {
    const turn = this.commands.then(async () => {
      await this.saveAll();
      this.commandsRunning += 1;
      return this.run(command);
    });
    this.commands = turn.catch(() => undefined);
    return turn;
  }

  isUnsaved(): boolean {
    return this.unsaved !== null || this.sending !== null;
  }

  stop(): Changes | null {
    this.stopped = true;
    this.cancelWait();
    return this.unsaved;
  }

  private async run<T extends { edits: number }>(command: () => Promise<T>): Promise<T> {
    this.cancelWait();
    try {
      const answer = await command();
      this.base.edits = answer.edits;
      return answer;
    } finally {
      this.commandsRunning -= 1;
      this.wait();
    }
  }

  /** Saves what was unsaved when it was called: what is on its way, then the rest. */
  private async saveAll(): Promise<void> {
    if (this.sending !== null) await this.sending.catch(() => undefined); // what failed is unsaved again
    if (this.clashed !== null) throw this.clashed;
    if (this.unsaved === null || this.stopped) return;
    await (this.sending ?? this.send());
  }

  /** Sets the clock for the next save, unless it runs already or a save must not start now. */
  private wait(): void {
    const mayNot = this.sending !== null || this.clashed !== null || this.stopped || this.commandsRunning > 0;
    if (mayNot || this.unsaved === null || this.callOff !== null) return;
    const due = this.failures > 0 ? this.backoff() : this.since + this.delay - this.clock.now();
    this.callOff = this.clock.after(Math.max(0, due), () => {
      this.callOff = null;
      this.send().catch(() => undefined); // told as a state
    });
  }

  private backoff(): number {
    return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.failures - 1));
  }

  private cancelWait(): void {
    this.callOff?.();
    this.callOff = null;
  }

  private send(): Promise<void> {
    this.cancelWait();
    this.sending = this.sendOnce().finally(() => {
      this.sending = null;
      this.wait();
    });
    return this.sending;
  }

  private async sendOnce(): Promise<void> {
    const changes = this.unsaved;
    if (changes === null) return;
    this.unsaved = null;
    if (this.state.is !== "failed") this.tell({ is: "saving" });
    try {
      this.succeeded(await this.save(changes, this.base.edits));
    } catch (failure) {
      this.keep(changes);
      if (isChangedElsewhere(failure)) await this.compare(failure);
      else this.failed(failure);
    }
  }

  private succeeded(saved: Saved): void {
    this.failures = 0;
    this.base = { edits: saved.edits, saved_at: saved.saved_at };
    this.tell(this.unsaved === null ? { is: "saved", at: saved.saved_at } : { is: "unsaved" });
    this.options.onsaved?.(saved);
  }

  /** Puts back what could not be saved, under what was typed meanwhile. */
  private keep(changes: Changes): void {
    this.unsaved = this.unsaved === null ? changes : this.options.merge(changes, this.unsaved);
  }

  private failed(failure: unknown): never {
    this.failures += 1;
    this.tell({ is: "failed", failure });
    throw failure;
  }

  /** Lays mine beside theirs. When theirs cannot be read the save is tried again, and finds the same. */
  private async compare(failure: unknown): Promise<void> {
    const theirs = await this.options.reread().catch((unread: unknown) => this.failed(unread));
    const mine = this.unsaved;
    if (mine === null) return;
    if (this.options.agrees?.(mine, theirs) === true) {
      this.goOn(theirs.edits, null);
      return;
    }
    this.clashed = failure;
    this.tell({ is: "failed", failure });
    this.options.onclash({ mine, theirs, settle: (edits, choose) => this.settle(edits, choose) });
    throw failure;
  }

  private settle(edits: number, choose: (mine: Changes) => Changes | null): void {
    if (this.clashed === null) return; // settled already
    this.clashed = null;
    this.goOn(edits, this.unsaved === null ? null : choose(this.unsaved));
    this.wait();
  }

  private goOn(edits: number, unsaved: Changes | null): void {
    this.failures = 0;
    this.base.edits = edits;
    this.unsaved = unsaved;
    this.since = this.clock.now();
    this.tell(unsaved === null ? { is: "saved", at: this.base.saved_at } : { is: "unsaved" });
  }

  private tell(state: SaveState): void {
    this.state = state;
    this.options.onstate(state);
  }
}

function isChangedElsewhere(failure: unknown): boolean {
  return typeof failure === "object" && failure !== null && "code" in failure && failure.code === "changed_elsewhere";
}
