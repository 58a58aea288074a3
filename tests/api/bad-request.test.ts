import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { complaints, refuseFailure, sendRaw } from '../support/raw.js';
import type { TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

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
  ['first: 1000000', /^Expected first from 1 to 100; got 1000000\.$/],
  ['first: 0', /^Expected first from 1 to 100; got 0\.$/],
  ['first: -1', /^Expected first from 1 to 100; got -1\.$/],
  ['last: 101', /^Expected last from 1 to 100; got 101\.$/],
  ['last: -2147483648', /^Expected last from 1 to 100/],
  ['first: 1, last: 1', /^Expected first or last; got both/],
  ['first: 2147483648', /Int cannot represent non 32-bit signed integer value: 2147483648/],
  ['first: 1e308', /Int cannot represent/],
  ['first: NaN', /Int cannot represent/],
  ['first: "1"', /Int cannot represent/],
  ['first: true', /Int cannot represent/],
];

const ORDER = 'occurredEarliest desc';
const CURSORS: [what: string, cursor: string][] = [
  ['nothing', ''],
  ['a word', 'garbage'],
  ['random bytes', base64(randomBytes(200))],
  ['NUL', '\u0000'],
  ['a lone surrogate', '\ud800'],
  ['100,000 characters', 'A'.repeat(100_000)],
  ['a JSON text', base64('"text"')],
  ['a JSON object', base64('{"length":3}')],
  ['JSON that nests deep', base64('['.repeat(50_000))],
  ['a list of another length', cursor(ORDER, '2020-01-01T00:00:00.000Z')],
  ['another list', cursor('slug', 'first')],
  ['another order', cursor('recordedAt desc', '2020-01-01T00:00:00.000Z', ID)],
  ['the other direction', cursor('occurredEarliest asc', '2020-01-01T00:00:00.000Z', ID)],
  ['a number for a date', cursor(ORDER, 1, ID)],
  ['null for a date', cursor(ORDER, null, ID)],
  ['an object for a date', cursor(ORDER, {}, ID)],
  ['a loose date', cursor(ORDER, 'Jan 1 2020', ID)],
  ['the year 0', cursor(ORDER, '0000-01-01T00:00:00.000Z', ID)],
  ['a year before all years', cursor(ORDER, '-271821-04-20T00:00:00.000Z', ID)],
  ['a year after all years', cursor(ORDER, '+275760-09-13T00:00:00.000Z', ID)],
  ['a date that is none', cursor(ORDER, '2020-99-99T00:00:00.000Z', ID)],
  ['a number for an id', cursor(ORDER, '2020-01-01T00:00:00.000Z', 1)],
  ['an id with more behind it', cursor(ORDER, '2020-01-01T00:00:00.000Z', `${ID}\u0000`)],
  ['a cursor of the feed', base64(`feed:${ID}:1`)],
];

