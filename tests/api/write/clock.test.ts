import { expect } from 'vitest';
import { exportRecord } from '../../../src/backup/export.js';
import { restoreRecord } from '../../../src/backup/restore.js';
import { parseMapping } from '../../../src/import/mapping/mapping.js';
import { importFiles } from '../../../src/import/run.js';
import { test as importTest, speeches } from '../../import/fixture.js';
import { createDatabase } from '../../support/database.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const RECORD = `mutation ($input: RecordStatementInput!) {
  recordStatement(input: $input) { __typename ... on Error { code } }
}`;
const REVISE = `mutation { reviseStatement(input: { slug: "before", summary: "Now" }) { __typename ... on Error { code } } }`;

/** Moves the last entry and the head to a time, as if a write had come while the clock was ahead. */
async function setFeedTime({ db }: Pick<TestServer, 'db'>, ahead: string): Promise<void> {
  await db.$transaction([
    db.$executeRawUnsafe('SET LOCAL session_replication_role = replica'), // Entries refuse to be changed.
    db.$executeRawUnsafe(`UPDATE feed_head SET recorded_at = now() + interval '${ahead}'`),
    db.$executeRawUnsafe(
      'UPDATE feed_entry SET recorded_at = feed_head.recorded_at FROM feed_head WHERE feed_entry.position = feed_head.position',
    ),
  ]);
}

const input = (slug: string) => ({ slug, headline: slug, occurred: '2026', publish: true, ...CITED });
const BEHIND = {
  message: expect.stringMatching(
    /^The database's clock reads 20\d\d-.*Z, and the feed would be at 20\d\d-.*Z: nothing was written.*operator/,
  ),
  extensions: { code: 'CLOCK_BEHIND' },
};

describeWithDatabase('while the last entry is more than a minute in the future', () => {
  test('publications are refused and write nothing, and reads go on', async ({ server }) => {
    await publishStatement(server, 'Before', { slug: 'before' });
    await setFeedTime(server, '2 minutes');
    const record = await server.request(RECORD, { variables: { input: input('after') } });
    expect(record).toMatchObject({ status: 503, errors: [BEHIND] });
    const revise = await server.request(REVISE);
    expect(revise).toMatchObject({ status: 503, errors: [BEHIND] });
    const { developments } = await server.data('{ developments { nodes { slug summary } } }');
    expect(developments.nodes).toEqual([{ slug: 'before', summary: '' }]);
    expect(await server.db.revision.count()).toBe(1);
    expect(server.logged.map(({ msg }) => msg)).toEqual(['a write was refused', 'a write was refused']);
    await setFeedTime(server, '-1 second');
    expect((await server.request(RECORD, { variables: { input: input('after') } })).errors).toBeUndefined();
  });

  test('a server warns when it starts', async () => {
    await using database = await createDatabase();
    {
      await using server = await startTestServer(database.location);
      await publishStatement(server, 'Before');
      await setFeedTime(server, '2 minutes');
      expect(server.logged).toEqual([]);
    }
    await using server = await startTestServer(database.location);
    expect(server.logged.map(({ msg }) => msg)).toEqual([
      'the last entry of the feed is in the future; publications and imports are refused',
    ]);
  });

  importTest('an import writes nothing', async ({ save, writer }) => {
    const file = await save(
      'a.csv',
      'id,title,day,speakers,topics,url\na,A,2022-03-11,Х,,https://example.org/a',
    );
    await writer.db.$executeRawUnsafe("UPDATE feed_head SET recorded_at = now() + interval '2 minutes'");
    const importing = importFiles(writer, { files: [file], mapping: parseMapping(speeches()) });
    await expect(importing).rejects.toMatchObject({ code: 'CLOCK_BEHIND' });
    expect(await writer.db.development.count()).toBe(0);
    expect(await writer.db.actor.count()).toBe(0);
  });
});

describeWithDatabase('while the last entry is less than a minute in the future', () => {
  test('publications get its time, so times do not go back', async ({ server }) => {
    await publishStatement(server, 'Before');
    await setFeedTime(server, '30 seconds');
    await publishStatement(server, 'After');
    const entries = await server.db.feedEntry.findMany({
      where: { developmentId: { not: null } },
      orderBy: { position: 'asc' },
    });
    expect(entries[1]?.recordedAt).toEqual(entries[0]?.recordedAt);
    expect(server.logged).toEqual([]);
  });
});

describeWithDatabase('an export with a time in the future', () => {
  importTest('is refused with its line, before anything is written', async ({ save, writer }) => {
    await using source = await createDatabase();
    await using server = await startTestServer(source.location);
    await publishStatement(server, 'Before');
    await setFeedTime(server, '1 hour');
    const lines: string[] = [];
    await exportRecord(server.db, async (some) => void lines.push(...some));
    const file = await save('record.ndjson', lines.map((line) => `${line}\n`).join(''));
    await expect(restoreRecord(writer, { file })).rejects.toThrow(/Expected times up to now; got 20\d\d-/);
    expect(await writer.db.source.count()).toBe(0);
  });
});
