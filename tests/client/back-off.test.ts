import { expect, test } from 'vitest';

import { backOffAfter, sleep } from '../../packages/client/src/back-off.js';
import { createRepetitions } from '../../packages/client/src/position.js';
import { encodeCursor } from '../../src/feed/cursor.js';

test('waits a random time below a bound that doubles from min to max', () => {
  const bounds = [1, 2, 3, 4, 5, 2_000].map((failures) =>
    backOffAfter(failures, { min: 500, max: 5_000 }, () => 1),
  );
  expect(bounds).toEqual([500, 1_000, 2_000, 4_000, 5_000, 5_000]);
  expect(backOffAfter(3, { min: 500, max: 5_000 }, () => 0)).toBe(0);
});

const EPOCH = '00000000-0000-7000-8000-000000000000';
const at = (position: number, __typename = 'DevelopmentPublished', epoch = EPOCH) => ({
  __typename,
  cursor: encodeCursor({ epoch, position: BigInt(position), hash: '0123456789abcdef' }),
});

test('treats an item as a repetition if its position is not after the last one of its epoch', () => {
  const isRepetition = createRepetitions();
  const told = [
    at(7),
    at(7),
    at(6),
    at(8),
    at(8, 'FeedCaughtUp'),
    at(8, 'FeedCaughtUp'),
    at(8),
    at(3, 'FeedReset'),
    at(3),
    at(4),
    at(1, 'DevelopmentPublished', '00000000-0000-7000-8000-000000000001'),
    { __typename: 'DevelopmentPublished', cursor: 'of another form' },
  ].map(isRepetition);
  expect(told).toEqual([false, true, true, false, false, true, true, false, true, false, false, false]);
});

test('stops waiting when the signal aborts', async () => {
  const abort = new AbortController();
  const woken = sleep(1_000_000, abort.signal);
  abort.abort();
  await woken;
});
