import { expect, test } from 'vitest';
import { FairQueue } from '../../src/http/execution/fair-queue.js';
import { Lifetime } from '../../src/http/execution/lifetime.js';
import { createSlots } from '../../src/http/execution/slots.js';

test('clients take turns, each in the order of its own items', () => {
  const queue = new FairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.add('a', item);
  queue.add('b', 'b1');
  const remove = queue.add('c', 'c1');
  queue.add('b', 'b2');
  expect(remove()).toBe(true);
  const taken = [queue.take(), queue.take(), queue.take(), queue.take(), queue.take(), queue.take()];
  expect(taken).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', undefined]);
  expect(queue.isEmpty).toBe(true);
  expect(remove()).toBe(false);
});

test('statements of a client with few wait for one of each other client', async () => {
  const slots = createSlots(1);
  using one = new Lifetime(60);
  using gone = new Lifetime(60);
  const order: string[] = [];
  const run = (client: string, name: string, lifetime = one) =>
    slots.enter({ client, lifetime }).then(() => {
      order.push(name);
      slots.leave();
    });
  const dropped = run('many', 'many 0', gone); // Runs at once.
  const later = [1, 2, 3].map((index) => run('many', `many ${index}`));
  const left = run('many', 'left', gone);
  const few = run('few', 'few');
  gone.leave();
  await expect(left).rejects.toMatchObject({ extensions: { code: 'CLIENT_GONE' } });
  await Promise.all([dropped, ...later, few]);
  expect(order).toEqual(['many 0', 'many 1', 'few', 'many 2', 'many 3']);
  expect(slots.figures).toEqual({ busy: 0, waiting: 0 });
});
