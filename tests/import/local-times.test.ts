import { expect } from 'vitest';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { test } from './fixture.js';

const MAPPING = `
record: event
publish: true
id: { dataset: times, value: $id }
fields:
  headline: { join: ["At ", $t] }
  type: STRIKE
  occurred: { from: { join: [$t, $z], with: " " }, as: date, format: yyyy-MM-dd HH:mm z }
  citations: [ { source: { title: T } } ]
`;

test('times that never were, or were twice, are problems of their rows and never moved', async ({
  save,
  writer,
}) => {
  const rows = [
    '1,2016-03-27 03:30,Europe/Kyiv',
    '2,2016-10-30 03:30,Europe/Kyiv',
    '3,1900-06-01 12:00,Europe/Kyiv',
    '4,2016-03-27 02:30,Europe/London',
    '5,2016-03-27 01:30,Europe/London',
    '6,2016-03-27 12:00,Europe/Nowhere',
  ];
  const files = [await save('a.csv', ['id,t,z', ...rows, ''].join('\n'))];
  const report = await importFiles(writer, { files, mapping: parseMapping(MAPPING), onError: 'skip' });
  expect(report).toMatchObject({ recorded: 2, bad: 4 });
  expect(report.problems.map(({ id, field, kind, reason }) => [id, field, kind, reason])).toEqual([
    ['1', 'occurred', 'BAD_DATE', expect.stringContaining('2016-03-27 03:30 never was in Europe/Kyiv')],
    ['2', 'occurred', 'BAD_DATE', expect.stringContaining('2016-10-30 03:30 was twice in Europe/Kyiv')],
    ['5', 'occurred', 'BAD_DATE', expect.stringContaining('2016-03-27 01:30 never was in Europe/London')],
    ['6', 'occurred', 'BAD_DATE', expect.stringContaining('Expected a time zone such as Europe/Kyiv')],
  ]);
  const revisions = await writer.db.revision.findMany({ orderBy: { recordedAt: 'asc' } });
  const dates = revisions.map(({ snapshot }) => (snapshot as { occurred: { edtf: string } }).occurred.edtf);
  expect(dates.toSorted()).toEqual(['1900-06-01T12:00+02:02', '2016-03-27T02:30+01:00']);
});
