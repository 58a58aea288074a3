import { expect } from 'vitest';
import { openRows } from '../../src/import/read/rows.js';
import { type Save, test } from './fixture.js';

async function read(save: Save, name: string, content: string | Buffer, delimiter?: string) {
  const file = await openRows(await save(name, content), { delimiter });
  const rows = [];
  for await (const { line, values, defect } of file.rows(() => {})) {
    rows.push(defect ? { line, reason: defect.reason } : { line, ...values });
  }
  return rows;
}

test('CSV with a byte order mark, quotes and CRLF is read unchanged, each row with its line', async ({
  save,
}) => {
  const csv = '\uFEFFid,text\r\n1,"two\r\nlines, ""quoted"""\r\n\r\nNA, \r\n3,last';
  expect(await read(save, 'a.csv', csv)).toEqual([
    { line: 2, id: '1', text: 'two\r\nlines, "quoted"' },
    { line: 5, id: 'NA', text: ' ' },
    { line: 6, id: '3', text: 'last' },
  ]);
});

test('empty CSV cells are read in every column, quoted or not', async ({ save }) => {
  expect(await read(save, 'a.csv', 'a,b,c\n,,\n"","",""\n,x,\n')).toEqual([
    { line: 2, a: '', b: '', c: '' },
    { line: 3, a: '', b: '', c: '' },
    { line: 4, a: '', b: 'x', c: '' },
  ]);
});

test('CSV is read with the delimiter of the mapping', async ({ save }) => {
  expect(await read(save, 'a.csv', 'id;n\n1;2,5\n', ';')).toEqual([{ line: 2, id: '1', n: '2,5' }]);
});

test('a CSV row with too few columns is a defect of that row only', async ({ save }) => {
  expect(await read(save, 'a.csv', 'id,n\n1\n2,3\n')).toEqual([
    { line: 2, reason: 'Expected 2 columns, as in the first line; got 1.' },
    { line: 3, id: '2', n: '3' },
  ]);
});

test('a stray CSV quote is a defect of its line only', async ({ save }) => {
  const csv = 'id,n\n1,2\n3,"open\n4,5\n6" wide,7\n8,"9"9\n"10","1""1"\n12,"open,\n13,"to the end\n14,15\n';
  const opened = expect.stringContaining('A quote opens a cell that is not closed.');
  const within = expect.stringContaining('A quote stands within a cell.');
  expect(await read(save, 'a.csv', csv)).toEqual([
    { line: 2, id: '1', n: '2' },
    { line: 3, reason: within }, // The closing quote is followed by "wide".
    { line: 4, id: '4', n: '5' },
    { line: 5, reason: within },
    { line: 6, reason: within },
    { line: 7, id: '10', n: '1"1' },
    { line: 8, reason: within },
    { line: 9, reason: opened },
    { line: 10, id: '14', n: '15' },
  ]);
});

test('CSV lines can end with CR, LF or both, and keep their line numbers', async ({ save }) => {
  const long = 'x'.repeat(300_000); // Longer than a chunk.
  for (const csv of [
    `id,n\r1,a\r\r2,"b\rc"\r3,${long}\r4,d`,
    `id,n\r\n1,a\n\r2,"b\rc"\r\n3,${long}\r4,d\r\n`,
  ]) {
    expect(await read(save, 'a.csv', csv)).toEqual([
      { line: 2, id: '1', n: 'a' },
      { line: 4, id: '2', n: 'b\rc' },
      { line: 6, id: '3', n: long },
      { line: 7, id: '4', n: 'd' },
    ]);
  }
});

test('a NUL character is a defect of its row', async ({ save }) => {
  expect(await read(save, 'a.csv', 'id,n\n1,a\0\n2,b\n')).toEqual([
    { line: 2, reason: 'Expected text without NUL characters in column "n". Take them out.' },
    { line: 3, id: '2', n: 'b' },
  ]);
});

test('CSV rows keep their lines over many chunks and quoted line breaks', async ({ save }) => {
  const records = Array.from({ length: 20_000 }, (_, index) => `${index},"${'x'.repeat(index % 90)}\n"`);
  const rows = await read(save, 'a.csv', `id,n\n${records.join('\n')}\n`);
  expect(rows).toHaveLength(20_000);
  expect(rows.every(({ line }, index) => line === 2 + 2 * index)).toBe(true);
});

