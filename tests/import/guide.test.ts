import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { describe, expect } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { parseMapping } from '../../src/import/mapping/mapping.js';
import { openInputs } from '../../src/import/read/inputs.js';
import { importFiles } from '../../src/import/run.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { mutate } from '../support/writes.js';
import { test } from './fixture.js';

/** Imports a file while no server uses the record, as the guide says. */
async function importInto(
  { location }: TestDatabase,
  mapping: string,
  file: string | Buffer,
  onError?: 'skip',
) {
  const database = await openDatabase(location);
  try {
    const { db, pool } = database;
    const writer = { db, pool, editor: 'import', wake: () => {} };
    const [name, input] = typeof file === 'string' ? [file, Readable.from([])] : ['-', Readable.from([file])];
    await using inputs = await openInputs([name], input);
    return await importFiles(writer, { files: inputs.files, mapping: parseMapping(mapping), onError });
  } finally {
    await database[Symbol.asyncDispose]();
  }
}

const FIELDS = `
  headline summary status revision occurred { edtf } topics { name }
  citations { locator source { url title } }
  ... on Event { type places { name latitude longitude } quantities { name unit best } }
  ... on Statement { quotation originalLanguage speakers { actor { name } } }`;

/** Returns what the record says, by the ids of the rows, which the mappings make locators too. */
async function readRows(
  { location }: TestDatabase,
  work: (server: TestServer) => Promise<void> = async () => {},
) {
  const server = await startTestServer(location);
  try {
    await work(server);
    const rows = new Map<string, Record<string, unknown>>();
    for (let after: string | null = null, more = true; more; ) {
      const { developments }: any = await server.data<any>(
        `query ($after: Cursor) { developments(filter: { status: [PUBLISHED, RETRACTED] }, first: 100, after: $after) {
          pageInfo { hasNextPage endCursor } nodes { slug ${FIELDS} } } }`,
        { after },
      );
      for (const node of developments.nodes) rows.set(node.citations[0].locator, node);
      after = developments.pageInfo.endCursor;
      more = developments.pageInfo.hasNextPage;
    }
    return rows;
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

const EVENT = (dataset: string, fields: string) => `
record: event
publish: true
id: { dataset: ${dataset}, value: $id }
fields:
  type: TEST
  citations: [{ source: { byUrl: "https://example.org/${dataset}", title: A data set }, locator: $id }]
${fields}`;

const POINTS = {
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      id: 'a',
      geometry: { type: 'Point', coordinates: [63.3, 45.9] },
      properties: { name: 'Полигон', since: '1955' },
    },
    {
      type: 'Feature',
      id: 'b',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [2, 0],
            [2, 4],
            [0, 4],
            [0, 0],
          ],
        ],
      },
      properties: { name: 'Range', since: '1961-10' },
    },
  ],
};

const BUNDLE = {
  type: 'bundle',
  objects: [
    {
      type: 'report',
      id: 'report--1',
      name: 'A campaign',
      published: '2024-05-01T18:00:00Z',
      labels: ['wipers'],
    },
    { type: 'malware', id: 'malware--1', name: 'Not a report' },
    { type: 'report', id: 'report--2', name: 'Another one', published: '2024-06-02T00:00:00Z' },
  ],
};

/** What somebody imports who has read docs/import.md: the mapping, the file, and what the record says of each row. */
const FILES: Readonly<
  Record<string, { mapping: string; name?: string; file: string | Buffer; rows: Record<string, object> }>
