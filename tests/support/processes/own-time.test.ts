import { describe, expect, test } from 'vitest';
import { ownClock } from './own-time.js';

describe("a process's own clock", () => {
  /** Starts a clock on two processes and returns what it shows after an interval in which they waited so long. */
  function afterInterval(elapsed: number, waited: readonly [number, number]): number {
    let at = 0;
    const queued = [500, 700];
    const passed = ownClock([0, 1], { now: () => at, queued: (pid) => queued[pid] ?? 0 });
    at = elapsed;
    queued[0] = 500 + waited[0];
    queued[1] = 700 + waited[1];
    return passed();
  }

  test('shows the time that has passed while nothing waits for a core', () => {
    expect(afterInterval(10, [0, 0])).toBe(10);
  });

  test('stands still while a process waits for a core', () => {
    expect(afterInterval(10, [4, 0])).toBe(6);
  });

  test('subtracts waits at the same time once', () => {
    expect(afterInterval(10, [9, 9])).toBe(1);
  });

  test('never goes back, as when a process has ended or waits are counted late', () => {
    expect(afterInterval(10, [-500, 0])).toBe(10);
    expect(afterInterval(10, [40, 0])).toBe(0);
  });
});
