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
 *
 * A frame comes before its paint. A timer set in it may run before what the frame itself has asked for; a message stands in line.
 */
export function afterPaint(work: () => void, limit = 50): AfterPaint {
  const painted = new MessageChannel();
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
    frame = requestAnimationFrame(() => painted.port2.postMessage(null));
  };
  painted.port1.onmessage = run;
  return { ask, now: run };
}