const IDS: [what: string, id: string][] = [
  ['a letter', 'x'],
  ['nothing', ''],
  ['a type without an id', base64('Statement')],
  ['an empty id', base64('Statement:')],
  ['a bad uuid', base64('Statement:12')],
  ['a uuid with more behind it', base64(`Statement:${ID}\u0000`)],
  ['a type that is not there', base64(`Nothing:${ID}`)],
  ['a type that is no node', base64(`ActorName:${ID}`)],
  ['an interface', base64(`Development:${ID}`)],
  ['a scalar', base64(`String:${ID}`)],
  ['the query type', base64(`Query:${ID}`)],
  ['a property of all objects', base64(`__proto__:${ID}`)],
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
  test.for(PAGES)('a page of %s', async ([arguments_, message], { record }) => {
    for (const list of ['developments', 'statements', 'actors', 'treaties', 'topics']) {
      const answer = await record.request(`{ ${list}(${arguments_}) { nodes { __typename } totalCount } }`);
      refuseFailure(record, answer);
      expect(complaints(answer)).toMatch(message);
    }
  });

  test.for(CURSORS)('%s for a cursor', async ([, value], { record }) => {
    for (const argument of ['after', 'before']) {
      const answer = await record.request(
        `query ($cursor: String) { developments(${argument}: $cursor) { nodes { slug } } }`,
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

  test.for(IDS)('%s for an id', async ([, id], { record }) => {
    for (const query of [
      'query ($id: ID!) { node(id: $id) { id } }',
      'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    ]) {
      const answer = await record.request(query, { variables: { id } });
      refuseFailure(record, answer);
      expect(complaints(answer)).toMatch(/^Expected an id that this API gave out; got /);
    }
  });

  test.for(INSTANTS)('%s for an instant', async (since, { record }) => {
    const answer = await record.request(
      'query ($since: DateTime) { developments(filter: { recordedSince: $since }) { totalCount } }',
      {
        variables: { since },
      },
    );
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(/Expected an instant such as 2025-08-04T09:30:00Z; got "/);
  });

  test.for<[string, string, RegExp]>([
    [
      'an unknown field',
      '{ developments { price } }',
      /Cannot query field "price" on type "DevelopmentConnection"/,
    ],
    ['an unknown argument', '{ developments(where: 1) { totalCount } }', /Unknown argument "where"/],
    [
      'an unknown enum value',
      '{ developments(filter: { kind: [WAR] }) { totalCount } }',
      /Value "WAR" does not exist in "DevelopmentKind"/,
    ],
    [
      'a text for an enum',
      '{ developments(filter: { kind: ["EVENT"] }) { totalCount } }',
      /Enum "DevelopmentKind" cannot represent/,
    ],
    [
      'an unknown field of an input',
      '{ developments(filter: { price: 1 }) { totalCount } }',
      /Field "price" is not defined/,
    ],
    [
      'a text for an object',
      '{ developments(filter: "x") { totalCount } }',
      /Expected value of type "DevelopmentFilter"/,
    ],
    ['a missing argument', '{ development { slug } }', /argument "slug" of type "String!" is required/],
    [
      'a number for a slug',
      '{ development(slug: 1) { slug } }',
      /String cannot represent a non string value: 1/,
    ],
    [
      'an infinite number',
      'mutation { recordEvent(input: { headline: "x", occurred: "2020", type: TEST, quantities: [{ name: "n", low: 1e999 }] }) { ... on Error { message } } }',
      /low: Expected a number/,
    ],
    ['no query at all', '', /Syntax Error|query/],
    ['a query that ends early', '{ developments {', /Syntax Error: Expected Name/],
    ['braces without end', '{'.repeat(4_000), /Syntax Error/],
    ['too many tokens', `{ ${'a '.repeat(6_000)} }`, /more tha. 5000 tokens/],
    ['fields nested 1,200 deep', `${'{ a '.repeat(1_200)}${'}'.repeat(1_200)}`, /Cannot query field "a"/],
    ['NUL in a text of the query', '{ development(slug: "a\\u0000") { slug } }', /Expected a slug/],
    [
      'a lone surrogate in a text of the query',
      '{ development(slug: "a\\ud800") { slug } }',
      /Invalid Unicode|Expected a slug/,
    ],
    ['a raw NUL', '{ development(slug: "\u0000") { slug } }', /Invalid character|Expected a slug/],
    ['two operations without a name', 'query A { __typename } query B { __typename }', /operation/],
  ])('%s', async ([, query, message], { record }) => {
    const answer = await record.request(query);
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(message);
  });

  test.for([
    ['JSON that ends early', '{"query":', /JSON/],
    ['nothing', '', /JSON/],
    ['null', 'null', /expected to be object/],
    ['a list', '[{"query":"{__typename}"}]', /Batching is not supported/],
    ['no query', '{}', /Must provide query string/],
    ['a number for the query', '{"query":5}', /Expected "query" param to be a string/],
    ['a text for the variables', '{"query":"{__typename}","variables":"x"}', /Expected "variables" param/],
    ['an unknown parameter', '{"query":"{__typename}","price":1}', /Unexpected parameter "price"/],
  ] as const)('%s for a body', async ([, body, message], { record }) => {
    const answer = await sendRaw(record, body);
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(message);
  });

  test.for(['text/plain', 'application/xml', 'image/png'])('a body of %s', async (type, { record }) => {
    const answer = await sendRaw(record, '{"query":"{__typename}"}', { 'content-type': type });
    refuseFailure(record, answer);
    expect(answer.status).toBe(415);
  });

  test('variables of lists nested 100,000 deep', async ({ record }) => {
    const query = JSON.stringify(
      'query ($slugs: [String!]) { developments(filter: { topic: $slugs }) { totalCount } }',
    );
    const answer = await sendRaw(
      record,
      `{"query":${query},"variables":{"slugs":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    );
    refuseFailure(record, answer);
    expect(complaints(answer)).toMatch(/String cannot represent/);
  });
});
