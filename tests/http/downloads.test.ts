import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { ALL_COLUMNS } from '../../src/http/links/export/columns.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { CITED } from '../support/example-source.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { expectGeoJson } from '../support/geojson-rules.js';
import { readCutOff } from '../support/read-cut-off.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.js';
import { publishMany } from '../support/writes.js';

const get = (server: TestServer, path: string, init: RequestInit = {}) =>
  fetch(new URL(path, server.url), init);
const textOf = async (server: TestServer, path: string) => {
  const response = await get(server, path);
  expect(response.status).toBe(200);
  return response.text();
};

/** Parses CSV by RFC 4180. */
function parseCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true);
  const fields = [...text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)];
  expect(fields.map(([all]) => all).join('')).toBe(text);
  const rows: string[][] = [[]];
  for (const [, field = '', end] of fields) {
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

/**
 * Expects downloads with little budget to be cut off, and returns where to go on. Its server is gone then: an embedded
 * database has one session, and the transactions of two servers would end each other.
 */
async function cutOffs({ location }: TestDatabase, encoding: string): Promise<URL> {
  await using server = await startTestServer(location, { BUDGET_PER_MINUTE: '30000' });
  await server.db.clientBudget.deleteMany(); // As in another minute: on PostgreSQL, budgets outlast their server.
  for (const path of ['/export.csv', '/export.ndjson', '/export.geojson']) {
    // Each address has a budget of its own; a token's name stands for another client here.
    const { status, text, isComplete } = await readCutOff(new URL(path, server.url), {
      'accept-encoding': encoding,
    });
    if (status === 429) continue;
    expect(status).toBe(200);
    expect(isComplete).toBe(false);
    const last = text.trimEnd().split('\n').at(-1) ?? '';
    expect(last).toMatch(
      /The download was cut off after [12]00 rows\. Expected requests that cost at most 30000/,
    );
    if (path === '/export.geojson') expect(() => JSON.parse(text)).toThrow();
    return new URL(/Go on with (\S+?)"/.exec(last)?.[1]?.replaceAll('\\"', '') ?? '');
  }
  return expect.unreachable('The first download must begin.');
}

describeWithDatabase('downloads', () => {
  test('have the whole result, over several pages, each development once', async ({ server }) => {
    await publishMany(server, 230);
    const [header, ...rows] = parseCsv(await textOf(server, '/export.csv?columns=slug,headline'));
    expect(header).toEqual(['slug', 'headline']);
    expect(rows).toHaveLength(230);
    expect(new Set(rows.map(([slug]) => slug)).size).toBe(230);
    const lines = (await textOf(server, '/export.ndjson')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).slug)).toEqual(rows.map(([slug]) => slug));
    expect(expectGeoJson(await textOf(server, '/export.geojson'))).toHaveLength(230);
  });

  test('are cut off with the reason and where to go on, and never silently', async () => {
    await using database = await createDatabase();
    {
      await using server = await startTestServer(database.location);
      await publishMany(server, 230);
    }
    expect((await cutOffs(database, 'gzip')).pathname).toBe('/export.csv');
    const next = await cutOffs(database, 'identity');
    await using rich = await startTestServer(database.location);
    const rest = await get(rich, next.pathname + next.search);
    expect(rest.status).toBe(200);
    expect((await rest.text()).split('\n').length).toBeLessThan(140);
  });

  test('neutralise formulas, and join lists', async ({ server }) => {
    await publishStatement(server, '=HYPERLINK("http://evil.example")', {
      summary: '-2+3 "quoted", with\r\nlines',
      originalLanguage: 'en',
      quotation: '@SUM(A1)',
    });
    const text = await textOf(
      server,
      '/export.csv?columns=headline,summary,quotation,sources,disputed,before',
    );
    expect(parseCsv(text)[1]).toEqual([
      `'=HYPERLINK("http://evil.example")`,
      `'-2+3 "quoted", with\r\nlines`,
      `'@SUM(A1)`,
      CITED.citations.map(({ source }: { source: string }) => source).join('; '),
      'false',
      '',
    ]);
  });

  test('have all columns in the documented order, and a byte order mark on request', async ({ dossier }) => {
    const [header] = parseCsv(await textOf(dossier, '/export.csv'));
    expect(header).toEqual(ALL_COLUMNS);
    const text = await readFile('docs/links.md', 'utf8');
    const documented = [...text.matchAll(/^\| `(\w+)` \| .* \|$/gm)].map(([, name = '']) => name);
    expect(documented.filter((name) => (ALL_COLUMNS as string[]).includes(name))).toEqual(
      expect.arrayContaining(ALL_COLUMNS),
    );
    const response = await get(dossier, '/export.csv?bom=1');
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="doctrine-wire.csv"');
  });

  test('select as a list does, in its order and at its time', async ({ dossier }) => {
    const { developments } = await dossier.data(
      '{ developments(filter: { kind: [STATEMENT] }, orderBy: { field: EARLIEST, direction: ASC }) { nodes { slug } } }',
    );
    const lines = (await textOf(dossier, '/export.ndjson?kind=STATEMENT&order=EARLIEST'))
      .trimEnd()
      .split('\n');
    expect(lines.map((line) => JSON.parse(line).slug)).toEqual(
      developments.nodes.map(({ slug }: { slug: string }) => slug),
    );
    expect(await textOf(dossier, '/export.ndjson?asOf=1999-01-01')).toBe('');
    expect(expectGeoJson(await textOf(dossier, '/export.geojson?asOf=1999-01-01'))).toEqual([]);
  });

  test('place developments on the map by the coordinates of their places', async ({ server }) => {
    await server.data('mutation ($input: RecordEventInput!) { recordEvent(input: $input) { __typename } }', {
      input: {
        ...{ headline: 'Test', occurred: '2026', type: 'TEST', publish: true, ...CITED },
        places: [
          { name: 'One', latitude: -12.5, longitude: 100, precision: 'EXACT' },
          { name: 'Two', latitude: 50, longitude: -1.25, precision: 'REGION' },
          { name: 'Somewhere', precision: 'COUNTRY' },
        ],
      },
    });
    const [feature] = expectGeoJson(await textOf(server, '/export.geojson'));
    expect(feature.geometry).toEqual({
      type: 'MultiPoint',
      coordinates: [
        [100, -12.5],
        [-1.25, 50],
      ],
    });
    expect(feature.properties.places[2]).toMatchObject({ name: 'Somewhere', precision: 'COUNTRY' });
  });

  test('refuse bad parameters, other methods and clients without a token', async ({ server }) => {
    const refused = async (path: string) => {
      const response = await get(server, path);
      expect(response.status, path).toBe(400);
      return ((await response.json()) as { errors: { message: string }[] }).errors[0]?.message;
    };
    expect(await refused('/export.csv?columns=slug,nothing')).toMatch(
      /^Expected columns of id, slug, .*"nothing"/,
    );
    expect(await refused('/export.csv?columns=slug,slug')).toContain('Expected the column slug once');
    expect(await refused('/export.csv?bom=yes')).toBe('Expected bom to be 0 or 1; got "yes".');
    expect(await refused('/export.ndjson?columns=slug')).toContain('Expected only the parameters');
    expect(await refused('/export.csv?first=2')).toContain('Expected only the parameters');
    expect(await refused('/export.geojson?within=nonsense')).toBeTruthy();
    const head = await get(server, '/export.csv', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    await using database = await createDatabase();
    await using closed = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
    expect((await get(closed, '/export.csv')).status).toBe(401);
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    expect((await get(closed, '/export.csv', { headers })).status).toBe(200);
  });
});
