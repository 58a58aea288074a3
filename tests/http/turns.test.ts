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
    await turns.take('one');
    work();
    order.push(index);
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => request(index)));
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(loopTurns).toBeGreaterThanOrEqual(15);
});

test('a request that comes later waits behind those that wait already', async () => {
  const turns = createTurns();
  turns.take('one');
  work();
  const order: string[] = [];
  const first = turns.take('one')?.then(() => order.push('first'));
  const second = turns.take('one')?.then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('a request that comes alone does not wait', async () => {
  const turns = createTurns();
  expect(turns.take('one')).toBeUndefined();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(turns.take('one')).toBeUndefined();
});

test('a client with one request waits for one of another client, not for all of them', async () => {
  const turns = createTurns();
  turns.take('many');
  work();
  const order: string[] = [];
  const run = async (client: string, name: string) => {
    await turns.take(client);
    work();
    order.push(name);
  };
  const many = Array.from({ length: 5 }, (_, index) => run('many', `many ${index}`));
  await Promise.all([...many, run('one', 'one')]);
  expect(order).toEqual(['many 0', 'one', 'many 1', 'many 2', 'many 3', 'many 4']);
});
