/** Work that must not stand between a key and its letter. */
export interface AfterPaint {
  /** Asks for the work; asked again before it ran, it still runs once. */
  ask(): void;
  /** Runs it now if it was asked for. */
  now(): void;
}

/**
 * Returns `work` put off until the next frame is painted, or `limit` milliseconds
 * where none is (a hidden window paints nothing, and still must save).
 */
export function afterPaint(work: () => void, limit = 50): AfterPaint {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let frame = 0;
  const run = () => {
    if (timer === null) return;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    timer = null;
    work();
  };
  const ask = () => {
    if (timer !== null) return;
    timer = setTimeout(run, limit);
    frame = requestAnimationFrame(() => setTimeout(run)); // frames come before paint, tasks after
  };
  return { ask, now: run };
}
