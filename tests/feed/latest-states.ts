import { describe, expect, test, vi } from 'vitest';
import { latestPositions } from '../../src/feed/latest.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { startInstance } from './instance.js';
import { LatestModel } from './latest-model.js';
import { openGrowingRecord } from './record.js';
import { subscribe } from './subscriber.js';

const PATIENCE = { timeout: 30_000 };
const DEVELOPMENTS = 120;

async function openRecord() {
  const record = await openGrowingRecord(DEVELOPMENTS);
  const model = new LatestModel(DEVELOPMENTS);
  return {
    ...record,
    model,
    grow: async (count: number) => {
      const head = await record.append(count);
      model.advance(head);
      return head;
    },
  };
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Scans whose rows are those of another scan of the same plan. */
const REPEATING = new Set(['Subquery Scan', 'Bitmap Index Scan']);

/** Sums the rows that scans have read. */
function rowsRead({ Plans = [], ...plan }: Plan): number {
  const own = plan['Node Type'].includes('Scan') && !REPEATING.has(plan['Node Type']) ? 1 : 0;
  const rows = plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0);
  return own * plan['Actual Loops'] * rows + Plans.reduce((sum, below) => sum + rowsRead(below), 0);
}

export function testLatestStates(): void {
  describe('a replay of the latest states', () => {
    test('sends each development once, at its newest change, over many pages and from any position', async () => {
      await using record = await openRecord();
      const { model } = record;
      const head = await record.grow(1_000);
      await using instance = await startInstance(record.db); // It has no entries in memory.
      for (const after of [0n, 1n, 900n, head]) {
        for (const every of [1n, 11n]) {
          const start = await record.at(after);
          const subscriber = await subscribe(instance, { after: start, every, latest: model.earlier });
          await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', PATIENCE);
          expect(subscriber.received).toEqual([...model.replay(after, head, every), 'CAUGHT_UP']);
          expect(subscriber.place).toEqual(await record.at(head));
          subscriber.leave();
        }
      }
    });

    test('sends the same from memory as from the database', async () => {
      await using record = await openRecord();
      const { model } = record;
      await record.grow(200);
      await using aware = await startInstance(record.db);
      const head = await record.grow(600);
      aware.bus.wake();
      await aware.tail.refresh();
      await using unaware = await startInstance(record.db);
      for (const instance of [aware, unaware]) {
        const after = await record.at(300n);
        const subscriber = await subscribe(instance, { after, latest: model.earlier });
        await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', PATIENCE);
        expect(subscriber.received).toEqual([...model.replay(300n, head, 1n), 'CAUGHT_UP']);
      }
    });

    test('keeps to the edge that it began at, while developments change, and then sends every change', async () => {
      await using record = await openRecord();
      const { model } = record;
      const edge = await record.grow(600);
      await using instance = await startInstance(record.db, { policy: { maxBuffered: 2_000 } });
      const after = await record.at(0n);
      const subscriber = await subscribe(instance, {
        after,
        every: 2n,
        latest: model.earlier,
        isStalled: true,
      });
      await vi.waitUntil(() => subscriber.buffered > 1_000, PATIENCE);
      const head = await record.grow(200); // Replaces most states that are still to be sent.
      instance.bus.wake();
      await instance.tail.refresh();
      subscriber.resume();
      const all = [...model.replay(0n, edge, 2n), 'CAUGHT_UP', ...model.live(edge, 2n)];
      await vi.waitUntil(() => subscriber.received.length === all.length, PATIENCE);
      expect(subscriber.received).toEqual(all);
      expect(subscriber.edge).toBe(edge);
      expect(head).toBeGreaterThan(edge);
    });

    test('is one group for subscribers with the same request, whatever their cursors', async () => {
      await using record = await openRecord();
      const { model } = record;
      const head = await record.grow(500);
      await using instance = await startInstance(record.db);
      const starts = await Promise.all([0n, 0n, 10n, 200n, 450n].map((position) => record.at(position)));
      const all = await Promise.all(
        starts.map((after) => subscribe(instance, { after, latest: model.earlier })),
      );
      await vi.waitUntil(() => all.every(({ received }) => received.at(-1) === 'CAUGHT_UP'), PATIENCE);
      for (const [index, { received }] of all.entries()) {
        const { position } = starts[index] ?? { position: 0n };
        expect(received).toEqual([...model.replay(position, head, 1n), 'CAUGHT_UP']);
      }
      expect(instance.fanOut.figures.groups).toBe(1);
    });

    test('reads rows for the developments on a page, not for all their changes', async () => {
      await using record = await openRecord();
      const edge = await record.grow(4_000);
      const head = await record.grow(50);
      await record.db.$executeRaw`VACUUM ANALYZE development_version`; // Plans are then the same in each run.
      for (const [after, upTo] of [
        [0n, head],
        [0n, edge],
        [2_000n, edge],
        [edge - 10n, edge],
      ] as const) {
        const [{ 'QUERY PLAN': [{ Plan }] = [] } = {}] = await record.db.$queryRaw<any[]>(
          Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${latestPositions(after, upTo, 100)}`,
        );
        expect(rowsRead(Plan), JSON.stringify(Plan, null, 1)).toBeLessThanOrEqual(DEVELOPMENTS + 2 * 50);
      }
    });
  });
}
