import { describe, expect, test, vi } from 'vitest';
import { startInstance } from './instance.js';
import { openGrowingRecord } from './record.js';
import { range, subscribe } from './subscriber.js';

const PATIENCE = { timeout: 30_000 };

describe('the fan-out', () => {
  test('sends past entries, then FeedCaughtUp, then new entries, over many pages', async () => {
    await using record = await openGrowingRecord();
    const before = await record.append(250);
    await using instance = await startInstance(record.db);
    const subscriber = await subscribe(instance, { after: await record.at(0n) });
    await vi.waitUntil(() => subscriber.received.length === 251, PATIENCE);
    const after = await record.append(130);
    instance.bus.wake();
    await vi.waitUntil(() => subscriber.received.length === 381, PATIENCE);
    expect(subscriber.received).toEqual([...range(0n, before), 'CAUGHT_UP', ...range(before, after)]);
  });

  test('replays a log longer than the entries in memory, from any position', async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db);
    const head = await record.append(2_350); // Memory keeps the newest 2,000.
    instance.bus.wake();
    await instance.tail.refresh();
    for (const position of [0n, 99n, 100n, 101n, 349n, 350n, 351n, 2_300n, 2_350n]) {
      const subscriber = await subscribe(instance, { after: await record.at(position) });
      await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', PATIENCE);
      expect(subscriber.received).toEqual([...range(position, head), 'CAUGHT_UP']);
      subscriber.leave();
    }
    expect(instance.fanOut.figures).toMatchObject({ subscribers: 0, groups: 0 });
  });

  test("starts at the log's head even before the tail was woken", async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db);
    await record.append(10);
    const subscriber = await subscribe(instance);
    await record.append(1);
    instance.bus.wake();
    await vi.waitUntil(() => subscriber.received.length === 2, PATIENCE);
    expect(subscriber.received).toEqual(['CAUGHT_UP', 11n]);
  });

  test('executes once for all subscribers with equal requests', async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db);
    const all = await Promise.all(Array.from({ length: 50 }, () => subscribe(instance)));
    const even = await subscribe(instance, { every: 2n });
    await vi.waitUntil(() => [...all, even].every(({ received }) => received.length === 1), PATIENCE);
    expect(instance.fanOut.figures).toMatchObject({ groups: 2, subscribers: 51, executions: 2 });
    await record.append(20);
    instance.bus.wake();
    await vi.waitUntil(() => all.every(({ received }) => received.length === 21), PATIENCE);
    await vi.waitUntil(() => even.received.length === 11, PATIENCE);
    expect(instance.fanOut.figures.executions).toBe(2 + 40);
  });

  test('resets a position that cannot be continued, then continues at the live edge', async () => {
    await using record = await openGrowingRecord();
    const head = await record.append(3);
    await using instance = await startInstance(record.db);
    const strange = '00000000-0000-7000-8000-000000000000';
    for (const after of [
      { ...(await record.at(1n)), epoch: strange },
      { ...(await record.at(head)), position: head + 1n },
      { ...(await record.at(1n)), hash: 'ffffffffffffffff' },
      { ...(await record.at(head)), hash: 'ffffffffffffffff' },
    ]) {
      const subscriber = await subscribe(instance, { after });
      await vi.waitUntil(() => subscriber.received.length === 2, PATIENCE);
      expect(subscriber.received).toEqual(['RESET', 'CAUGHT_UP']);
      expect(subscriber.place).toEqual(await record.at(head));
    }
  });

  test('buffers a bounded number of bytes for a stalled subscriber, delays nobody and loses nothing', async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db, { policy: { maxBuffered: 5_000 } });
    const slow = await subscribe(instance, { size: 1_000 });
    const fast = await subscribe(instance, { size: 1_000 });
    await vi.waitUntil(() => slow.received.length + fast.received.length === 2, PATIENCE);
    slow.stall();
    for (let round = 0; round < 5; round += 1) {
      await record.append(40);
      instance.bus.wake();
      await vi.waitUntil(() => fast.received.length === 1 + 40 * (round + 1), PATIENCE);
      expect(slow.buffered).toBeLessThanOrEqual(6_000);
    }
    expect(slow.received).toEqual(['CAUGHT_UP']);
    expect(instance.fanOut.figures.fellBehind).toBe(1);
    slow.resume();
    await vi.waitUntil(() => slow.received.length === 201, PATIENCE);
    expect(slow.received).toEqual(['CAUGHT_UP', ...range(0n, 200n)]);
    await record.append(1);
    instance.bus.wake();
    await vi.waitUntil(() => slow.received.at(-1) === 201n, PATIENCE);
  });

  test('cuts off a subscriber without progress, with the last position it was sent', async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db, { policy: { maxBuffered: 1_000, patience: 50 } });
    const stuck = await subscribe(instance, { size: 500 });
    await vi.waitUntil(() => stuck.received.length === 1, PATIENCE);
    stuck.stall();
    await record.append(10);
    instance.bus.wake();
    await vi.waitUntil(() => stuck.ended, PATIENCE);
    expect(stuck.ended).toMatchObject({ reason: 'TOO_SLOW', last: { position: 3n } });
    expect(instance.fanOut.figures).toMatchObject({ cutOff: 1, subscribers: 0, groups: 0 });
    const again = await subscribe(instance, { after: stuck.ended?.last });
    await vi.waitUntil(() => again.received.at(-1) === 'CAUGHT_UP', PATIENCE);
    expect(again.received).toEqual([...range(3n, 10n), 'CAUGHT_UP']);
  });

  test('continues where it was when the database is back', async () => {
    await using record = await openGrowingRecord();
    await using instance = await startInstance(record.db);
    const head = await record.append(2_200);
    instance.bus.wake();
    const edge = await instance.tail.refresh();
    const after = await record.at(0n);
    await record.pool.query('ALTER TABLE feed_entry RENAME TO feed_entry_away');
    const subscriber = await subscribe(
      {
        ...instance,
        tail: { ...instance.tail, refresh: async () => edge },
      },
      { after },
    );
    await vi.waitUntil(() => instance.errors.length > 0, PATIENCE);
    expect(subscriber.received).toEqual([]);
    await record.pool.query('ALTER TABLE feed_entry_away RENAME TO feed_entry');
    await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', PATIENCE);
    expect(subscriber.received).toEqual([...range(0n, head), 'CAUGHT_UP']);
  });

  test('ends all subscriptions on disposal and sends nothing afterwards', async () => {
    await using record = await openGrowingRecord();
    const instance = await startInstance(record.db);
    const subscribers = [await subscribe(instance), await subscribe(instance, { every: 3n })];
    await vi.waitUntil(() => subscribers.every(({ received }) => received.length === 1), PATIENCE);
    await instance[Symbol.asyncDispose]();
    expect(subscribers.map(({ ended }) => ended?.reason)).toEqual(['GOING_AWAY', 'GOING_AWAY']);
    await record.append(5);
    instance.bus.wake();
    expect(instance.errors).toEqual([]);
    expect(instance.fanOut.figures).toMatchObject({ subscribers: 0, groups: 0 });
  });
});