test('NDJSON skips empty lines, and a bad line is a defect of that line only', async ({ save }) => {
  expect(await read(save, 'a.ndjson', '\uFEFF{"id":1}\n\n{"id":\r\n[3]\n{"id":4}')).toEqual([
    { line: 1, id: 1 },
    { line: 3, reason: expect.stringContaining('Expected one JSON object on the line') },
    { line: 4, reason: 'Expected an object with named values; got a list.' },
    { line: 5, id: 4 },
  ]);
});

test('a JSON array yields each element with the line on which it begins', async ({ save }) => {
  const json = '\uFEFF[\n {"id": 1,\n  "a": [{"b": "x\\ny"}]},\n\n {"id": 2}, 7,\n {"id": 3}\n]\n';
  expect(await read(save, 'a.json', json)).toEqual([
    { line: 2, id: 1, a: [{ b: 'x\ny' }] },
    { line: 5, id: 2 },
    { line: 5, reason: 'Expected an object with named values; got number.' },
    { line: 6, id: 3 },
  ]);
});

test('a truncated JSON array is refused at its last line', async ({ save }) => {
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

test('a JSON file without an array is refused with a way to fix it', async ({ save }) => {
  await expect(read(save, 'a.json', '{"id": 1}')).rejects.toThrow(/Expected a JSON array.*format: ndjson/);
});

const CYRILLIC = Buffer.from('cff0e8e2e5f2', 'hex'); // "Привет" in Windows-1251.
const LATIN = Buffer.from('436166e9', 'hex'); // "Café" in Windows-1252.

test.for([
  ['a.csv', 'id,n\n1,', '\n2,', '\n3,ok\n'],
  ['a.ndjson', '\n{"id":"1","n":"', '"}\n{"id":"2","n":"', '"}\n{"id":"3","n":"ok"}\n'],
  ['a.json', '[\n{"id":"1","n":"', '"},\n{"id":"2","n":"', '"},\n{"id":"3","n":"ok"}\n]'],
])('bytes that are not UTF-8 are a defect of their row only: %s', async ([name = '', ...parts], { save }) => {
  const [one = '', two = '', three = ''] = parts;
  const bytes = Buffer.concat([Buffer.from(one), CYRILLIC, Buffer.from(two), LATIN, Buffer.from(three)]);
  expect(await read(save, name, bytes)).toEqual([
    { line: 2, reason: expect.stringContaining('decoded as windows-1251') },
    { line: 3, reason: expect.stringContaining('decoded as windows-1252') },
    { line: 4, id: '3', n: 'ok' },
  ]);
});

test('a character split between two chunks is read correctly', async ({ save }) => {
  const text = 'я'.repeat(400_000);
  expect(await read(save, 'a.ndjson', `{"id":"${text}"}`)).toEqual([{ line: 1, id: text }]);
  expect(await read(save, 'a.csv', `id\na${text}\n`)).toEqual([{ line: 2, id: `a${text}` }]);
});

test('UTF-16 is refused with a clear message', async ({ save }) => {
  await expect(read(save, 'a.csv', Buffer.from('\uFEFFid\n1\n', 'utf16le'))).rejects.toThrow(
    /UTF-16\. Save it/,
  );
});

test('an empty CSV and an empty array have no rows, and an empty JSON file is truncated', async ({
  save,
}) => {
  expect(await read(save, 'a.csv', '')).toEqual([]);
  expect(await read(save, 'a.json', '[]')).toEqual([]);
  await expect(read(save, 'b.json', '')).rejects.toThrow(/line 1: The file ends before/);
});

test('a file of unknown format, a directory and a missing file are refused with clear messages', async ({
  save,
}) => {
  const path = await save('a.xls', '');
  await expect(openRows(path, {})).rejects.toThrow(
    /expected a name that ends in \.json, \.ndjson, \.jsonl, \.csv/,
  );
  await expect(openRows('/', {})).rejects.toThrow('/ is not a regular file.');
  await expect(openRows(`${path}.csv`, {})).rejects.toThrow(
    /cannot be read: ENOENT: no such file or directory\./,
  );
});