> = {
  'a TSV in windows-1251 with two lines of headers': {
    mapping: `
record: statement
publish: true
encoding: windows-1251
skipLines: 1
id: { dataset: telegrams, value: $№ }
fields:
  headline: $Заголовок
  occurred: { from: $Дата, as: date, format: dd.MM.yyyy }
  quotation: $Текст
  originalLanguage: ru
  participants: [{ actor: { byName: $Кто, kind: PERSON, language: ru }, role: SPEAKER }]
  citations: [{ source: { byUrl: "https://example.org/telegrams", title: Телеграммы }, locator: $№ }]
`,
    name: 'telegrams.tsv',
    file: iconv.encode(
      'Телеграммы министерства\n№\tДата\tКто\tЗаголовок\tТекст\n7\t20.02.2019\tАнна Ёлкина\tО ракетах\t«Ответим зеркально»\n8\t21.02.2019\tПётр Шмидт\tО договоре\tТекст, с запятой\n',
      'windows-1251',
    ),
    rows: {
      7: {
        headline: 'О ракетах',
        occurred: { edtf: '2019-02-20' },
        quotation: '«Ответим зеркально»',
        speakers: [{ actor: { name: 'Анна Ёлкина' } }],
      },
      8: { quotation: 'Текст, с запятой', speakers: [{ actor: { name: 'Пётр Шмидт' } }] },
    },
  },
  'a TSV whose two lines of headers both name the columns': {
    mapping: EVENT(
      'doubled',
      '  headline: $name\n  occurred: $day\nskipLines: 2\nheader: [id, day, name]\nencoding: windows-1251',
    ),
    name: 'doubled.tsv',
    file: iconv.encode('ид\tдень\tимя\nid\tday\tname\n1\t2020-01-02\tПуск\n', 'windows-1251'),
    rows: { 1: { headline: 'Пуск', occurred: { edtf: '2020-01-02' } } },
  },
  'a GeoJSON of sites': {
    mapping: EVENT(
      'sites',
      `  headline: $properties.name
  occurred: $properties.since
  places:
    - { name: $properties.name, latitude: $centre.latitude, longitude: $centre.longitude, precision: EXACT }`,
    ),
    name: 'sites.geojson',
    file: JSON.stringify(POINTS),
    rows: {
      a: { occurred: { edtf: '1955' }, places: [{ name: 'Полигон', latitude: 45.9, longitude: 63.3 }] },
      b: { occurred: { edtf: '1961-10' }, places: [{ name: 'Range', latitude: 2, longitude: 1 }] },
    },
  },
  'an .xlsx with dates': {
    mapping: EVENT(
      'tests',
      `  headline: { from: [$text, "Nothing said"] }
  occurred: { from: [$at, $day], as: date }
  quantities: [{ name: range, unit: km, best: { from: $km, as: number } }]
sheet: Tests`,
    ),
    file: 'tests/import/files/tests.xlsx',
    rows: {
      1: {
        headline: 'Пуск',
        occurred: { edtf: '2024-05-01T18:30:00' },
        quantities: [{ name: 'range', unit: 'km', best: 1180.5 }],
      },
      2: { headline: 'Nothing said', occurred: { edtf: '1900-03-01' } },
    },
  },
  'a STIX bundle': {
    mapping: EVENT(
      'stix',
      `  headline: $name
  occurred: { from: $published, as: date }
  topics: [{ each: $labels, topic: { byName: $ } }]
rows: $.objects[?@.type == "report"]`,
    ),
    name: 'bundle.json',
    file: JSON.stringify(BUNDLE),
    rows: {
      'report--1': {
        headline: 'A campaign',
        occurred: { edtf: '2024-05-01T18:00:00Z' },
        topics: [{ name: 'wipers' }],
      },
      'report--2': { headline: 'Another one', topics: [] },
    },
  },
  'a gzip from standard input': {
    mapping: EVENT('packed', '  headline: $name\n  occurred: $day'),
    file: gzipSync('{"id":"x","name":"Packed","day":"2021-03"}\n{"id":"y","name":"Too","day":"2021"}\n'),
    rows: { x: { headline: 'Packed', occurred: { edtf: '2021-03' } }, y: { headline: 'Too' } },
  },
};

