import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { loadMapping, parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { test } from './fixture.js';

const MAPPING = `
record: event
publish: true
id: { dataset: tests, value: { join: [row, $#], with: "-" } }
where:
  - { value: $type, is: [Test, Launch] }
  - { value: $year, atLeast: 1990, atMost: "2022-12-31" }
  - any:
      - { value: $note, present: false }
      - { value: $note, matches: "^seen" }
fields:
  headline: { join: [$name, $^.source], with: " by " }
  type: { from: $type, lookup: { file: types.csv, key: word, value: type } }
  occurred: { from: $year, as: date }
  citations: [{ source: { title: T } }]
`;

const row = (name: string, type = 'Test', year: string | number = '1998', note?: string) => ({
  name,
  type,
  year,
  note,
});

test.for(['$.rows[*]', '$.rows'])(
  'rows of %s that do not meet the conditions are left out',
  async (path, { save, writer }) => {
    await save('types.csv', 'word,type\nTest,TEST\nLaunch,OTHER\n');
    const mapping = await loadMapping(await save('m.yaml', `${MAPPING}rows: ${path}\n`));
    const rows = [
      row('kept'),
      row('no test', 'Exercise'),
      row('early', 'Launch', 1989),
      row('seen', 'Launch', 2020, 'seen by many'),
      row('unseen', 'Test', '1998', 'not seen'),
      row('late', 'Test', '2023'),
    ];
    const files = [await save('a.json', JSON.stringify({ source: 'S', rows }))];
    const report = await importFiles(writer, { files, mapping, batchSize: 2 });
    expect(report).toMatchObject({ outcome: 'written', read: 6, recorded: 2, leftOut: 4, bad: 0 });
    const made = await writer.db.development.findMany({
      include: { externalIds: true },
      orderBy: { slug: 'asc' },
    });
    expect(made.map(({ slug, eventType, externalIds: [id] }) => [slug, eventType, id?.value])).toEqual([
      ['kept-by-s', 'TEST', 'row-1'],
      ['seen-by-s', 'OTHER', 'row-4'],
    ]);
  },
);

test('a table beside the mapping is refused with the line of the mapping', async ({ save }) => {
  const path = join(dirname(await save('types.csv', 'word,type\nTest,TEST\nTest,OTHER\n')), 'm.yaml');
  await save('m.yaml', MAPPING);
  await expect(loadMapping(path)).rejects.toThrow(
    /line 13: fields\.type\.lookup: .*types\.csv, line 3: Expected each word once; got Test/,
  );
  await save('types.csv', 'a,b\n1,2\n');
  await expect(loadMapping(path)).rejects.toThrow(/Expected a column word; it has a, b/);
  await save('m.yaml', MAPPING.replace('types.csv', 'nope.csv'));
  await expect(loadMapping(path)).rejects.toThrow(/line 13: .*nope\.csv cannot be read: ENOENT/);
  await save('m.yaml', MAPPING.replace('file: types.csv', 'file: ../types.txt'));
  await expect(loadMapping(path)).rejects.toThrow(/lookup\.file: Expected the name of a \.csv or \.tsv file/);
});

test('the words of a table are checked like those of the mapping', () => {
  const table = 'lookup: { Test: TEST, Launch: LAUNCH }';
  expect(() =>
    parseMapping(MAPPING.replace('lookup: { file: types.csv, key: word, value: type }', table)),
  ).toThrow(/line 13: fields\.type\.lookup\.Launch: Expected one of/);
});
