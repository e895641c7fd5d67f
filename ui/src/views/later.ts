/** Work put off until things are quiet, but never longer than `most` milliseconds. */
export interface Later {
  ask(): void;
  /** Does it now if it was asked for. */
  now(): void;
  stop(): void;
}

export function later(work: () => void, quiet: number, most: number): Later {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const run = () => {
    stop();
    work();
  };
  const ask = () => {
    const now = Date.now();
    if (timer === undefined) since = now;
    clearTimeout(timer);
    timer = setTimeout(run, Math.max(0, Math.min(quiet, since + most - now)));
  };
  return { ask, now: () => timer !== undefined && run(), stop };
}