describe('the guide of imports', () => {
  test.for(Object.entries(FILES))(
    'is enough to import %s',
    async ([, { mapping, name, file, rows }], { save }) => {
      await using database = await createDatabase();
      const saved = name === undefined ? file : await save(name, file);
      const report = await importInto(database, mapping, saved);
      expect(report).toMatchObject({
        outcome: 'written',
        bad: 0,
        warnings: [],
        recorded: Object.keys(rows).length,
      });
      const said = await readRows(database);
      expect(Object.fromEntries(said)).toMatchObject(rows);
      expect([...said.keys()].sort()).toEqual(Object.keys(rows).sort());
    },
  );

  test('is enough to import the releases of two years, with edits in between', async ({ save }) => {
    const count = 300;
    const release = (year: number) =>
      Array.from({ length: count }, (_, id) => id)
        // 1 % are gone, and 5 % corrected.
        .filter((id) => year === 1 || id % 100 !== 7)
        .map(
          (id) =>
            `${id},2020-01-${String((id % 28) + 1).padStart(2, '0')},Test ${id}${year === 2 && id % 20 === 3 ? ' (corrected)' : ''},Note ${id}`,
        )
        .join('\n');
    const mapping = (more: string) =>
      EVENT('releases', `  headline: $name\n  summary: $note\n  occurred: $day\n${more}`);
    const HEADER = 'id,day,name,note\n';
    await using database = await createDatabase();
    const first = await save('2024.csv', HEADER + release(1));
    expect(await importInto(database, mapping(''), first)).toMatchObject({ recorded: count, bad: 0 });

    // Two of the edited rows are corrected as well: one in the edited field.
    const edits = new Map([
      ['50', { summary: 'By hand' }],
      ['63', { summary: 'By hand' }],
      ['83', { headline: 'By hand' }],
    ]);
    const before = await readRows(database, async (server) => {
      for (const [value, edit] of edits) {
        const { developments } = await server.data<any>(
          `{ developments(filter: { externalId: { dataset: "releases", id: "${value}" } }) { nodes { slug } } }`,
        );
        const [{ slug }] = developments.nodes;
        const input = { slug, ...edit };
        expect(await mutate(server, 'reviseEvent', input, 'revision')).toMatchObject({ revision: 2 });
      }
    });
    expect([...edits.keys()].map((id) => before.get(id)?.['revision'])).toEqual([2, 2, 2]);

    const second = await save('2025.csv', HEADER + release(2));
    const revise = mapping('existing: revise\nmissing: retract');
    const written = await importInto(database, revise, second);
    expect(written).toMatchObject({ outcome: 'written', recorded: 0, changed: 14, proposed: 1, bad: 0 });
    expect(written.problems).toContainEqual(
      expect.objectContaining({ id: '83', field: 'headline', kind: 'EDITED_SINCE' }),
    );

    const after = await readRows(database);
    const expected = Array.from({ length: count }, (_, id) => {
      const isGone = id % 100 === 7;
      const isCorrected = id % 20 === 3 && id !== 83;
      const said = {
        headline: `Test ${id}${isCorrected ? ' (corrected)' : ''}`,
        summary: `Note ${id}`,
        occurred: { edtf: `2020-01-${String((id % 28) + 1).padStart(2, '0')}` },
        ...edits.get(String(id)),
      };
      const revisions = [isGone, isCorrected, edits.has(String(id))].filter(Boolean).length;
      return [String(id), { ...said, status: isGone ? 'RETRACTED' : 'PUBLISHED', revision: 1 + revisions }];
    });
    expect([...after.keys()].sort()).toEqual(expected.map(([id]) => id).sort());
    expect(Object.fromEntries(after)).toMatchObject(Object.fromEntries(expected));
    expect(await importInto(database, revise, second, 'skip')).toMatchObject({
      recorded: 0,
      changed: 0,
      bad: 0,
    });
    // The value that the data set has against the editor's waits as one proposal, however often the file comes.
    await readRows(database, async (server) => {
      const { proposals } = await server.data<any>('{ proposals { nodes { state fields } } }');
      expect(proposals.nodes).toEqual([{ state: 'RECEIVED', fields: ['headline'] }]);
    });
  });
});
