import { expect, test } from 'vitest';
import { check, type LogLine } from './checker.js';

const line = (position: number, slug = `write-${position}`): LogLine => ({
  position: BigInt(position),
  slug,
});
const lines = (...positions: number[]) => positions.map((position) => line(position));
const log = lines(1, 2, 3, 4, 5);
const acknowledged = log.map(({ slug }) => slug);
const verdict = (received: LogLine[][], more: string[] = []) =>
  check({ acknowledged: [...acknowledged, ...more], log, received });

const none = { acknowledged: 5, lost: 0, doubled: 0, outOfOrder: 0, phantom: 0 };

test('finds no fault if each subscriber received the log', () => {
  expect(verdict([log, log])).toEqual({ ...none, received: 10 });
});

test('counts entries that one subscriber missed, at the start, in the middle and at the end', () => {
  expect(verdict([log, lines(2, 3, 4, 5)])).toEqual({ ...none, received: 9, lost: 1 });
  expect(verdict([lines(1, 2, 5), log])).toEqual({ ...none, received: 8, lost: 2 });
  expect(verdict([lines(1, 2, 3, 4), []])).toEqual({ ...none, received: 4, lost: 6 });
});

test('counts an acknowledged write missing in the log once, whatever the number of subscribers', () => {
  expect(verdict([log, log], ['write-6'])).toEqual({ ...none, acknowledged: 6, received: 10, lost: 1 });
});

test('counts entries received twice, at once or later', () => {
  expect(verdict([lines(1, 2, 2, 3, 4, 5)])).toEqual({ ...none, received: 6, doubled: 1 });
  expect(verdict([lines(1, 2, 3, 4, 5, 1, 2)])).toEqual({ ...none, received: 7, doubled: 2 });
});

test('counts entries received after their successor', () => {
  expect(verdict([lines(1, 3, 2, 4, 5)])).toEqual({ ...none, received: 5, outOfOrder: 1 });
  expect(verdict([lines(5, 1, 2, 3, 4)])).toEqual({ ...none, received: 5, outOfOrder: 4 });
});

test('counts entries that the log lacks or has at another position', () => {
  expect(verdict([[...log, line(6)]])).toEqual({ ...none, received: 6, phantom: 1 });
  expect(verdict([[...lines(1, 2), line(3, 'rolled-back'), ...lines(3, 4, 5)]])).toEqual({
    ...none,
    received: 6,
    phantom: 1,
  });
});

test('expects an unacknowledged write if it is in the log', () => {
  const unanswered = check({
    acknowledged: ['write-1'],
    log: lines(1, 2),
    received: [lines(1, 2), lines(1)],
  });
  expect(unanswered).toEqual({ ...none, acknowledged: 1, received: 3, lost: 1 });
});
