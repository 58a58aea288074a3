import { expect } from 'vitest';
import { RecordNamesCache } from '../../src/intake/record-names-cache.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { mutate } from '../support/writes.js';

describeWithDatabase('the names of the record', () => {
  test('are read once for each version of the reference data, also by concurrent requests', async ({
    server,
  }) => {
    const names = new RecordNamesCache();
    const readTwice = async () => {
      const [first, second] = await Promise.all([names.read(server.db), names.read(server.db)]);
      expect(first).toBe(second);
      return first;
    };
    const before = await readTwice();
    expect(await names.read(server.db)).toBe(before);
    await mutate(server, 'upsertActor', { slug: 'ada-brook', kind: 'PERSON', name: 'Ada Brook' });
    expect(await readTwice()).not.toBe(before);
  });

  test('are read again after a failure', async ({ server }) => {
    const names = new RecordNamesCache();
    const rename = (from: string, to: string) =>
      server.db.$executeRawUnsafe(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('actor_name', 'gone');
    await expect(names.read(server.db)).rejects.toThrow();
    await rename('gone', 'actor_name');
    await expect(names.read(server.db)).resolves.toBeDefined();
  });
});
