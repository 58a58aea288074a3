import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter, pauseAfter } from '../../../src/intake/watch/schedule.js';

const MINUTE = 60_000;
const NOW = Date.parse('2026-11-30T00:00:00Z');

test.each([
  ['120', 120_000],
  ['Mon, 30 Nov 2026 00:05:00 GMT', 300_000],
  ['Sun, 29 Nov 2026 00:00:00 GMT', 0],
  ['soon', null],
  ['-5', null],
  ['', null],
  [undefined, null],
])('Retry-After %j is %j ms', (header, pause) => {
  expect(parseRetryAfter(header, NOW)).toBe(pause);
});

test('the pause doubles with each failure, up to a day', () => {
  const pauses = [0, 1, 2, 3, 20].map((failures) =>
    pauseAfter({ interval: 30 * MINUTE, failures, retryAfter: null }, 0.5),
  );
  expect(pauses).toEqual([30, 30, 60, 120, 1_440].map((minutes) => minutes * MINUTE));
});

test('an interval of more than a day stays after failures', () => {
  expect(pauseAfter({ interval: 7 * 1_440 * MINUTE, failures: 3, retryAfter: null }, 0.5)).toBe(
    7 * 1_440 * MINUTE,
  );
});

test('a server that asks for a pause gets it, of at most a week', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc.nat(10),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seconds, failures, random) => {
        const retryAfter = seconds * 1_000;
        const pause = pauseAfter({ interval: MINUTE, failures, retryAfter }, random);
        expect(pause).toBeGreaterThanOrEqual(Math.min(retryAfter, 7 * 1_440 * MINUTE));
        expect(pause).toBeLessThanOrEqual(7 * 1_440 * MINUTE);
      },
    ),
  );
});

test('feeds that were added together are fetched at different times', () => {
  const pauses = [0, 0.3, 1].map((random) =>
    pauseAfter({ interval: 100 * MINUTE, failures: 0, retryAfter: null }, random),
  );
  expect(pauses).toEqual([90, 96, 110].map((minutes) => minutes * MINUTE));
});
