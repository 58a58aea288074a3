import { expect, test, vi } from 'vitest';
import { Work } from '../../src/http/execution/work.js';
import { createRateLimiter } from '../../src/http/limits/rate-limit.js';

const limiterOf = (points: number, seconds: number) =>
  createRateLimiter({
    points,
    seconds,
    shared: undefined,
    onError: (error) => {
      throw error;
    },
  });

test('a client that only uses time gets the seconds of its budget', async () => {
  const limiter = limiterOf(1_000_000, 20);
  await limiter.spend('a', 0);
  limiter.charge('a', { points: 0, milliseconds: 19_990 });
  await vi.waitFor(() => expect(limiter.overdrawnFor('a')).toBeUndefined(), 30_000);
  expect((await limiter.spend('a', 1)).isOver).toBe(false);
  limiter.charge('a', { points: 0, milliseconds: 20 });
  await vi.waitFor(() => expect(limiter.overdrawnFor('a')).toBeGreaterThan(0), 30_000);
  expect((await limiter.spend('a', 1)).isOver).toBe(true);
  expect((await limiter.spend('b', 1)).isOver).toBe(false);
});

test('work in small pieces adds up', async () => {
  const limiter = limiterOf(1_000_000, 20);
  for (let piece = 0; piece < 20_000; piece += 1) limiter.charge('a', { points: 0, milliseconds: 1.001 });
  await vi.waitFor(() => expect(limiter.overdrawnFor('a')).toBeGreaterThan(0), 30_000);
});

test('points and milliseconds are charged to one budget', async () => {
  const limiter = limiterOf(1_000, 10);
  limiter.charge('a', { points: 300, milliseconds: 4_000 });
  await vi.waitFor(async () => expect((await limiter.spend('a', 0)).remaining).toBe(300), 30_000);
});

test('a request is charged its work when it ends, and then what follows', () => {
  const work = new Work();
  const charged: number[] = [];
  work.began();
  work.began();
  work.ended();
  work.chargeBy((milliseconds) => charged.push(milliseconds));
  expect(charged).toEqual([]);
  work.ended(); // A statement that outlived its request.
  expect(charged).toEqual([work.milliseconds]);
});

test('statements that run at the same time count once', async () => {
  const work = new Work();
  const began = performance.now();
  for (let statement = 0; statement < 10; statement += 1) work.began();
  while (performance.now() - began < 20);
  for (let statement = 0; statement < 10; statement += 1) work.ended();
  expect(work.milliseconds).toBeLessThanOrEqual(performance.now() - began);
  expect(work.milliseconds).toBeGreaterThanOrEqual(20);
});
