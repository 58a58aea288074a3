export interface BackOff {
  /** The bound of the first wait, in milliseconds. */
  readonly min: number;
  /** The bound that no wait exceeds, in milliseconds. */
  readonly max: number;
}

/**
 * How long to wait after the given number of failures in a row (1 for the first): evenly distributed
 * between 0 and the bound ("full jitter"), which doubles from `min` to `max`, so that clients whom one
 * failure disconnects do not come back together.
 */
export function backOffAfter(failures: number, { min, max }: BackOff, random = Math.random): number {
  return random() * Math.min(max, min * 2 ** (failures - 1));
}

/** Resolves after the time, or at once when the signal aborts. */
export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal.addEventListener('abort', wake);
  });
}
