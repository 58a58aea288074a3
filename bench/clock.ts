const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds on the machine's monotonic clock, which all processes share. */
export const now = (): number => performance.now() + offset;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Polls every 10 ms until a condition holds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  ms = 60_000,
): Promise<void> {
  const end = now() + ms;
  while (!(await holds())) {
    if (now() > end) throw new Error(`Timed out after ${ms / 1_000} s, waiting until ${what}.`);
    await pause(10);
  }
}

/** Runs work `count` times at an even rate; without a rate, once in each turn of the event loop. */
export async function inPace(
  count: number,
  rate: number | undefined,
  work: (index: number) => void | Promise<void>,
): Promise<void> {
  const start = now();
  for (let index = 0; index < count; index += 1) {
    if (rate === undefined) await turn();
    else await pause(Math.max(0, start + (index * 1_000) / rate - now()));
    await work(index);
  }
}
