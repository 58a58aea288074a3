import { expect, test } from 'vitest';
import { insertAll } from '../../src/domain/insert-all.js';
import { exposeCollection } from '../../src/import/memory.js';
import { openTestDatabase } from './suites.js';

const STATEMENTS = 20;
/** Characters of each. */
const LENGTH = 1_000_000;
const MEGABYTE = 1024 ** 2;

const collect = exposeCollection();

function heldBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('long texts are not kept once they are written', { timeout: 120_000 }, async () => {
  await using opened = await openTestDatabase();
  const write = (slug: string) =>
    opened.db.$transaction((tx) =>
      insertAll(tx, 'topic', [
        { id: crypto.randomUUID(), slug, name: slug, description: slug.padEnd(LENGTH, slug) },
      ]),
    );
  await write('first');
  const before = heldBytes();
  for (let count = 0; count < STATEMENTS; count += 1) await write(`topic-${count}`);
  expect((heldBytes() - before) / MEGABYTE).toBeLessThan(10);
  expect(await opened.db.topic.count()).toBe(STATEMENTS + 1);
});
