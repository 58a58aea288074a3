import { expect, test } from 'vitest';
import { createTurns } from '../../src/http/execution/turns.js';

/** Keeps the thread busy for some milliseconds. */
function work(ms = 3): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('requests that arrive together work in several turns of the event loop, in the order in which they came', async () => {
  const turns = createTurns();
  const order: number[] = [];
  let loopTurns = 0;
  const count = () => {
    loopTurns += 1;
    if (order.length < 20) setImmediate(count);
  };
  setImmediate(count);
  const request = async (index: number) => {
    await turns.take();
    work();
    order.push(index);
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => request(index)));
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(loopTurns).toBeGreaterThanOrEqual(15);
});

test('a request that comes later waits behind those that wait already', async () => {
  const turns = createTurns();
  turns.take();
  work();
  const order: string[] = [];
  const first = turns.take()?.then(() => order.push('first'));
  const second = turns.take()?.then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('a request that comes alone does not wait', async () => {
  const turns = createTurns();
  expect(turns.take()).toBeUndefined();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(turns.take()).toBeUndefined();
});
