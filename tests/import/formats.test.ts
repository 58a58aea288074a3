import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect } from 'vitest';
import type { Reading } from '../../src/import/mapping/reading.js';
import { JsonPath } from '../../src/import/mapping/values/json-path.js';
import { openRows } from '../../src/import/read/rows.js';
import { packZip } from '../../src/import/read/zip.js';
import { readSample } from '../../src/import/suggest/sample.js';
import { suggestMapping } from '../../src/import/suggest/suggest.js';
import { type Save, test } from './fixture.js';

/** Reads what came by standard input: a file without a name. */
async function read(save: Save, content: string | Buffer, reading: Partial<Reading> = {}) {
  const path = await save('0', content);
  const file = await openRows({ path, name: 'standard input' }, reading);
  const rows = [];
  for await (const { values, defect } of file.rows(() => {})) rows.push(defect ? defect.reason : values);
  return rows;
}

const ROW = { id: '1', name: 'Пуск, ночью' };
const FEATURE = {
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [1, 2] },
  properties: { id: '1' },
};
const LOCATED = [{ ...FEATURE, centre: { latitude: 2, longitude: 1 } }];
const BUNDLE = { type: 'bundle', id: 'bundle--1', objects: [{ type: 'report', id: 'report--1' }] };

const CONTENTS: Readonly<Record<string, readonly [string | Buffer, readonly object[], Partial<Reading>?]>> = {
  'CSV with commas': ['id,name\n1,"Пуск, ночью"\n', [ROW]],
  'CSV with a byte order mark and CR': ['\uFEFFid,name\r1,"Пуск, ночью"\r', [ROW]],
  'CSV with the delimiter of the mapping': ['id;name\n1;Пуск, ночью\n', [ROW], { delimiter: ';' }],
  'CSV of one column that the mapping names': ['1\n', [{ id: '1' }], { header: ['id'] }],
  TSV: ['id\tname\n1\tПуск, ночью\n', [ROW]],
  'TSV with a comma in a name of a column': [
    'id\tn,1\n1\tx\n2\ty\n',
    [
      { id: '1', 'n,1': 'x' },
      { id: '2', 'n,1': 'y' },
    ],
  ],
  'TSV in windows-1251 after a line': [
    iconv.encode('Отчёт, за год\nid\tname\n1\tПуск, ночью\n', 'windows-1251'),
    [ROW],
    { encoding: 'windows-1251', skipLines: 1 },
  ],
  'CSV in UTF-16': [
    iconv.encode('id,name\n1,"Пуск, ночью"\n', 'utf-16le', { addBOM: true }),
    [ROW],
    { encoding: 'utf-16' },
  ],
  'CSV with a tab in a cell': ['id,name\n1,a\tb\n', [{ id: '1', name: 'a\tb' }]],
  'a JSON list': [`\n[${JSON.stringify(ROW)}]`, [ROW]],
  NDJSON: [`${JSON.stringify(ROW)}\n\n${JSON.stringify(ROW)}\n`, [ROW, ROW]],
  'NDJSON of one row': [JSON.stringify(ROW), [ROW]],
  'a STIX bundle on one line': [JSON.stringify(BUNDLE), BUNDLE.objects, { rows: new JsonPath('$.objects') }],
  'a STIX bundle on many lines': [
    JSON.stringify(BUNDLE, null, 2),
    BUNDLE.objects,
    { rows: new JsonPath('$.objects[?@.type == "report"]') },
  ],
  GeoJSON: [JSON.stringify({ type: 'FeatureCollection', features: [FEATURE] }), LOCATED],
  'GeoJSON whose features come first': [
    JSON.stringify({ features: [FEATURE], type: 'FeatureCollection' }, null, 1),
    LOCATED,
  ],
  'rows that the mapping finds in JSON': [
    '{"a":{"b":[{"id":"1"}]}}',
    [{ id: '1' }],
    { rows: new JsonPath('$.a.b') },
  ],
};

