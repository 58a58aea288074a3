import { expect, test } from 'vitest';
import { createTurns } from '../../src/http/execution/turns.js';
import { Work } from '../../src/http/execution/work.js';

/** Keeps the thread busy for some milliseconds. */
function keepBusy(ms = 3): void {
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
    await turns.take('one', new Work());
    keepBusy();
    order.push(index);
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => request(index)));
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(loopTurns).toBeGreaterThanOrEqual(15);
});

test('a request that comes later waits behind those that wait already', async () => {
  const turns = createTurns();
  turns.take('one', new Work());
  keepBusy();
  const order: string[] = [];
  const first = turns.take('one', new Work())?.then(() => order.push('first'));
  const second = turns.take('one', new Work())?.then(() => order.push('second'));
  await Promise.all([first, second]);
  expect(order).toEqual(['first', 'second']);
});

test('a request that comes alone does not wait', async () => {
  const turns = createTurns();
  expect(turns.take('one', new Work())).toBeUndefined();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(turns.take('one', new Work())).toBeUndefined();
});

test('a client with one request waits for one of another client, not for all of them', async () => {
  const turns = createTurns();
  turns.take('many', new Work());
  keepBusy();
  const order: string[] = [];
  const run = async (client: string, name: string) => {
    await turns.take(client, new Work());
    keepBusy();
    order.push(name);
  };
  const many = Array.from({ length: 5 }, (_, index) => run('many', `many ${index}`));
  await Promise.all([...many, run('one', 'one')]);
  expect(order).toEqual(['many 0', 'one', 'many 1', 'many 2', 'many 3', 'many 4']);
});

test('measures the work of each request, without its waiting and without the work of others', async () => {
  const turns = createTurns();
  const [one, other] = [new Work(), new Work()];
  const request = async (work: Work, ms: number) => {
    for (let turn = 0; turn < 3; turn += 1) {
      await turns.take('one', work);
      keepBusy(ms);
      await Promise.resolve(); // Still its turn.
      keepBusy(ms);
    }
  };
  await Promise.all([request(one, 50), request(other, 1)]);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(one.milliseconds).toBeGreaterThanOrEqual(300);
  expect(other.milliseconds).toBeGreaterThanOrEqual(6);
  expect(other.milliseconds).toBeLessThan(one.milliseconds);
});
