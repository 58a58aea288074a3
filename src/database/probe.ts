/** Asks something of the database; undefined where it does not answer in time, or not at all. Never rejects. */
export type Probe<T> = () => Promise<T | undefined>;

/**
 * One question at a time, whose answer all get who ask meanwhile: a database that hangs is not asked ever more.
 *
 * @param timeout How long the answer may take, in milliseconds.
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
 * Keeps a good answer for a while.
 *
 * @param time In milliseconds. Any other answer is asked for again at once.
 */
export function keepTrue(probe: Probe<boolean>, time: number): Probe<boolean> {
  let until = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() < until) return true;
    const answer = await probe();
    if (answer) until = performance.now() + time;
    return answer;
  };
}
