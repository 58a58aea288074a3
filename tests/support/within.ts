import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';

const STEP = 50;

/** Waits, in steps that this process has run, until something is so: other load on the machine does not count. */
export async function untilWithin(milliseconds: number, isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += STEP) {
    expect(waited, 'milliseconds waited').toBeLessThan(milliseconds);
    await wait(STEP);
  }
}

/** Waits for work that must end within so many milliseconds: see {@link untilWithin}. */
export async function within(milliseconds: number, work: PromiseLike<void>): Promise<void> {
  let isOver = false;
  const over = Promise.resolve(work).finally(() => {
    isOver = true;
  });
  over.catch(() => {}); // Reported below.
  await untilWithin(milliseconds, () => isOver);
  await over;
}
