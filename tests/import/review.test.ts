import { expect } from 'vitest';
import { publishDevelopment } from '../../src/domain/development/write/revise.js';
import { acceptProposal } from '../../src/domain/proposals/accept.js';
import { rejectProposal } from '../../src/domain/proposals/decide.js';
import { approveDraft } from '../../src/domain/review/acts.js';
import { ReviewRequiredError } from '../../src/domain/review/errors.js';
import { setReviewMode } from '../../src/domain/review/policy.js';
import type { BulkWriter } from '../../src/domain/write.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { undoRun } from '../../src/import/undo/undo.js';
import { expectVerified } from '../support/expect-verified.js';
import { speeches, test } from './fixture.js';

const HEADER = 'id,title,day,speakers,topics,url,text';
const csv = (...rows: readonly (readonly [id: string, title: string])[]) =>
  [HEADER, ...rows.map(([id, title]) => `${id},${title},2022-03-01,Anna,,https://example.org/${id},`)].join(
    '\n',
  );
const mapping = (more: string) => parseMapping(`${speeches('  summary: $text')}\n${more}`);
const revise = mapping('existing: revise\nmissing: retract');

const states = async ({ db }: BulkWriter) =>
  (
    await db.development.findMany({
      select: { status: true, revision: true, review: { select: { state: true } }, externalIds: true },
      orderBy: { recordedAt: 'asc' },
    })
  ).map(({ status, revision, review }) => [status, revision, review?.state ?? null]);

const toldDevelopments = ({ db }: BulkWriter) =>
  db.feedEntry.count({ where: { developmentId: { not: null } } });

const proposals = ({ db }: BulkWriter) =>
  db.proposal.findMany({
    orderBy: { id: 'asc' },
    select: { id: true, act: true, state: true, fields: true },
  });

const slugs = async ({ db }: BulkWriter) =>
  (await db.development.findMany({ orderBy: { slug: 'asc' }, select: { slug: true } })).map(
    ({ slug }) => slug,
  );

test('an import publishes nothing if the record requires review: its developments are drafts in the queue', async ({
  save,
  writer,
}) => {
  await setReviewMode(writer.db, 'REQUIRED');
  const files = [await save('a.csv', csv(['1', 'One'], ['2', 'Two']))];
  const dry = await importFiles(writer, { files, mapping: revise, dryRun: true });
  expect(dry).toMatchObject({ recorded: 2, warnings: [expect.stringContaining('requires review')] });
  expect(await importFiles(writer, { files, mapping: revise })).toMatchObject({ recorded: 2, bad: 0 });
  expect(await states(writer)).toEqual([
    ['DRAFT', 1, 'IN_REVIEW'],
    ['DRAFT', 1, 'IN_REVIEW'],
  ]);
  expect(await toldDevelopments(writer)).toBe(0);
  // A person's approval and the machine's name are not enough for the machine to publish: it never does.
  const [slug = ''] = await slugs(writer);
  await approveDraft({ ...writer, editor: 'ann' }, slug, { expectedRevision: 1 });
  expect(await importFiles(writer, { files, mapping: revise })).toMatchObject({ alreadyThere: 2 });
  expect(await toldDevelopments(writer)).toBe(0);
  await publishDevelopment({ ...writer, editor: 'ben' }, slug, {});
  expect(await toldDevelopments(writer)).toBe(1);
  await expectVerified(writer.db);
});

test('revisions and retractions of an import are proposals if the record requires review', async ({
  save,
  writer,
}) => {
  const first = await save('a.csv', csv(['1', 'One'], ['2', 'Two'], ['3', 'Three']));
  await importFiles(writer, { files: [first], mapping: revise });
  await setReviewMode(writer.db, 'REQUIRED');
  const second = await save('b.csv', csv(['1', 'One corrected'], ['3', 'Three']));
  const run = { files: [second], mapping: revise };
  expect(await importFiles(writer, { ...run, dryRun: true })).toMatchObject({
    ...{ changed: 0, retracted: 0, proposed: 2, bad: 0 },
  });
  const report = await importFiles(writer, run);
  expect(report).toMatchObject({ outcome: 'written', changed: 0, retracted: 0, proposed: 2, bad: 0 });
  expect(await proposals(writer)).toMatchObject([
    { act: 'REVISE', state: 'RECEIVED', fields: ['headline'] },
    { act: 'RETRACT', state: 'RECEIVED', fields: [] },
  ]);
  // The same file proposes nothing twice.
  expect(await importFiles(writer, run)).toMatchObject({ proposed: 0, alreadyThere: 2 });
  const [revision, retraction] = await proposals(writer);
  const ann = { ...writer, editor: 'ann' };
  await acceptProposal(ann, revision?.id ?? '', {}, {});
  await rejectProposal(ann, retraction?.id ?? '', 'It happened.', {});
  expect(await importFiles(writer, run)).toMatchObject({ proposed: 0, retracted: 0 });
  expect((await states(writer)).map(([status]) => status)).toEqual(['PUBLISHED', 'PUBLISHED', 'PUBLISHED']);
  await expectVerified(writer.db);
});

test('new links from public developments are proposals, once', async ({ save, writer }) => {
  const first = await save('a.csv', csv(['1', 'One'], ['2', 'Two']));
  await importFiles(writer, { files: [first], mapping: revise });
  await setReviewMode(writer.db, 'REQUIRED');
  const links = parseMapping(`
record: link
fields:
  from: { dataset: speeches, id: $from }
  to: { dataset: speeches, id: $to }
  relation: RESPONDS_TO`);
  const files = [await save('links.csv', 'from,to\n2,1')];
  expect(await importFiles(writer, { files, mapping: links })).toMatchObject({ recorded: 0, proposed: 1 });
  expect(await importFiles(writer, { files, mapping: links })).toMatchObject({
    ...{ recorded: 0, proposed: 0, alreadyThere: 1 },
  });
  expect(await proposals(writer)).toMatchObject([{ act: 'REVISE', fields: ['links'] }]);
});

test('the undo of an import withdraws nothing public if the record requires review', async ({
  save,
  writer,
}) => {
  const first = await save('a.csv', csv(['1', 'One']));
  await importFiles(writer, { files: [first], mapping: revise });
  await setReviewMode(writer.db, 'REQUIRED');
  await expect(undoRun(writer, { dataset: 'speeches', number: 1 })).rejects.toThrow(ReviewRequiredError);
  expect((await states(writer)).map(([status]) => status)).toEqual(['PUBLISHED']);
});
