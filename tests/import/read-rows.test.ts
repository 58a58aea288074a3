import { readFile } from 'node:fs/promises';
import { deflateRawSync, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect } from 'vitest';
import { readForeign } from '../../src/files/encodings.js';
import type { Reading } from '../../src/import/mapping/reading.js';
import { JsonPath } from '../../src/import/mapping/values/json-path.js';
import { openRows } from '../../src/import/read/rows.js';
import { packZip } from '../../src/import/read/zip.js';
import { type Save, test } from './fixture.js';

async function read(save: Save, name: string, content: string | Buffer, delimiter?: string) {
  return readWith(save, name, content, { delimiter });
}

async function readWith(save: Save, name: string, content: string | Buffer, reading: Partial<Reading>) {
  const file = await openRows(await save(name, content), reading);
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
  const path = await save('a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
  await expect(openRows(path, {})).rejects.toThrow(
    /^\S+a\.xls has an unknown format: .*old Office\. Expected CSV, .* Save it as \.xlsx or CSV\.$/,
  );
  await expect(openRows('/', {})).rejects.toThrow('/ is not a regular file.');
  await expect(openRows(`${path}.csv`, {})).rejects.toThrow(
    /cannot be read: ENOENT: no such file or directory\./,
  );
});

describe('tables as they come', () => {
  test('in windows-1251 with tabs and a line before the header', async ({ save }) => {
    const text = 'Экспорт\nид\tназвание\n1\tПуск\n';
    const reading = { encoding: 'windows-1251', skipLines: 1 };
    expect(await readWith(save, 'a.tsv', iconv.encode(text, 'windows-1251'), reading)).toEqual([
      { line: 3, ид: '1', название: 'Пуск' },
    ]);
  });

  test('in UTF-16 with a byte order mark', async ({ save }) => {
    const bytes = iconv.encode('id,n\n1,é\n', 'utf-16le', { addBOM: true });
    expect(await readWith(save, 'a.csv', bytes, { encoding: 'utf-16' })).toEqual([
      { line: 2, id: '1', n: 'é' },
    ]);
  });

  test('packed by gzip', async ({ save }) => {
    const rows = [{ line: 2, id: '1' }];
    expect(await read(save, 'a.csv.gz', gzipSync('id\n1\n'))).toEqual(rows);
    expect(await read(save, 'b.csv', gzipSync('id\n1\n'))).toEqual(rows);
    await expect(read(save, 'c.csv.gz', gzipSync('id\n1\n').subarray(0, 20))).rejects.toThrow(
      /cannot be read/,
    );
  });

  test('without a header, and with rows that end early', async ({ save }) => {
    const reading = { header: ['id', 'a', 'b'], shortRows: 'allow' } as const;
    expect(await readWith(save, 'a.csv', '1,x\n2\n3,x,y\n4,x,y,z\n', reading)).toMatchObject([
      { line: 1, id: '1', a: 'x', b: '' },
      { line: 2, id: '2', a: '', b: '' },
      { line: 3, id: '3', a: 'x', b: 'y' },
      { line: 4, reason: expect.stringContaining('Expected 3 columns') },
    ]);
  });

  test.for([
    ['id;h;t\n1;a, b;x\n', /a\.csv, line 1: .*The delimiter is likely ";"\. Say `delimiter: ";"`/],
    ['id\th\n1\ta\n', /likely tab\. Say `delimiter: tab`/],
    ['id|h;x|t\n1|a|x\n', /likely "\|"/],
  ] as const)('%j is refused with the likely delimiter', async ([text, message], { save }) => {
    await expect(read(save, 'a.csv', text)).rejects.toThrow(message);
  });
});

describe('an encoding is named only with evidence', () => {
  test.for<[string, string, readonly string[]]>([
    ['Запуск ракеты с полигона Капустин Яр', 'windows-1251', ['windows-1251']],
    ['Запуск ракеты с полигона Капустин Яр', 'koi8-r', ['koi8-r']],
    ['Запуск ракеты с полигона Капустин Яр', 'cp866', ['ibm866']],
    ['Überprüfung der Stützpunkte in Köln', 'windows-1252', ['windows-1252']],
    ['Próba rakiety w Łodzi, żołnierze', 'windows-1250', ['windows-1250']],
    ['弾道ミサイル', 'shift_jis', []],
    ['ミ', 'euc-jp', []],
  ])('%s in %s', ([text, encoding, names]) => {
    expect(readForeign(iconv.encode(text, encoding)).encodings).toEqual(names);
  });

  test('random bytes are none', () => {
    expect(readForeign(Buffer.from('80ff01fe90d0', 'hex')).encodings).toEqual([]);
  });
});

