import { expect, test, vi } from 'vitest';
import { startInstance } from './instance.js';
import { openGrowingRecord } from './record.js';
import { range, subscribe } from './subscriber.js';

/** Takes the record back to a position, as putting back an older backup does. */
const backTo = (position: bigint) => `
  BEGIN;
  SET LOCAL session_replication_role = replica;
  DELETE FROM feed_entry WHERE position > ${position};
  DELETE FROM revision WHERE (development_id, number) NOT IN (SELECT development_id, revision FROM feed_entry) AND number > 1;
  UPDATE feed_head SET (position, hash) = (SELECT position, hash FROM feed_entry WHERE position = ${position});
  COMMIT`;

test('an older backup that was put back in silence resets the cursors beyond it, and no others', async () => {
  await using record = await openGrowingRecord();
  await record.append(9);
  const [kept, lost, head] = [await record.at(5n), await record.at(7n), await record.at(9n)];
  await record.pool.query(backTo(5n));
  await using before = await startInstance(record.db);
  const early = await subscribe(before, { after: lost });
  await vi.waitUntil(() => early.received.at(-1) === 'CAUGHT_UP', 30_000);
  expect(early.received).toEqual(['RESET', 'CAUGHT_UP']); // Ahead of the record.

  await record.append(6, 7); // Now there are other changes at the positions of the cursors.
  await using instance = await startInstance(record.db);
  for (const after of [lost, head]) {
    const subscriber = await subscribe(instance, { after });
    await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', 30_000);
    expect(subscriber.received).toEqual(['RESET', 'CAUGHT_UP']);
    expect(subscriber.place).toEqual(await record.at(11n));
  }
  const subscriber = await subscribe(instance, { after: kept });
  await vi.waitUntil(() => subscriber.received.at(-1) === 'CAUGHT_UP', 30_000);
  expect(subscriber.received).toEqual([...range(5n, 11n), 'CAUGHT_UP']);
});

test('a thousand cursors are checked with a few statements', async () => {
  await using record = await openGrowingRecord();
  await record.append(1_500);
  await using instance = await startInstance(record.db);
  const cursors = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) => instance.tail.hashAt(BigInt(index + 300))),
  );
  expect(new Set(cursors).size).toBe(1_000);
  const statements: string[] = [];
  const stop = record.db.onStatement(({ query }) => void statements.push(query));
  for (let position = 1n; position <= 1_500n; position += 1n) await instance.tail.hashAt(position);
  stop();
  expect(statements.length).toBeLessThanOrEqual(2);
});
