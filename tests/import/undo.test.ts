import { expect } from 'vitest';
import { exportRecord } from '../../src/backup/export.js';
import { restoreRecord } from '../../src/backup/restore.js';
import { openDatabase } from '../../src/database/open.js';
import { reviseDevelopment } from '../../src/domain/development/write/revise.js';
import type { BulkWriter } from '../../src/domain/write.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { parseRun } from '../../src/import/undo/runs.js';
import { undoRun } from '../../src/import/undo/undo.js';
import { createDatabase } from '../support/database.js';
import { expectVerified } from '../support/expect-verified.js';
import { speeches, test } from './fixture.js';

const csv = (...rows: [id: string, title: string][]) =>
  [
    'id,title,day,speakers,topics,url,slug',
    ...rows.map(([id, title]) => `${id},${title},2022,Anna,,https://example.org/${id},row-${id}`),
  ].join('\n');

const mapping = (more = '', publish = true) =>
  parseMapping(`${speeches('  slug: $slug').replace('publish: true', `publish: ${publish}`)}\n${more}`);

/** Headlines and statuses, in the order of slugs. */
async function states({ db }: BulkWriter): Promise<unknown[]> {
  const rows = await db.development.findMany({
    orderBy: { slug: 'asc' },
    include: { revisions: { orderBy: { number: 'desc' }, take: 1 } },
  });
  return rows.map(({ revisions: [newest], status }) => [Object(newest?.snapshot).headline, status]);
}

test('undo retracts what the run made and reverts what it revised, unless changed since', async ({
  save,
  writer,
}) => {
  const first = await save('a.csv', csv(['a', 'A'], ['b', 'B'], ['c', 'C']));
  await importFiles(writer, { files: [first], mapping: mapping() });
  const second = await save(
    'b.csv',
    csv(['a', 'A wrong'], ['b', 'B wrong'], ['c', 'C'], ['d', 'D wrong'], ['e', 'E']),
  );
  const revise = mapping('existing: revise');
  await importFiles(writer, { files: [second], mapping: revise });
  const editor = { ...writer, editor: 'somebody' };
  for (const slug of ['row-b', 'row-e'])
    await reviseDevelopment(editor, 'STATEMENT', slug, { summary: 'By hand.' });

  const wanted = {
    retracted: 1,
    reverted: 1,
    kept: [
      { slug: 'row-b', reason: 'changed since by somebody' },
      { slug: 'row-e', reason: 'changed since by somebody' },
    ],
  };
  expect(await undoRun(writer, parseRun('speeches@2'), { dryRun: true })).toMatchObject(wanted);
  expect(await undoRun(writer, parseRun('speeches@2'), { batchSize: 2 })).toMatchObject(wanted);
  expect(await states(writer)).toEqual([
    ['A', 'PUBLISHED'],
    ['B wrong', 'PUBLISHED'],
    ['C', 'PUBLISHED'],
    ['D wrong', 'RETRACTED'],
    ['E', 'PUBLISHED'],
  ]);
  const again = await undoRun(writer, parseRun('speeches@2'));
  expect(again).toMatchObject({ retracted: 0, reverted: 0, undoneBefore: 2, kept: [{}, {}] });
  await expect(importFiles(writer, { files: [second], mapping: revise, resume: true })).rejects.toThrow(
    /This is not the import of "speeches" that was started/,
  );

  // The corrected file.
  const third = await save(
    'c.csv',
    csv(['a', 'A right'], ['b', 'B wrong'], ['c', 'C'], ['d', 'D right'], ['e', 'E']),
  );
  const corrected = await importFiles(writer, { files: [third], mapping: revise });
  expect(corrected).toMatchObject({ recorded: 1, changed: 1, alreadyThere: 3, bad: 0 });
  expect(await states(writer)).toContainEqual(['D right', 'PUBLISHED']);
  // Undoing the newer run makes the first one the last.
  await undoRun(writer, parseRun('speeches@3'));
  expect(await undoRun(writer, parseRun('speeches@1'))).toMatchObject({
    retracted: 2,
    kept: [{ slug: 'row-b' }],
  });
  await expectVerified(writer.db);

  // An export with retracted developments whose ids others took is restored as it is.
  const lines: string[] = [];
  await exportRecord(writer.db, async (some) => void lines.push(...some));
  await using copy = await createDatabase();
  await using other = await openDatabase(copy.location);
  const file = await save('export.ndjson', `${lines.join('\n')}\n`);
  await restoreRecord({ ...writer, db: other.db, pool: other.pool }, { file });
  const ids = (db: BulkWriter['db']) =>
    db.externalId.findMany({ orderBy: { value: 'asc' }, omit: { said: true } });
  expect(await ids(other.db)).toEqual(await ids(writer.db));
  await expectVerified(other.db);
});

test('a file can be imported again after its run is undone, with the same slugs', async ({
  save,
  writer,
}) => {
  const file = await save('a.csv', csv(['a', 'Wrong']));
  await importFiles(writer, { files: [file], mapping: mapping() });
  await undoRun(writer, parseRun('speeches@1'));
  const corrected = await save('b.csv', csv(['a', 'Right']));
  expect(await importFiles(writer, { files: [corrected], mapping: mapping() })).toMatchObject({
    outcome: 'written',
    recorded: 1,
  });
  const [right] = await writer.db.development.findMany({ where: { status: 'PUBLISHED' } });
  expect(right?.slug).toMatch(/^row-a-[0-9a-f]{8}$/);
});

test('drafts stay, and the next import takes them over', async ({ save, writer }) => {
  const file = await save('a.csv', csv(['a', 'Wrong']));
  await importFiles(writer, { files: [file], mapping: mapping('', false) });
  expect(await undoRun(writer, parseRun('speeches@1'))).toMatchObject({ drafts: 1 });
  const corrected = await save('b.csv', csv(['a', 'Right']));
  const report = await importFiles(writer, { files: [corrected], mapping: mapping('', false) });
  expect(report).toMatchObject({ recorded: 0, changed: 1 });
  expect(await states(writer)).toEqual([['Right', 'DRAFT']]);
});

test('an unknown run is refused with the runs that there are', async ({ save, writer }) => {
  const file = await save('a.csv', csv(['a', 'A']));
  await importFiles(writer, { files: [file], mapping: mapping() });
  await expect(undoRun(writer, parseRun('speeches@7'))).rejects.toThrow(/speeches@7\. The runs .*: 1\./);
  expect(() => parseRun('speeches')).toThrow(/such as speeches@3/);
});
