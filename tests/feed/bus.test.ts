import { describe, expect, test, vi } from 'vitest';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import type { Bus } from '../../src/feed/bus/bus.js';
import { readWake } from '../../src/feed/bus/bus.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { startTail, type Tail } from '../../src/feed/tail.js';
import { CITED } from '../support/example-source.js';
import { openGrowingRecord } from './record.js';

const NEVER = 2 ** 30;
const fail = (error: unknown) => {
  throw error;
};

/** The positions that a tail's followers receive. */
function positionsOf(tail: Tail): bigint[] {
  const positions: bigint[] = [];
  tail.onAdvance((entries) => positions.push(...entries.map(({ position }) => position)));
  return positions;
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => BigInt(index + 1));

describe('the local bus', () => {
  test('passes the position to every listener until it unsubscribes', () => {
    const bus = createLocalBus();
    const [first, second]: [unknown[], unknown[]] = [[], []];
    const stop = bus.onWake((position) => first.push(position));
    bus.onWake((position) => second.push(position));
    bus.wake(7n);
    bus.wake();
    stop();
    bus.wake(8n);
    expect(first).toEqual([7n, undefined]);
    expect(second).toEqual([7n, undefined, 8n]);
  });
});

describe('a write', () => {
  test('sends a wake-up with its last position, after the commit', async () => {
    await using record = await openGrowingRecord();
    const found: unknown[] = [];
    const pending: Promise<unknown>[] = [];
    const wake = (position: bigint) => {
      pending.push(record.db.feedEntry.count({ where: { position } }).then((count) => found.push(count)));
    };
    const writer = { db: record.db, editor: 'test', wake };
    const input = { headline: 'A', occurred: '2026', citations: [...CITED.citations] };
    await recordDevelopment(writer, 'STATEMENT', input, { publish: true });
    await Promise.all(pending);
    expect(found).toEqual([1]);
  });

  test('sends no wake-up for a draft, a failure or a repetition', async () => {
    await using record = await openGrowingRecord();
    const wake = vi.fn();
    const writer = { db: record.db, editor: 'test', wake };
    const input = { headline: 'Once', occurred: '2026', slug: 'once', citations: [...CITED.citations] };
    const once = () =>
      recordDevelopment(writer, 'STATEMENT', input, { publish: true, idempotencyKey: 'key' });
    await recordDevelopment(writer, 'STATEMENT', { headline: 'Draft', occurred: '2026' });
    expect(wake.mock.calls).toEqual([['DESK']]);
    wake.mockClear();
    await once();
    await once();
    await expect(recordDevelopment(writer, 'STATEMENT', input, { publish: true })).rejects.toThrow();
    expect(wake.mock.calls).toEqual([[1n]]);
  });
});

describe('the tail', () => {
  test('reads the log for a wake-up without a position or with a new one, not for one already read', async () => {
    await using record = await openGrowingRecord();
    const bus = createLocalBus();
    let looks = 0;
    record.db.onStatement(({ query }) => {
      if (query.includes('FROM feed_entry WHERE position >')) looks += 1;
    });
    /** The embedded database answers in order, so earlier queries have been counted when this returns. */
    const settle = async () => {
      for (let turn = 0; turn < 3; turn += 1) await record.db.$queryRaw`SELECT 1`;
      return looks;
    };
    await using tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError: fail });
    const head = await record.append(3);
    bus.wake(head);
    await vi.waitUntil(() => tail.head.position === head, 30_000);
    const before = await settle();
    bus.wake(1n);
    bus.wake(head);
    expect(await settle()).toBe(before);
    bus.wake();
    expect(await settle()).toBe(before + 1);
    bus.wake(10n ** 17n); // Anybody could send this. It costs one read and does not make the tail spin.
    expect(await settle()).toBe(before + 2);
  });

  test('delivers the same over a bus that duplicates, drops and reorders wake-ups', async () => {
    await using record = await openGrowingRecord();
    const good = createLocalBus();
    const held: bigint[] = [];
    let woken = 0;
    const bad: Bus = {
      onWake: good.onWake,
      onDeskWake: good.onDeskWake,
      wake: (position = 0n) => {
        if (position === 'DESK') return;
        woken += 1;
        if (woken % 10 === 0) return;
        held.push(position);
        if (held.length < 3) return;
        for (const late of held.splice(0).reverse()) {
          good.wake(late);
          good.wake(late);
        }
      },
    };
    await using tail = await startTail({ db: record.db, bus: bad, pollInterval: 50, onError: fail });
    const positions = positionsOf(tail);
    for (let round = 0; round < 100; round += 1) bad.wake(await record.append(1 + (round % 3)));
    const last = Number(await record.append(1));
    await vi.waitUntil(() => tail.head.position === BigInt(last), 30_000);
    expect(positions).toEqual(upTo(last));
  });
});

test('treats a payload that is no position as a wake-up without one', () => {
  expect(['12', '', '-1', '1e3', 'x', '9'.repeat(40)].map(readWake)).toEqual([
    12n,
    ...Array.from({ length: 5 }, () => undefined),
  ]);
});
