import { expect, test, vi } from 'vitest';
import { startNewEpoch } from '../../src/feed/epoch.js';
import { startInstance } from './instance.js';
import { openGrowingRecord } from './record.js';
import { range, subscribe } from './subscriber.js';

test('resets older cursors after a restore and resumes from newer ones', async () => {
  await using record = await openGrowingRecord();
  await record.append(5);
  const before = await startInstance(record.db);
  const old = before.tail.head;
  await before[Symbol.asyncDispose]();

  await startNewEpoch(record.db);
  const head = await record.append(5); // The old cursor's position now belongs to another change.
  await using instance = await startInstance(record.db);
  const lost = await subscribe(instance, { after: old });
  await vi.waitUntil(() => lost.received.at(-1) === 'CAUGHT_UP', 30_000);
  expect(lost.received).toEqual(['RESET', 'CAUGHT_UP']);

  // An entry from before the restore has a cursor of the new epoch.
  const { epoch } = instance.tail.head;
  const all = await subscribe(instance, { after: await record.at(0n) });
  await vi.waitUntil(() => all.received.at(-1) === 'CAUGHT_UP', 30_000);
  expect(all.received).toEqual([...range(0n, head), 'CAUGHT_UP']);
  expect(all.place).toEqual(await record.at(head));
  expect(epoch).not.toBe(old.epoch);
  const [third] = await instance.tail.read(2n);
  expect(third?.epoch).toBe(epoch);
});