describe('rows that lie deeper in JSON', () => {
  test('are selected by a JSONPath, each with its line and the objects around it', async ({ save }) => {
    const text = `{"source": "S", "timeBins": [
  {"date": "2022-01", "data": [{"id": "1"}, {"id": "2"}]},
  {"date": "2022-02", "data": [
    {"id": "3"}]}]}`;
    const file = await openRows(await save('a.json', text), { rows: new JsonPath('$.timeBins[*].data[*]') });
    const rows = [];
    for await (const { line, values, parents } of file.rows(() => {})) rows.push([line, values, parents]);
    expect(rows).toMatchObject([
      [2, { id: '1' }, [{ date: '2022-01' }, { source: 'S' }]],
      [2, { id: '2' }, [{ date: '2022-01' }, { source: 'S' }]],
      [4, { id: '3' }, [{ date: '2022-02' }, { source: 'S' }]],
    ]);
  });

  test('of a cut file, and of no JSON, are refused', async ({ save }) => {
    const reading = { rows: new JsonPath('$.a[*]') };
    await expect(readWith(save, 'a.json', '{"a": [{}', reading)).rejects.toThrow(/is it cut off/);
    await expect(readWith(save, 'b.json', '{"a": [}', reading)).rejects.toThrow(
      /line 1: The JSON is malformed/,
    );
    await expect(readWith(save, 'c.json', '', reading)).rejects.toThrow(/is it cut off/);
  });

  test('of GeoJSON are its features, with their points', async ({ save }) => {
    const feature = (name: string, type: string, coordinates: unknown) => ({
      type: 'Feature',
      properties: { name },
      geometry: { type, coordinates },
    });
    const features = [
      feature('site', 'Point', [65.3, 45.9]),
      feature('range', 'Polygon', [
        [
          [0, 0],
          [2, 0],
          [2, 4],
          [0, 0],
        ],
      ]),
      feature('across', 'LineString', [
        [179, 0],
        [-179, 0],
      ]),
      { type: 'Feature', properties: { name: 'nowhere' }, geometry: null },
    ];
    const text = JSON.stringify({ type: 'FeatureCollection', features });
    const rows = await read(save, 'a.geojson', text);
    expect(rows.map((row) => ('centre' in row ? row['centre'] : null))).toEqual([
      { latitude: 45.9, longitude: 65.3 },
      { latitude: 2, longitude: 1 },
      null,
      null,
    ]);
  });
});

test('a sheet of a spreadsheet is read by name or number, with dates and times as its cells mean them', async () => {
  const read = async (sheet?: string | number) => {
    const rows = [];
    const file = await openRows('tests/import/files/tests.xlsx', { sheet });
    for await (const { line, values } of file.rows(() => {})) rows.push({ line, ...values });
    return rows;
  };
  expect(await read('Tests')).toEqual([
    {
      line: 2,
      id: '1',
      day: '2024-05-01',
      at: '2024-05-01T18:30:00',
      time: '18:30:00',
      km: '1180.5',
      text: 'Пуск',
    },
    { line: 4, id: '2', day: '1900-03-01', at: '', time: '', km: '7', text: '' },
  ]);
  expect(await read(2)).toHaveLength(2);
  expect(await read()).toEqual([{ line: 2, note: 'Nothing here.' }]);
  await expect(read('Nope')).rejects.toThrow(/tests\.xlsx: .*Nope/);
});

test('a file that is no spreadsheet is refused', async ({ save }) => {
  await expect(read(save, 'a.xlsx', 'id\n1\n')).rejects.toThrow(
    /a\.xlsx is no \.xlsx spreadsheet that can be read/,
  );
});

/** Returns an archive with a file of zeros that says that it has another size. */
function bomb(size: number, said: number): Buffer {
  const name = 'xl/worksheets/sheet1.xml';
  const archive = packZip([{ name, content: deflateRawSync(Buffer.alloc(size)) }]);
  const directory = archive.lastIndexOf(name) - 46;
  for (const [header, method, unpacked] of [
    [0, 8, 22],
    [directory, 10, 24],
  ] as const) {
    archive.writeUInt16LE(8, header + method);
    archive.writeUInt32LE(said, header + unpacked);
  }
  return archive;
}

test('a spreadsheet that says that it unpacks to too much is refused before it is unpacked', async ({
  save,
}) => {
  await expect(read(save, 'a.xlsx', bomb(1_000, 2 ** 31))).rejects.toThrow(
    'expected at most 134217728 unpacked bytes; it has 2147483648',
  );
});

test('a spreadsheet that unpacks to more than it says is refused', async ({ save }) => {
  await expect(read(save, 'a.xlsx', bomb(10_000_000, 1_000))).rejects.toThrow(
    'xl/worksheets/sheet1.xml in it has more than 1000 bytes, as it says',
  );
});

test('a damaged spreadsheet is refused wherever it is cut off', async ({ save }) => {
  const whole = await readFile('tests/import/files/tests.xlsx');
  for (const length of [4, 100, whole.length - 100, whole.length - 1]) {
    await expect(read(save, 'a.xlsx', whole.subarray(0, length))).rejects.toThrow(
      /a\.xlsx is no \.xlsx spreadsheet that can be read: it/,
    );
  }
});
