import { expect } from 'vitest';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import type { Problem } from '../../src/import/read/row.js';
import { describeProblems } from '../../src/import/report/report.js';
import { importFiles } from '../../src/import/run.js';
import { runs } from '../support/random/runs.js';
import { speeches, test } from './fixture.js';

const ROWS = runs(100_000);

const row = (id: number, day = '2022-03-01', title = `Row ${id}`) =>
  `${id},${title},${day},Speaker ${id % 50},Topic,https://example.org/${id % 100}`;

/** Defects, each in every nth row. The first that divides the row number applies. */
const DIRT: Readonly<
  Record<string, { readonly every: number; readonly write: (id: number) => string | Buffer }>
> = {
  emptyDate: { every: 101, write: (id) => row(id, '') },
  impossibleDate: { every: 211, write: (id) => row(id, '2022-02-30') },
  shiftedLeft: { every: 307, write: (id) => `${id},2022-03-01,Speaker,Topic,https://example.org/1` },
  shiftedRight: { every: 401, write: (id) => row(id, '2022-03-01', 'Row, as it is') },
  cyrillic: {
    every: 503,
    write: (id) =>
      Buffer.concat([Buffer.from(`${id},`), Buffer.from('cff0e8e2e5f2', 'hex'), Buffer.from(',2022,,,')]),
  },
  western: { every: 601, write: (id) => Buffer.from(row(id, '2022', 'Café'), 'latin1') },
  nul: { every: 701, write: (id) => row(id, '2022', 'Row\0') },
  openQuote: { every: 809, write: (id) => row(id, '2022', '"Row') },
  strayQuote: { every: 907, write: (id) => row(id, '2022', 'The "Row"') },
};

/** Returns the file and the number of rows with each defect. */
function dirtyFile() {
  const counts: Record<string, number> = {};
  const parts: (string | Buffer)[] = ['\uFEFFid,title,day,speakers,topics,url\r'];
  for (let id = 1; id <= ROWS; id += 1) {
    const [name, dirt] = Object.entries(DIRT).find(([, { every }]) => id % every === 0) ?? [
      'sound',
      undefined,
    ];
    counts[name] = (counts[name] ?? 0) + 1;
    // Half of the file ends its lines with CR, the rest alternates between CR LF and LF.
    parts.push(dirt?.write(id) ?? row(id), id < ROWS / 2 ? '\r' : id % 2 === 0 ? '\r\n' : '\n');
  }
  return { bytes: Buffer.concat(parts.map((part) => Buffer.from(part as string))), counts };
}

test(`a CSV of ${ROWS.toLocaleString('en')} rows with every kind of defect is reported by row, and counted by defect`, {
  timeout: 600_000,
}, async ({ save, writer }) => {
  const { bytes, counts } = dirtyFile();
  const {
    emptyDate,
    impossibleDate,
    shiftedLeft,
    shiftedRight,
    cyrillic,
    western,
    nul,
    openQuote,
    strayQuote,
  } = counts as Record<keyof typeof DIRT, number>;
  const files = [await save('dirty.csv', bytes)];
  const told: Problem[] = [];
  const sink = { write: async (problems: readonly Problem[]) => void told.push(...problems) };
  const report = await importFiles(writer, { files, mapping: parseMapping(speeches()), sink });

  expect(report).toMatchObject({ outcome: 'refused', read: ROWS, bad: ROWS - (counts['sound'] ?? 0) });
  expect(report.problemCounts.map(({ kind, field, columns, rows }) => [kind, field, columns, rows])).toEqual(
    [
      ['NO_VALUE', 'occurred', ['day'], emptyDate],
      ['BAD_DATE', 'occurred', ['day'], impossibleDate],
      ['TOO_FEW_CELLS', 'row', [], shiftedLeft],
      ['TOO_MANY_CELLS', 'row', [], shiftedRight],
      ['WRONG_BYTES', 'row', [], Number(cyrillic) + Number(western)],
      ['NUL_CHARACTER', 'row', [], nul],
      ['STRAY_QUOTE', 'row', [], Number(openQuote) + Number(strayQuote)],
    ].toSorted((a, b) => Number(b[3]) - Number(a[3])),
  );
  // Each is reported by its line. The header is line 1.
  expect(told).toHaveLength(report.problemTotal);
  expect(told.map(({ line }) => line)).toEqual(
    Array.from({ length: ROWS }, (_, index) => index + 1)
      .filter((id) => Object.values(DIRT).some(({ every }) => id % every === 0))
      .map((id) => id + 1),
  );
  const first = (kind: string) => told.find((problem) => problem.kind === kind);
  expect(first('NO_VALUE')).toMatchObject({
    line: 102,
    id: '101',
    field: 'occurred',
    columns: ['day'],
    value: null,
    reason: 'Expected a value; the row has none.',
  });
  expect(first('BAD_DATE')).toMatchObject({ line: 212, value: '"2022-02-30"' });
  expect(first('WRONG_BYTES')).toMatchObject({
    line: 504,
    value: '"503,Привет,2022,,,"',
    reason:
      'Not UTF-8. The text shown is the bytes decoded as windows-1251, in which they are words. Say `encoding: ' +
      'windows-1251` in the mapping if the whole file is in it, or save the file as UTF-8.',
  });
  expect(report.problems).toHaveLength(Math.min(1_000, report.problemTotal));
  const lines = describeProblems(report);
  expect(lines).toContain(
    `  ${emptyDate} rows: occurred (from day): no value. Fill it in, or leave the row out.`,
  );
  expect(lines).toContain(
    `  ${shiftedLeft} rows: row: fewer cells than the file has columns. Look for a line break that cuts the row in ` +
      'two, and for a missing cell.',
  );
});
