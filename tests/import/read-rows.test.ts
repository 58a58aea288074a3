import { expect } from 'vitest';
import { openRows } from '../../src/import/read-rows.js';
import { type Save, test } from './fixture.js';

async function read(save: Save, name: string, content: string | Buffer, delimiter?: string) {
  const file = await openRows(await save(name, content), { delimiter });
  const rows = [];
  for await (const { line, values, defect } of file.rows(() => {})) {
    rows.push(defect ? { line, reason: defect.reason } : { line, ...values });
  }
  return rows;
}

test('CSV with a byte order mark, quotes and CRLF is read as written, each row with its line', async ({
  save,
}) => {
  const csv = '\uFEFFid,text\r\n1,"two\r\nlines, ""quoted"""\r\n\r\nNA, \r\n3,last';
  expect(await read(save, 'a.csv', csv)).toEqual([
    { line: 2, id: '1', text: 'two\r\nlines, "quoted"' },
    { line: 5, id: 'NA', text: ' ' },
    { line: 6, id: '3', text: 'last' },
  ]);
});

test('CSV is read with the delimiter of the mapping', async ({ save }) => {
  expect(await read(save, 'a.csv', 'id;n\n1;2,5\n', ';')).toEqual([{ line: 2, id: '1', n: '2,5' }]);
});

test('a CSV row with too few columns is a defect of that row alone', async ({ save }) => {
  expect(await read(save, 'a.csv', 'id,n\n1\n2,3\n')).toEqual([
    { line: 2, reason: 'Expected 2 columns, as in the first line; got 1.' },
    { line: 3, id: '2', n: '3' },
  ]);
});

test('a CSV quote that is never closed is refused at the line of its row', async ({ save }) => {
  await expect(read(save, 'a.csv', 'id,n\n1,2\n3,"open\n4,5\n')).rejects.toThrow(
    /a\.csv, line 3: .*Quote Not Closed/,
  );
});

test('CSV rows keep their lines over many chunks and quoted line breaks', async ({ save }) => {
  const records = Array.from({ length: 20_000 }, (_, index) => `${index},"${'x'.repeat(index % 90)}\n"`);
  const rows = await read(save, 'a.csv', `id,n\n${records.join('\n')}\n`);
  expect(rows).toHaveLength(20_000);
  expect(rows.every(({ line }, index) => line === 2 + 2 * index)).toBe(true);
});

test('NDJSON passes over empty lines, and a bad line is a defect of that line alone', async ({ save }) => {
  expect(await read(save, 'a.ndjson', '\uFEFF{"id":1}\n\n{"id":\r\n[3]\n{"id":4}')).toEqual([
    { line: 1, id: 1 },
    { line: 3, reason: expect.stringContaining('Expected one JSON object on the line') },
    { line: 4, reason: 'Expected an object with named values; got a list.' },
    { line: 5, id: 4 },
  ]);
});

test('a JSON array gives each element with the line on which it begins', async ({ save }) => {
  const json = '\uFEFF[\n {"id": 1,\n  "a": [{"b": "x\\ny"}]},\n\n {"id": 2}, 7,\n {"id": 3}\n]\n';
  expect(await read(save, 'a.json', json)).toEqual([
    { line: 2, id: 1, a: [{ b: 'x\ny' }] },
    { line: 5, id: 2 },
    { line: 5, reason: 'Expected an object with named values; got number.' },
    { line: 6, id: 3 },
  ]);
});

test('a JSON array that is cut off is refused at its last line', async ({ save }) => {
  await expect(read(save, 'a.json', '[\n{"id": 1},\n{"id": "tw')).rejects.toThrow(
    /a\.json, line 3: The file ends before its JSON array does/,
  );
});

test.for([
  ['a word', '[\n{"id": tru}\n]'],
  ['a missing comma', '[{"id": 1}\n{"id": 2}]'],
  ['a raw line break in a string', '[{},\n{"id": "a\nb"}]'],
  ['text after the array', '[{"id": 1}]\nmore'],
])('malformed JSON is refused at its line: %s', async ([, json = ''], { save }) => {
  await expect(read(save, 'a.json', json)).rejects.toThrow(/a\.json, line 2: The JSON is malformed/);
});

test('a JSON file that is no array is refused with what to do', async ({ save }) => {
  await expect(read(save, 'a.json', '{"id": 1}')).rejects.toThrow(/Expected a JSON array.*format: ndjson/);
});

test.for(['a.json', 'a.ndjson', 'a.csv'])(
  'text that is not UTF-8 is refused at its line: %s',
  async (name, { save }) => {
    const bytes = Buffer.concat([Buffer.from('[\n'), Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from('\n]\n')]);
    await expect(read(save, name, bytes)).rejects.toThrow(/line 2: Expected UTF-8 text/);
  },
);

test('an empty CSV and an empty array have no rows; an empty JSON file is cut off', async ({ save }) => {
  expect(await read(save, 'a.csv', '')).toEqual([]);
  expect(await read(save, 'a.json', '[]')).toEqual([]);
  await expect(read(save, 'b.json', '')).rejects.toThrow(/line 1: The file ends before/);
});

test('a file of no known format, a directory and a missing file are refused in words', async ({ save }) => {
  const path = await save('a.xls', '');
  await expect(openRows(path, {})).rejects.toThrow(
    /expected a name that ends in \.json, \.ndjson, \.jsonl, \.csv/,
  );
  await expect(openRows('/', {})).rejects.toThrow('/ is not an ordinary file.');
  await expect(openRows(`${path}.csv`, {})).rejects.toThrow(
    /cannot be read: ENOENT: no such file or directory\./,
  );
});
