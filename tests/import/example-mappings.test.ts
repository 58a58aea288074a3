import { readdir, readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { loadMapping, parseMapping } from '../../src/import/mapping/mapping.js';
import { importFiles } from '../../src/import/run.js';
import { readSample } from '../../src/import/suggest/sample.js';
import { suggestMapping } from '../../src/import/suggest/suggest.js';
import { expectVerified } from '../support/expect-verified.js';
import { test } from './fixture.js';

const FILES = 'tests/import/files';

/** The example mappings with an invented file of their data set's form, and what comes of it. */
const EXAMPLES: readonly (readonly [mapping: string, file: string, counts: object])[] = [
  ['acled', 'acled.csv', { read: 3, recorded: 2, leftOut: 1 }],
  ['country-codes', 'country-codes.csv', { read: 1, recorded: 1 }],
  ['missile-attacks', 'missile-attacks.csv', { read: 2, recorded: 2 }],
  ['missile-tests', 'missile-tests.xlsx', { read: 3, recorded: 2, leftOut: 1 }],
  ['nuclear-explosions', 'nuclear-explosions.csv', { read: 2, recorded: 2 }],
  ['sites', 'sites.geojson', { read: 2, recorded: 1, leftOut: 1 }],
  ['stix-reports', 'stix-bundle.json', { read: 2, recorded: 1, leftOut: 1 }],
  ['ukraine-officials', 'officials.json', { read: 1, recorded: 1 }],
  ['wikidata-treaties', 'wikidata-treaties.json', { read: 2, recorded: 1, leftOut: 1 }],
];

test('every example mapping imports a file of its data set, and a second run changes nothing', async ({
  writer,
}) => {
  for (const [name, file, counts] of EXAMPLES) {
    const options = {
      files: [`${FILES}/${file}`],
      mapping: await loadMapping(`examples/mappings/${name}.yaml`),
    };
    const report = await importFiles(writer, options);
    expect(report, name).toMatchObject({ outcome: 'written', bad: 0, problems: [], warnings: [], ...counts });
    expect(await importFiles(writer, options), name).toMatchObject({ recorded: 0, changed: 0, bad: 0 });
  }
  const names = (await readdir('examples/mappings')).map((name) => name.replace('.yaml', ''));
  expect(EXAMPLES.map(([name]) => name)).toEqual(names.filter((name) => name !== 'speeches'));
  await expectVerified(writer.db);
});

describe('a suggested mapping', () => {
  const suggest = async (name: string) =>
    suggestMapping(await readSample({ path: `${FILES}/${name}`, name }));

  test.for([
    'acled.csv',
    'missile-attacks.csv',
    'missile-tests.xlsx',
    'nuclear-explosions.csv',
    'sites.geojson',
    'stix-bundle.json',
    'wikidata-treaties.json',
    'officials.json',
  ])('for %s is a mapping', async (name) => {
    expect(() => parseMapping('')).toThrow();
    expect(parseMapping(await suggest(name), name).fields).toHaveProperty('headline');
  });

  test('names ids, dates, places and what is left to decide', async () => {
    const text = await suggest('acled.csv');
    expect(text).toContain('dataset: acled\n  value: $event_id_cnty');
    expect(text).toContain('occurred: { from: $event_date, as: date }');
    expect(text).toContain('latitude: { from: $latitude, as: number }');
    expect(text).toContain('#   $fatalities: 0, 3 (2 different)');
    expect(await suggest('sites.geojson')).toContain('value: $id');
    expect(await suggest('wikidata-treaties.json')).toContain('rows: $.results.bindings[*]');
  });

  test('finds delimiter, encoding and unclear dates', async ({ save }) => {
    const semicolons = await save('a.csv', 'id;day;title\n1;01/02/2024;A\n2;03/04/2024;B\n');
    const text = suggestMapping(await readSample({ path: semicolons, name: 'a.csv' }));
    expect(text).toContain('delimiter: ";"');
    expect(text).toContain('format: d/M/yyyy } # Decide: M/d/yyyy fits too.');
    const bytes = Buffer.from('id,n\n1,\xcf\xf0\xe8\xe2\xe5\xf2\n', 'latin1');
    const cyrillic = await save('b.csv', bytes);
    expect(suggestMapping(await readSample({ path: cyrillic, name: 'b.csv' }))).toContain(
      'encoding: windows-1251',
    );
  });

  test('skips lines before the names of the columns, and no others', async ({ save }) => {
    const of = async (text: string) => {
      const path = await save('c.tsv', text);
      const texts = ['c.tsv', 'standard input'].map(async (name) =>
        suggestMapping(await readSample({ path, name })).replace(/^[\s\S]*?record:/, 'record:'),
      );
      const [named = '', unnamed = ''] = await Promise.all(texts);
      expect(unnamed.replaceAll('data-set', 'c').replaceAll('Data set', 'c.tsv')).toBe(named);
      return named;
    };
    const rows = 'id\tday\ttitle\n1\t2024-05-01\tA\n2\t2024-05-02\tB\n';
    const before = ['A report\n', 'A report\t\t\n', 'A report, for 2024\nof 3 May\n', '\n\nTests\t\t\n'];
    for (const [index, lines] of before.entries()) {
      const text = await of(lines + rows);
      expect([index, text]).toEqual([index, expect.stringMatching(/^skipLines: \d # The names/m)]);
      expect(text).toContain('  value: $id # has');
      expect(text).toContain('  occurred: { from: $day, as: date }');
    }
    for (const whole of [rows, '\tid\ttitle\n0\t1\tA\n1\t2\tB\n']) {
      expect(await of(whole)).not.toContain('skipLines');
    }
  });

  test('places the features of a GeoJSON', async () => {
    const text = await suggest('sites.geojson');
    expect(text).toContain('- name: $properties.name');
    expect(text).toContain('latitude: { from: $centre.latitude, as: number }');
  });

  test('imports as it is', async ({ writer }) => {
    const mapping = parseMapping(await suggest('acled.csv'));
    const report = await importFiles(writer, { files: [`${FILES}/acled.csv`], mapping });
    expect(report).toMatchObject({ outcome: 'written', recorded: 3, bad: 0 });
  });
});

test('the reference and the JSON Schema of mappings are current: run `npm run schema`', async () => {
  const { mappingJsonSchema } = await import('../../src/import/mapping/json-schema.js');
  const { mappingReference } = await import('../../src/import/mapping/reference.js');
  expect(await readFile('mapping.schema.json', 'utf8')).toBe(
    `${JSON.stringify(mappingJsonSchema(), null, 2)}\n`,
  );
  expect(await readFile('docs/import-reference.md', 'utf8')).toBe(mappingReference());
});
