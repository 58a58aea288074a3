import { describe, expect } from 'vitest';
import { ANONYMOUS } from '../../src/domain/access.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { findViews } from '../../src/domain/development/read/view.js';
import { reviseDevelopment } from '../../src/domain/development/write/revise.js';
import { acceptProposal } from '../../src/domain/proposals/accept.js';
import { rejectProposal } from '../../src/domain/proposals/decide.js';
import type { BulkWriter } from '../../src/domain/write.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { expectVerified } from '../support/expect-verified.js';
import { speeches, test } from './fixture.js';

const HEADER = 'id,title,day,speakers,topics,url,text';
const row = (id: string, title: string, { day = '2022-03-01', speakers = 'Anna', text = '' } = {}) =>
  `${id},${title},${day},${speakers},,https://example.org/${id},${text}`;
const csv = (...rows: string[]) => [HEADER, ...rows].join('\n');

const mapping = (existing: string) => parseMapping(`${speeches('  summary: $text')}\n${existing}`);

async function contentOf({ db }: BulkWriter, value: string): Promise<DevelopmentContent> {
  const { developmentId } = await db.externalId.findFirstOrThrow({ where: { value } });
  const [view] = await findViews(db, ANONYMOUS, undefined, [developmentId]);
  if (!view) throw new Error(`The development of the row ${value} is not visible.`);
  return view.content;
}

const slugOf = async (writer: BulkWriter, value: string) => (await contentOf(writer, value)).slug;

