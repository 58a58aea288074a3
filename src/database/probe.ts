/** Queries the database. Resolves with undefined if the query fails or takes too long. Never rejects. */
export type Probe<T> = () => Promise<T | undefined>;

/**
 * Shares one query among concurrent probes, so that a hung database is not flooded.
 *
 * @param timeout How long a probe waits, in milliseconds.
 */
export function createProbe<T>(ask: () => Promise<T>, timeout: number): Probe<T> {
  let asking: Promise<T | undefined> | undefined;
  return async () => {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined;
      });
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), timeout);
    });
    try {
      return await Promise.race([asking, over]);
    } finally {
      clearTimeout(timer);
    }
  };
}

/**
 * Caches a good result. Any other is probed again at once.
 *
 * @param time How long to cache it, in milliseconds.
 */
export function keepGood<T>(probe: Probe<T>, good: T, time: number): Probe<T> {
  let until = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() < until) return good;
    const answer = await probe();
    if (answer === good) until = performance.now() + time;
    return answer;
  };
}
