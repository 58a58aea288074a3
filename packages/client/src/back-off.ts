export interface BackOff {
  /** The upper bound of the first wait, in milliseconds. */
  readonly min: number;
  /** The upper bound of every wait, in milliseconds. */
  readonly max: number;
}

/**
 * Returns how long to wait after the given number of failures in a row (1 for the first), in milliseconds.
 *
 * It is evenly distributed between 0 and a bound that doubles from `min` to `max` ("full jitter"), so that clients
 * disconnected by one failure do not reconnect together.
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
