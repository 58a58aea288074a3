import { describe, expect, test, vi } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { startTail, type Tail } from '../../src/feed/tail.js';
import { openGrowingRecord } from './record.js';

const NEVER = 2 ** 30;
const fail = (error: unknown) => {
  throw error;
};

/** Collects the positions that the tail reports from now on. */
function listen(tail: Tail): bigint[] {
  const positions: bigint[] = [];
  tail.onAdvance((entries) => positions.push(...entries.map(({ position }) => position)));
  return positions;
}

/** The database, with something added to each read. */
const withDriver = (
  db: Database,
  around: (read: () => Promise<unknown[]>) => Promise<unknown[]>,
): Database => ({
  ...db,
  driver: { query: (sql, options) => around(() => db.driver.query(sql, options)) },
});

describe('the tail', () => {
  test("starts at the log's head", async () => {
    await using record = await openGrowingRecord();
    const head = await record.append(7);
    await using tail = await startTail({
      db: record.db,
      bus: createLocalBus(),
      pollInterval: NEVER,
      onError: fail,
    });
    expect(tail.head.position).toBe(head);
  });

  test('finds entries without a wake-up', async () => {
    await using record = await openGrowingRecord();
    await using tail = await startTail({
      db: record.db,
      bus: createLocalBus(),
      pollInterval: 20,
      onError: fail,
    });
    const heard = listen(tail);
    await record.append(1);
    await vi.waitUntil(() => heard.length === 1, 30_000);
    expect(heard).toEqual([1n]);
  });

  test('reports a database error and continues where it was', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    const onError = vi.fn();
    await using tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError });
    await record.append(3);
    await record.pool.query('ALTER TABLE feed_entry RENAME TO feed_entry_away');
    bus.wake();
    await vi.waitUntil(() => onError.mock.calls.length === 1, 30_000);
    expect(tail.head.position).toBe(0n);
    await record.pool.query('ALTER TABLE feed_entry_away RENAME TO feed_entry');
    const heard = listen(tail);
    bus.wake();
    await vi.waitUntil(() => heard.length === 3, 30_000);
    expect(heard).toEqual([1n, 2n, 3n]);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  test('reads again after a wake-up during a read that was too early', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    // The real database, with responses held back until the test releases them.
    let looks = 0;
    let hasStarted = false; // The start reads the head.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = withDriver(record.db, async (read) => {
      const page = await read();
      if (!hasStarted) return page;
      looks += 1;
      if (looks === 1) await held;
      return page;
    });
    await using tail = await startTail({ db: slow, bus, pollInterval: NEVER, onError: fail });
    hasStarted = true;
    bus.wake();
    await vi.waitUntil(() => looks === 1, 30_000);
    const head = await record.append(1);
    bus.wake();
    bus.wake();
    letGo();
    await vi.waitUntil(() => tail.head.position === head, 30_000);
    expect(looks).toBeLessThanOrEqual(3); // The early read, and one that found the entry and read on.
  });

  test('reads once for a commit whose wake-up also comes back over the bus', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    let looks = 0;
    let hasStarted = false; // The start reads the head.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const slow = withDriver(record.db, async (read) => {
      if (!hasStarted) return read();
      looks += 1;
      const page = await read();
      await held;
      return page;
    });
    await using tail = await startTail({ db: slow, bus, pollInterval: NEVER, onError: fail });
    hasStarted = true;
    const head = await record.append(1);
    bus.wake(head);
    await vi.waitUntil(() => looks === 1, 30_000);
    bus.wake(head); // The echo arrives during the first read.
    letGo();
    await vi.waitUntil(() => tail.head.position === head, 30_000);
    await new Promise(setImmediate); // Another read would have begun by now.
    expect(looks).toBe(1);
  });

  test('reports a change at its wake-up, before it reads the log, and once', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    await using tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError: fail });
    const heads: bigint[] = [];
    tail.onChange(() => heads.push(tail.head.position));
    const head = await record.append(1);
    bus.wake(head);
    bus.wake(head); // The echo comes before the look.
    expect(heads).toEqual([0n]);
    await vi.waitUntil(() => tail.head.position === head, 30_000);
    bus.wake(head); // The echo comes after the look.
    await tail.refresh();
    expect(heads).toEqual([0n]);
    bus.wake();
    expect(heads).toEqual([0n, head]); // Anything may have changed.
  });

  test('reports changes that no wake-up announced, before it passes on their entries', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    await using tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError: fail });
    const events: string[] = [];
    tail.onChange(() => events.push('change'));
    tail.onAdvance(() => events.push('advance'));
    await record.append(1);
    await tail.refresh();
    expect(events).toEqual(['change', 'advance']);
    await record.pool.query("UPDATE source SET title = 'Another'");
    await tail.refresh();
    expect(events).toEqual(['change', 'advance', 'change']);
    await tail.refresh();
    expect(events).toHaveLength(3);
  });

  test('reports a change at a position that the bus had invented before', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    await using tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError: fail });
    let changes = 0;
    tail.onChange(() => {
      changes += 1;
    });
    bus.wake(5n);
    await tail.refresh();
    expect(changes).toBe(1);
    await record.append(1);
    await tail.refresh();
    expect(changes).toBe(2);
  });

  test('reads each entry once, however often it is woken', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    await using tail = await startTail({ db: record.db, bus, pollInterval: 1, onError: fail });
    const heard = listen(tail);
    for (let round = 0; round < 20; round += 1) {
      bus.wake();
      await record.append(3);
      bus.wake();
    }
    await vi.waitUntil(() => tail.head.position === 60n, 30_000);
    expect(heard).toEqual(Array.from({ length: 60 }, (_, index) => BigInt(index + 1)));
  });

  test('finishes a running read on disposal, so that the database can be closed', async () => {
    const record = await openGrowingRecord();
    const bus = createLocalBus();
    const onError = vi.fn();
    const tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError });
    await record.append(500);
    bus.wake();
    bus.wake();
    await tail[Symbol.asyncDispose]();
    await record[Symbol.asyncDispose]();
    bus.wake();
    expect(onError).not.toHaveBeenCalled();
  });
});
