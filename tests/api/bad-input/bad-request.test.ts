import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { encodeCursor } from '../../../src/feed/cursor.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await publishStatement(server, 'First', { slug: 'first' });
      await use(server);
    },
    { scope: 'file' },
  ],
});

const ID = '0190163d-8694-739b-aea5-966c26f8ad90';
const base64 = (value: string | Uint8Array) => Buffer.from(value).toString('base64');
const cursor = (...values: unknown[]) => base64(JSON.stringify(values));

const PAGES: [arguments_: string, message: RegExp][] = [
  ['first: 1000000', /^Expected first from 0 to 100; got 1000000\.$/],
  ['first: -1', /^Expected first from 0 to 100; got -1\.$/],
  ['last: 101', /^Expected last from 0 to 100; got 101\.$/],
  ['last: -2147483648', /^Expected last from 0 to 100/],
  ['first: 1, last: 1', /^Expected first or last; got both/],
  ['first: 2147483648', /Int cannot represent non 32-bit signed integer value: 2147483648/],
  ['first: 1e308', /Int cannot represent/],
  ['first: NaN', /Int cannot represent/],
  ['first: "1"', /Int cannot represent/],
  ['first: true', /Int cannot represent/],
];

const ORDER = 'occurredEarliest desc';
const CURSORS: [what: string, cursor: string][] = [
  ['the empty string', ''],
  ['a word', 'garbage'],
  ['random bytes', base64(randomBytes(200))],
  ['NUL', '\u0000'],
  ['a lone surrogate', '\ud800'],
  ['100,000 characters', 'A'.repeat(100_000)],
  ['a JSON string', base64('"text"')],
  ['a JSON object', base64('{"length":3}')],
  ['deeply nested JSON', base64('['.repeat(50_000))],
  ['an array of the wrong length', cursor(ORDER, '2020-01-01T00:00:00.000Z')],
  ['a cursor of another list', cursor('slug', 'first')],
  ['a cursor of another order', cursor('recordedAt desc', '2020-01-01T00:00:00.000Z', ID)],
  ['a cursor of the other direction', cursor('occurredEarliest asc', '2020-01-01T00:00:00.000Z', ID)],
  ['a number in place of the date', cursor(ORDER, 1, ID)],
  ['null in place of the date', cursor(ORDER, null, ID)],
  ['an object in place of the date', cursor(ORDER, {}, ID)],
  ['a date in another format', cursor(ORDER, 'Jan 1 2020', ID)],
  ['the year 0', cursor(ORDER, '0000-01-01T00:00:00.000Z', ID)],
  ['a year before the supported years', cursor(ORDER, '-271821-04-20T00:00:00.000Z', ID)],
  ['a year after the supported years', cursor(ORDER, '+275760-09-13T00:00:00.000Z', ID)],
  ['a date that does not exist', cursor(ORDER, '2020-99-99T00:00:00.000Z', ID)],
  ['a number in place of the id', cursor(ORDER, '2020-01-01T00:00:00.000Z', 1)],
  ['an id with trailing characters', cursor(ORDER, '2020-01-01T00:00:00.000Z', `${ID}\u0000`)],
  ['a feed cursor', encodeCursor({ epoch: ID, position: 1n, hash: '0123456789abcdef' })],
];

const IDS: [what: string, id: string][] = [
  ['a letter', 'x'],
  ['the empty string', ''],
  ['a type without an id', base64('Statement')],
  ['a type with an empty id', base64('Statement:')],
  ['a malformed UUID', base64('Statement:12')],
  ['a UUID with trailing characters', base64(`Statement:${ID}\u0000`)],
  ['an unknown type', base64(`Nothing:${ID}`)],
  ['a type that is not a node', base64(`AlternativeName:${ID}`)],
  ['an interface', base64(`Development:${ID}`)],
  ['a scalar', base64(`String:${ID}`)],
  ['the query type', base64(`Query:${ID}`)],
  ['a property that all objects inherit', base64(`__proto__:${ID}`)],
  ['a lone surrogate', '\ud800'],
];

const INSTANTS = [
  'yesterday',
  '2020-01-01',
  '2025-02-30T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-23:59',
  '2020-01-01T00:00:00',
  '2020-01-01T99:00:00Z',
];

describeWithDatabase('a query refuses', () => {
  test.for(PAGES)('the page arguments %s', async ([arguments_, message], { record }) => {
    for (const list of ['developments', 'statements', 'actors', 'treaties', 'topics']) {
      const answer = await record.request(`{ ${list}(${arguments_}) { nodes { __typename } totalCount } }`);
      refuseFailure(record, answer);
      expect(complaints(answer)).toMatch(message);
    }
  });

  test.for(CURSORS)('as a cursor: %s', async ([, value], { record }) => {
    for (const argument of ['after', 'before']) {
      const answer = await record.request(
        `query ($cursor: Cursor) { developments(${argument}: $cursor) { nodes { slug } } }`,
        {
          variables: { cursor: value },
        },
      );
      refuseFailure(record, answer);
      expect(complaints(answer)).toMatch(
        new RegExp(`^Expected ${argument} to be a cursor of this list; got `),
      );
    }
  });

  test.for(IDS)('as an id: %s', async ([, id], { record }) => {
    for (const query of [
      'query ($id: ID!) { node(id: $id) { id } }',
      'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    ]) {
      const answer = await record.request(query, { variables: { id } });
      refuseFailure(record, answer);
      expect(complaints(answer)).toMatch(/^Expected an id returned by this API; got /);
    }
  });

  test.for(INSTANTS)('as an instant: %s', async (since, { record }) => {
    const answer = await record.request(
      'query ($since: DateTime) { developments(filter: { recordedSince: $since }) { totalCount } }',
      {
        variables: { since },
      },
    );
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(/Expected an instant such as 2025-08-04T09:30:00Z; got "/);
  });
});
