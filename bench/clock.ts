const offset = Number(process.hrtime.bigint()) / 1e6 - performance.now();

/** Milliseconds on the machine's monotonic clock, which all processes share. */
export const now = (): number => performance.now() + offset;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Waits until a condition holds; looks every 10 ms. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what: string,
  ms = 60_000,
): Promise<void> {
  const end = now() + ms;
  while (!(await holds())) {
    if (now() > end) throw new Error(`Waited ${ms / 1_000} s in vain until ${what}.`);
    await pause(10);
  }
}

/** Does something `count` times at even distances; at once, but for a turn of the event loop, where the rate is not given. */
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