describe('existing: revise', () => {
  test('revises what the data set says otherwise, and keeps what an editor changed', async ({
    save,
    writer,
  }) => {
    const first = await save(
      'a.csv',
      csv(
        row('same', 'Same'),
        row('corrected', 'Before', { text: 'Old.' }),
        row('edited', 'Edited', { text: 'Old.' }),
      ),
    );
    expect(await importFiles(writer, { files: [first], mapping: mapping('') })).toMatchObject({
      recorded: 3,
    });
    const editor = { ...writer, editor: 'somebody' };
    await reviseDevelopment(editor, 'STATEMENT', await slugOf(writer, 'edited'), { summary: 'By hand.' });

    const second = await save(
      'b.csv',
      csv(
        row('same', 'Same'),
        row('corrected', 'After', { day: '2022-03-02', speakers: 'Anna;Boris' }),
        row('edited', 'Edited again', { text: 'Old.' }),
        row('new', 'New'),
      ),
    );
    const run = { files: [second], mapping: mapping('existing: revise') };
    expect(await importFiles(writer, { ...run, dryRun: true })).toMatchObject({
      recorded: 1,
      changed: 2,
      bad: 0,
    });
    expect(await importFiles(writer, run)).toMatchObject({
      outcome: 'written',
      recorded: 1,
      changed: 2,
      alreadyThere: 1,
      bad: 0,
    });
    expect(await contentOf(writer, 'corrected')).toMatchObject({
      headline: 'After',
      summary: '', // The cell is empty now.
      occurred: { edtf: '2022-03-02' },
      participants: [{}, {}],
    });
    expect(await contentOf(writer, 'edited')).toMatchObject({
      headline: 'Edited again',
      summary: 'By hand.',
    });
    const revisions = await writer.db.revision.findMany({
      orderBy: [{ recordedAt: 'asc' }, { number: 'asc' }],
    });
    expect(revisions.map(({ number, editor: who, act }) => [number, who, act])).toEqual([
      [1, 'import', 'speeches@1'],
      [1, 'import', 'speeches@1'],
      [1, 'import', 'speeches@1'],
      [2, 'somebody', null],
      [1, 'import', 'speeches@2'],
      [2, 'import', 'speeches@2'],
      [3, 'import', 'speeches@2'],
    ]);
    const again = await importFiles(writer, run);
    expect(again).toMatchObject({ recorded: 0, changed: 0, alreadyThere: 4 });
    expect(await writer.db.revision.count()).toBe(7);
    await expectVerified(writer.db);
  });

  test('proposes the value if an editor changed the same field, and says both', async ({ save, writer }) => {
    const first = await save('a.csv', csv(row('a', 'One'), row('b', 'Two')));
    await importFiles(writer, { files: [first], mapping: mapping('') });
    const editor = { ...writer, editor: 'somebody' };
    await reviseDevelopment(editor, 'STATEMENT', await slugOf(writer, 'a'), { headline: 'By hand' });
    const second = await save('b.csv', csv(row('a', 'Corrected'), row('b', 'Also corrected')));
    const run = { files: [second], mapping: mapping('existing: revise') };
    expect(await importFiles(writer, { ...run, dryRun: true })).toMatchObject({ changed: 1, proposed: 1 });
    expect(await writer.db.proposal.count()).toBe(0);
    const report = await importFiles(writer, run);
    expect(report).toMatchObject({ outcome: 'written', changed: 1, proposed: 1, alreadyThere: 0, bad: 0 });
    expect(report.problems).toMatchObject([
      {
        line: 2,
        id: 'a',
        field: 'headline',
        columns: ['title'],
        value: '"Corrected"',
        kind: 'EDITED_SINCE',
        reason: expect.stringContaining('The record has "By hand"'),
      },
    ]);
    expect(await contentOf(writer, 'a')).toMatchObject({ headline: 'By hand' });
    expect(await contentOf(writer, 'b')).toMatchObject({ headline: 'Also corrected' });
    expect(await writer.db.proposal.findMany()).toMatchObject([
      { author: 'import', isByMachine: true, fields: ['headline'], content: { headline: 'Corrected' } },
    ]);
    expect(await importFiles(writer, run)).toMatchObject({ changed: 0, proposed: 0, alreadyThere: 2 });
    // The data set agrees with the editor now.
    const third = await save('c.csv', csv(row('a', 'By hand'), row('b', 'Also corrected')));
    const agreed = await importFiles(writer, { ...run, files: [third] });
    expect(agreed).toMatchObject({ changed: 0, proposed: 0, alreadyThere: 2, bad: 0 });
    expect(await writer.db.proposal.findMany()).toMatchObject([
      { state: 'WITHDRAWN', decidedBy: 'import', decision: 'The data set says something else now.' },
    ]);
  });

  test('replaces an open proposal by what the row says now, and never proposes a rejected value again', async ({
    save,
    writer,
  }) => {
    const first = await save('a.csv', csv(row('a', 'One', { text: 'Old.' })));
    await importFiles(writer, { files: [first], mapping: mapping('') });
    const ann = { ...writer, editor: 'ann' };
    const slug = await slugOf(writer, 'a');
    await reviseDevelopment(ann, 'STATEMENT', slug, { headline: 'By hand', summary: 'By hand.' });
    const importing = async (name: string, title: string, text: string) =>
      importFiles(writer, {
        files: [await save(name, csv(row('a', title, { text })))],
        mapping: mapping('existing: revise'),
      });
    const open = () =>
      writer.db.proposal.findMany({
        where: { state: 'RECEIVED' },
        select: { id: true, fields: true, content: true },
      });
    expect(await importing('b.csv', 'Two', 'Old.')).toMatchObject({ proposed: 1 });
    expect(await importing('c.csv', 'Two', 'New.')).toMatchObject({ proposed: 1 });
    const [only, ...others] = await open();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      fields: ['headline', 'summary'],
      content: { headline: 'Two', summary: 'New.' },
    });
    await rejectProposal(ann, only?.id ?? '', 'Ours are better.', {});
    expect(await importing('d.csv', 'Two', 'Newer.')).toMatchObject({ proposed: 1 });
    expect(await open()).toMatchObject([{ fields: ['summary'], content: { headline: 'By hand' } }]);
    const [last] = await open();
    await acceptProposal(ann, last?.id ?? '', {}, {});
    expect(await contentOf(writer, 'a')).toMatchObject({ headline: 'By hand', summary: 'Newer.' });
    expect(await importing('e.csv', 'Two', 'Newer.')).toMatchObject({ proposed: 0, alreadyThere: 1 });
    await expectVerified(writer.db);
  });
});

test('existing: report tells the differences and changes nothing', async ({ save, writer }) => {
  const first = await save('a.csv', csv(row('a', 'One'), row('gone', 'Gone')));
  await importFiles(writer, { files: [first], mapping: mapping('') });
  const second = await save('b.csv', csv(row('a', 'Corrected', { speakers: 'Nobody known' })));
  const report = await importFiles(writer, { files: [second], mapping: mapping('existing: report') });
  expect(report).toMatchObject({
    outcome: 'written',
    changed: 0,
    alreadyThere: 1,
    bad: 0,
    made: { actors: 0 },
  });
  expect(report.problems.map(({ id, field, kind }) => [id, field, kind])).toEqual([
    ['a', 'headline', 'DIFFERS'],
    ['a', 'participants', 'DIFFERS'],
    ['gone', 'row', 'GONE'],
  ]);
  expect(await contentOf(writer, 'a')).toMatchObject({ headline: 'One' });
  expect(await writer.db.actor.count()).toBe(1);
});