describe('without a name, the content shows the format', () => {
  test.for(Object.entries(CONTENTS))(
    'of %s, packed or not',
    async ([, [content, rows, reading]], { save }) => {
      expect(await read(save, content, reading)).toEqual(rows);
      expect(await read(save, gzipSync(content), reading)).toEqual(rows);
    },
  );

  test('of a spreadsheet, packed or not', async ({ save }) => {
    const bytes = await readFile('tests/import/files/tests.xlsx');
    for (const content of [bytes, gzipSync(bytes)]) {
      expect(await read(save, content, { sheet: 'Tests' })).toHaveLength(2);
      expect(await read(save, content)).toEqual([{ note: 'Nothing here.' }]);
    }
  });

  test('of a large file by its beginning', async ({ save }) => {
    const csv = `id\tname\n${Array.from({ length: 20_000 }, (_, id) => `${id}\tName ${id}\n`).join('')}`;
    expect(await read(save, gzipSync(csv))).toHaveLength(20_000);
    const features = { features: Array.from({ length: 2_000 }, () => FEATURE), type: 'FeatureCollection' };
    expect(await read(save, JSON.stringify(features))).toEqual(
      Array.from({ length: 2_000 }, () => LOCATED[0]),
    );
  });
});

const UNKNOWN: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
  nothing: ['', /it is empty\. .* Check the program that writes it\.$/],
  'gzip of nothing': [gzipSync(''), /it is empty\. /],
  'a sentence': ['Hello', /it begins with "Hello"\. .* Say `format: csv` in the mapping if/],
  bytes: [Buffer.from([1, 0, 2, 0, 3, 0]), /it is binary data\. /],
  gzip: [
    gzipSync(gzipSync('id,n\n1,2\n')),
    /it is gzipped twice\. .* gzip -dc FILE \| npx doctrine-wire import -$/,
  ],
  xz: [Buffer.from('fd377a585a000004', 'hex'), /it is packed by xz\. .* xz -dc FILE/],
  'an archive': [
    packZip([{ name: 'a.csv', content: Buffer.from('id\n1\n') }]),
    /it is a ZIP archive, but no spreadsheet/,
  ],
  'a tar': [`${'a.csv'.padEnd(257, '\0')}ustar`, /it is a tar archive/],
  'an error page': [
    '<!DOCTYPE html><title>Log in</title>',
    /it is a page of HTML or XML\. .* check the address/,
  ],
};

test.for(Object.entries(UNKNOWN))(
  'without a name, a format that is not known leads the message: %s',
  async ([, [content, message]], { save }) => {
    const refused = expect(read(save, content)).rejects;
    await refused.toThrow(/^standard input has an unknown format: it [^.]+\. Expected CSV, TSV, JSON, /);
    await expect(read(save, content)).rejects.toThrow(message);
  },
);

test('an export is not imported by a mapping, and other content that its reader refuses names the line', async ({
  save,
}) => {
  await expect(read(save, '{"doctrineWire":"0.1.0"}\n')).rejects.toThrow(/import it without --map\.$/);
  await expect(read(save, 'id;name\n1;x\n')).rejects.toThrow(
    /^standard input, line 1: .* delimiter is likely ";"/,
  );
  await expect(read(save, JSON.stringify(BUNDLE))).rejects.toThrow(
    /where the rows lie, such as `rows: \$\.items/,
  );
  await expect(read(save, iconv.encode('id,n\n', 'utf-16le', { addBOM: true }))).rejects.toThrow(/UTF-16/);
  expect(await read(save, iconv.encode('id,n\n1,Владивосток\n', 'windows-1251'))).toEqual([
    expect.stringMatching(/windows-1251/),
  ]);
});

test('a first mapping for standard input names it as the command does', async ({ save }) => {
  const path = await save('0', gzipSync('id\tname\tday\n1\tA launch\t2024-05-01\n'));
  const mapping = suggestMapping(await readSample({ path, name: 'standard input' }));
  expect(mapping).toContain('import - --map');
  expect(mapping).toContain('title: Data set');
  expect(mapping).toContain('from: $day');
});
