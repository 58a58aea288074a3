import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { exportRecord } from '../../src/backup/export.js';
import { restoreRecord } from '../../src/backup/restore.js';
import { openDatabase } from '../../src/database/open.js';
import { makeActors, merge, undo } from '../api/merging/merge-client.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer } from '../support/server.js';
import { expectWhole, mutate } from '../support/writes.js';

describeWithDatabase('an export of a record with merges', () => {
  test('is restored with them', async ({ server }) => {
    await makeActors(server, { one: 'One Name', other: 'Other Name', third: 'Third Name' });
    await mutate(server, 'recordStatement', {
      ...{ slug: 'talk', headline: 'Talk', occurred: '2020', publish: true },
      ...{ citations: [{ source: 'source' }], participants: [{ actor: 'one', role: 'SPEAKER' }] },
    });
    await merge(server, 'mergeActors', 'one', 'other');
    await merge(server, 'mergeActors', 'other', 'third');
    for (const slug of ['first', 'second', 'last']) {
      await mutate(server, 'recordEvent', {
        ...{ slug, headline: slug, occurred: '2020', publish: true, type: 'TEST' },
        citations: [{ source: 'source', locator: slug }],
      });
    }
    const merged = await merge(server, 'mergeDevelopments', 'first', 'second');
    await undo(server, merged.merge.key);
    await merge(server, 'mergeDevelopments', 'second', 'last');
    const lines: string[] = [];
    await exportRecord(server.db, async (some) => void lines.push(...some));
    const directory = await mkdtemp(join(tmpdir(), 'doctrine-wire-merges-'));
    await using database = await createDatabase();
    try {
      const file = join(directory, 'record.ndjson');
      await using opened = await openDatabase(database.location);
      const writer = { db: opened.db, pool: opened.pool, editor: 'import', wake: () => {} };
      await writeFile(file, lines.map((line) => `${line}\n`).join(''));
      await restoreRecord(writer, { file });
    } finally {
      await rm(directory, { recursive: true });
    }
    await using restored = await startTestServer(database.location);
    const question = `{
      actor(slug: "one") { slug }
      development(slug: "talk") { revision ... on Statement { participants { actor { slug name } } } }
      first: development(slug: "first") { ...Told }
      second: development(slug: "second") { ...Told }
      last: development(slug: "last") { ...Told }
      before: development(slug: "talk", asOf: { revision: { slug: "talk", number: 1 } }) { ... on Statement { participants { actor { slug } } } }
    }
    fragment Told on Development { status revision citations { locator } retraction { successor { slug } } }`;
    await expectWhole(restored);
    expect(await restored.data(question)).toEqual(await server.data(question));
  });
});