test('missing: retract retracts rows that are gone, unless an editor changed them', async ({
  save,
  writer,
}) => {
  const first = await save('a.csv', csv(row('kept', 'Kept'), row('gone', 'Gone'), row('edited', 'Edited')));
  await importFiles(writer, { files: [first], mapping: mapping('') });
  const editor = { ...writer, editor: 'somebody' };
  await reviseDevelopment(editor, 'STATEMENT', await slugOf(writer, 'edited'), { summary: 'By hand.' });
  const second = await save('b.csv', csv(row('kept', 'Kept')));
  const retract = mapping('existing: revise\nmissing: retract');
  const report = await importFiles(writer, { files: [second], mapping: retract });
  expect(report).toMatchObject({ alreadyThere: 1, retracted: 1, bad: 0 });
  expect(report.problems).toMatchObject([{ id: 'edited', kind: 'GONE' }]);
  const retracted = { status: 'RETRACTED' } as const;
  expect(await writer.db.revision.findMany({ where: retracted })).toMatchObject([
    { snapshot: { headline: 'Gone' } },
  ]);
  // A row that comes back becomes another development, because a retraction is final.
  const back = await importFiles(writer, { files: [first], mapping: retract });
  expect(back).toMatchObject({ recorded: 1, retracted: 0 });
  expect(await contentOf(writer, 'gone')).toMatchObject({ headline: 'Gone' });
  expect(await writer.db.development.count({ where: retracted })).toBe(1);
  await expectVerified(writer.db);
});

test('a new release with corrected, missing and new rows, some edited by hand, is what the record says row by row', async ({
  save,
  writer,
}) => {
  const COUNT = 200;
  const isCorrected = (id: number) => id % 20 === 0; // 5 %
  const isGone = (id: number) => id % 100 === 7; // 1 %
  const last = Array.from({ length: COUNT }, (_, id) => row(`${id}`, `Row ${id}`, { text: `Text ${id}` }));
  await importFiles(writer, { files: [await save('a.csv', csv(...last))], mapping: mapping('') });
  const editor = { ...writer, editor: 'somebody' };
  // An untouched row, a corrected one in another field, and one in the field that is corrected too.
  const edits = {
    1: { headline: 'By hand 1' },
    20: { summary: 'By hand 20' },
    40: { headline: 'By hand 40' },
  };
  for (const [id, edit] of Object.entries(edits)) {
    await reviseDevelopment(editor, 'STATEMENT', await slugOf(writer, id), edit);
  }
  const ids = Array.from({ length: COUNT + 5 }, (_, id) => id).filter((id) => !isGone(id));
  const now = ids.map((id) =>
    row(`${id}`, isCorrected(id) ? `Corrected ${id}` : `Row ${id}`, { text: `Text ${id}` }),
  );
  const files = [await save('b.csv', csv(...now))];
  const retract = mapping('existing: revise\nmissing: retract');
  const report = await importFiles(writer, { files, mapping: retract, onError: 'skip', batchSize: 30 });
  // 200 is new and would be corrected. 40 is the conflict.
  expect(report).toMatchObject({ recorded: 5, changed: 9, proposed: 1, retracted: 2, bad: 0 });
  expect(report.problems).toMatchObject([{ id: '40', kind: 'EDITED_SINCE' }]);
  for (const id of ids) {
    const { headline, summary } = await contentOf(writer, `${id}`);
    const given = { headline: isCorrected(id) ? `Corrected ${id}` : `Row ${id}`, summary: `Text ${id}` };
    expect({ headline, summary }, `row ${id}`).toEqual({ ...given, ...edits[id as keyof typeof edits] });
  }
  expect(await writer.db.externalId.count()).toBe(ids.length);
  expect(await writer.db.development.count({ where: { status: 'RETRACTED' } })).toBe(2);
  // Files without rows retract nothing.
  const none = await importFiles(writer, { files: [await save('c.csv', csv())], mapping: retract });
  expect(none).toMatchObject({ retracted: 0 });
  await expectVerified(writer.db);
});
