import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { ownClock } from './processes/own-time.js';

/** Milliseconds between looks. */
const STEP = 10;

/** Waits until something is so, without the time in which this process waits for a core: other load does not count. */
export async function untilWithin(milliseconds: number, isSo: () => boolean): Promise<void> {
  const passed = ownClock([process.pid]);
  while (!isSo()) {
    expect(passed(), 'milliseconds waited').toBeLessThan(milliseconds);
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
