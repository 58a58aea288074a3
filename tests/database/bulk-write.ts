import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { driverTransaction, insertMany } from '../../src/database/bulk-write.js';
import { isConflict } from '../../src/domain/write.js';
import { appendToFeed } from '../../src/feed/position.js';
import { openTestDatabase } from './suites.js';

const topic = (slug: string, name = slug) => ({ id: crypto.randomUUID(), slug, name });

/** Characters of a long text. */
const LONG = 1_000_000;
const MEGABYTE = 1024 ** 2;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heldBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

export function describeBulkWrites(): void {
  describe('a transaction on the driver', () => {
    test('commits all rows, and returns big integers as Prisma does', async () => {
      await using opened = await openTestDatabase();
      const position = await driverTransaction(opened.pool, async (tx) => {
        await insertMany(tx, 'topic', [topic('one'), topic('two')]);
        const [row] = await tx.$queryRaw<{ position: bigint }[]>`SELECT position FROM feed_head`;
        await appendToFeed(tx, []);
        return row?.position;
      });
      expect(position).toBe(0n);
      expect(await opened.db.topic.count()).toBe(2);
    });

    test('rolls back when it throws, and the next one works', async () => {
      await using opened = await openTestDatabase();
      const failed = driverTransaction(opened.pool, async (tx) => {
        await insertMany(tx, 'topic', [topic('one')]);
        throw new Error('on purpose');
      });
      await expect(failed).rejects.toThrow('on purpose');
      await driverTransaction(opened.pool, (tx) => insertMany(tx, 'topic', [topic('two')]));
      expect(await opened.db.topic.findMany({ select: { slug: true } })).toEqual([{ slug: 'two' }]);
    });

    test('reports a unique key taken by another writer as a conflict', async () => {
      await using opened = await openTestDatabase();
      await opened.db.topic.create({ data: { slug: 'taken', name: 'Taken' } });
      const failed = driverTransaction(opened.pool, (tx) => insertMany(tx, 'topic', [topic('taken')]));
      expect(isConflict(await failed.catch((error: unknown) => error))).toBe(true);
    });

    test('keeps or replaces rows with the same key, as requested', async () => {
      await using opened = await openTestDatabase();
      const first = topic('one', 'First');
      await driverTransaction(opened.pool, async (tx) => {
        await insertMany(tx, 'topic', [first]);
        await insertMany(tx, 'topic', [{ ...first, name: 'Second' }], 'keep');
      });
      expect(await opened.db.topic.findMany({ select: { name: true } })).toEqual([{ name: 'First' }]);
      await driverTransaction(opened.pool, (tx) =>
        insertMany(tx, 'topic', [{ ...first, name: 'Third' }], { replaceBy: 'id' }),
      );
      expect(await opened.db.topic.findMany({ select: { name: true } })).toEqual([{ name: 'Third' }]);
    });

    test('releases long texts from memory after writing them', { timeout: 120_000 }, async () => {
      await using opened = await openTestDatabase();
      const write = (slug: string) =>
        driverTransaction(opened.pool, (tx) =>
          insertMany(tx, 'topic', [{ ...topic(slug), description: slug.padEnd(LONG, slug) }]),
        );
      await write('first');
      const before = heldBytes();
      for (let count = 0; count < 20; count += 1) await write(`topic-${count}`);
      expect((heldBytes() - before) / MEGABYTE).toBeLessThan(10);
      expect(await opened.db.topic.count()).toBe(21);
    });
  });
}
