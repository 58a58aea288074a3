import { once } from 'node:events';
import { connect } from 'node:net';
import type { Client } from 'graphql-ws';
import { expect } from 'vitest';
import { prepareFilter } from '../../src/domain/filter/prepare.js';
import { LIMITS } from '../../src/http/limits/limits.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const SMALL = {
  MAX_TOKENS: '60',
  MAX_DEPTH: '5',
  MAX_ALIASES: '3',
  MAX_DIRECTIVES: '2',
  MAX_ROOT_FIELDS: '3',
  MAX_COST: '200',
  MAX_BODY_BYTES: '2000',
  MAX_SOCKETS_PER_ADDRESS: '3',
  MAX_SUBSCRIPTIONS_PER_SOCKET: '2',
};

const test = base.extend<{ small: TestServer }>({
  small: [
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, SMALL);
      await use(server);
    },
    { scope: 'file' },
  ],
});

const CLAIMS = 'citations { claims { citation { locator } text } }';
const LINKS = 'links { to { links { to { slug } } } }';

/** Documents that exceed a limit, with its variable, maximum and the actual number. */
const TOO_MUCH: [what: string, query: string, limit: string, maximum: number, got: number][] = [
  ['tokens', `{ ${'__typename '.repeat(60)}}`, 'MAX_TOKENS', 60, 61],
  ['levels', `{ development(slug: "a") { ${LINKS} } }`, 'MAX_DEPTH', 5, 6],
  ['aliases', '{ a: __typename b: __typename c: __typename d: __typename }', 'MAX_ALIASES', 3, 4],
  [
    'aliases in fragments',
    '{ ...A } fragment A on Query { a: __typename b: feedHead c: feedHead d: feedHead }',
    'MAX_ALIASES',
    3,
    4,
  ],
  [
    'directives',
    '{ feedHead @include(if: true) @skip(if: false) @include(if: true) }',
    'MAX_DIRECTIVES',
    2,
    3,
  ],
  ['root fields', '{ a: feedHead b: feedHead feedHead __typename }', 'MAX_ROOT_FIELDS', 3, 4],
  [
    'root fields in fragments',
    '{ ...A ... { feedHead } } fragment A on Query { ...B a: feedHead } fragment B on Query { ...A b: feedHead __typename }',
    'MAX_ROOT_FIELDS',
    3,
    4,
  ],
  ['points', '{ developments(first: 100) { nodes { slug headline } } }', 'MAX_COST', 200, 231],
];

const refusal = (limit: string, maximum: number, got: number) => ({
  message: expect.stringMatching(new RegExp(`^Expected at most ${maximum} .*\\(${limit}\\); got ${got}\\.`)),
  extensions: { code: 'LIMIT_EXCEEDED', limit, maximum, got },
});

describeWithDatabase('a document is refused', () => {
  test.for(TOO_MUCH)('over HTTP for too many %s', async ([, query, limit, maximum, got], { small }) => {
    const answer = await small.request(query);
    expect(answer).toMatchObject({ status: 400, errors: [refusal(limit, maximum, got)] });
    expect(answer.data).toBeUndefined();
    expect(small.logged).toEqual([]);
  });

  test.for(TOO_MUCH)('over WebSocket for too many %s', async ([, query, limit, maximum, got], { small }) => {
    const client = small.client();
    const errors = await new Promise((resolve, reject) => {
      client.subscribe(
        { query },
        { next: reject, error: resolve, complete: () => reject(new Error('complete')) },
      );
    });
    expect(errors).toEqual([expect.objectContaining(refusal(limit, maximum, got))]); // Without the status for HTTP.
    await client.dispose();
  });

  test('for a subscription that costs too much', async ({ small }) => {
    const response = await fetch(small.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({
        query: `subscription { developmentPublished { a: ${CLAIMS} b: ${CLAIMS} c: ${CLAIMS} } }`,
      }),
    });
    expect(await response.text()).toContain('"limit":"MAX_COST"');
  });

  test('for fragments that multiply, without a slow count', async ({ server }) => {
    const fragments = Array.from(
      { length: 13 },
      (_, level) =>
        `fragment F${level} on Development { links { to { ...F${level + 1} } from { ...F${level + 1} } } }`,
    );
    const query = `{ development(slug: "a") { ...F0 } } ${fragments.join(' ')} fragment F13 on Development { slug }`;
    expect(await server.request(query)).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: 'MAX_DEPTH' } }],
    });
  });
});

describeWithDatabase('a filter is refused', () => {
  const LISTS = `query ($filter: DevelopmentFilter) { ${Array.from(
    { length: 15 },
    (_, at) => `a${at}: developments(filter: $filter) { totalCount }`,
  ).join(' ')} }`;
  const topics = (number: number) => ({
    variables: { filter: { topic: Array.from({ length: number }, (_, at) => `topic-${at}`) } },
  });
  const limit = (name: string, maximum: number, got: number) => ({
    status: 400,
    errors: [{ extensions: { code: 'LIMIT_EXCEEDED', limit: name, maximum, got } }],
  });

  test('with a list of more than 200 values', async ({ server }) => {
    expect(await server.request(LISTS, topics(201))).toMatchObject(limit('FILTER_LIST', 200, 201));
  });

  test('with more than 1,000 values, each as often as its variable is used', async ({ server }) => {
    expect(await server.request(LISTS, topics(67))).toMatchObject(limit('FILTER_VALUES', 1_000, 1_005));
    const { errors } = await server.request(LISTS, topics(66));
    expect(errors).toBeUndefined();
  });

  test('only for values that differ, which reach the database once', async ({ server }) => {
    const filter = { country: Array(500).fill('RU') };
    expect(await server.request(LISTS, { variables: { filter } })).toMatchObject({ status: 200 });
    expect((await prepareFilter(server.db, filter, () => {})).where.values).toEqual([['RU']]);
  });
});

describeWithDatabase('a document whose price cannot be computed is refused', () => {
  const REFUSED: [what: string, query: string, variables: object][] = [
    [
      'with null for a default value',
      `{ nodes { ${'links { to { '.repeat(9)}slug${' } }'.repeat(9)} } }`,
      { n: null },
    ],
    ['with a value of another type', '{ nodes { slug } }', { n: 'many' }],
  ];
  test.for(REFUSED)('%s', async ([, selection, variables], { server }) => {
    const query = `query ($n: Int = 3, $s: String = "a") { development(slug: $s) { slug } developments(first: $n) ${selection} }`;
    const given = { ...variables, ...('n' in variables && variables.n === null && { s: null }) };
    const answer = await server.request(query, { variables: given });
    expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
    expect(answer.data).toBeUndefined();
  });

  test('says which limit was met by 1,900 fields of one name', async ({ server }) => {
    const { errors } = await server.request(`{ developments { nodes { ${'slug '.repeat(1_900)} } } }`);
    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('(OVERLAPS)'),
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'OVERLAPS', maximum: 150_000, got: expect.any(Number) },
    });
  });
});

describeWithDatabase('an answer reports its cost', () => {
  const COSTS: [query: string, variables: object, points: number][] = [
    ['{ feedHead }', {}, 1],
    ['{ feedHead ... @skip(if: true) { again: feedHead } }', {}, 1],
    ['{ developments { nodes { slug } } }', {}, 20 + 1 + 20],
    ['{ developments(last: 3) { edges { cursor node { slug } } } }', {}, 20 + 1 + 3 * (1 + 1 + 1)],
    ['query ($n: Int) { developments(first: $n) { nodes { slug } } }', { n: 7 }, 20 + 1 + 7],
    ['{ developments(first: 1) { totalCount } }', {}, 20 + 100],
    ['{ developments(first: 1) { nodes { topics { slug } } } }', {}, 20 + 1 + (1 + 5)],
    ['{ nodes(ids: ["a", "b"]) { id } }', {}, 20 + 2 + 2],
    ['query A { feedHead } query B { __typename feedHead }', { operationName: 'B' }, 2],
  ];
  test.for(COSTS)('%s', async ([query, given, requested], { server }) => {
    const { operationName, ...variables } = given as { operationName?: string };
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName, variables }),
    });
    const { extensions } = (await response.json()) as { extensions: { cost: object } };
    expect(extensions.cost).toEqual({
      requested: 10 + requested,
      actual: expect.any(Number),
      limit: LIMITS.cost.byDefault,
      remaining: expect.any(Number),
    });
  });

  test('ten times as much for a mutation', async ({ server }) => {
    const mutation =
      'mutation { upsertTopic(input: { slug: "a", name: "A" }) { ... on UpsertTopicSuccess { topic { slug } } } }';
    expect(await server.request(mutation)).toMatchObject({ extensions: { cost: { requested: 40 } } });
  });

  test('over WebSocket as over HTTP', async ({ server }) => {
    const { value } = await server.client().iterate({ query: '{ feedHead }' }).next();
    expect(value).toMatchObject({ data: {}, extensions: { cost: { requested: 11 } } });
  });
});

describeWithDatabase('a body is refused', () => {
  const send = (server: TestServer, body: string | ReadableStream, headers: Record<string, string> = {}) =>
    fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      ...(typeof body !== 'string' && { duplex: 'half' }),
    });
  const long = JSON.stringify({ query: `{ feedHead } # ${'a'.repeat(2_000)}` });

  test('that is too long, by its Content-Length or while it is read', async ({ small }) => {
    for (const body of [long, new Blob([long]).stream()]) {
      const response = await send(small, body);
      expect(response.status).toBe(413);
      expect(await response.json()).toEqual({
        errors: [
          {
            message: `Expected at most 2000 bytes (MAX_BODY_BYTES); got ${long.length}. Only editors may send longer ones (MAX_UPLOAD_BYTES), with their token and a Content-Length.`,
            extensions: { code: 'LIMIT_EXCEEDED', limit: 'MAX_BODY_BYTES', maximum: 2_000, got: long.length },
          },
        ],
      });
    }
  });

  test('that is not UTF-8, or is compressed', async ({ small }) => {
    const bytes = Buffer.concat([
      Buffer.from('{"query":"{ feedHead } # '),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    expect((await send(small, new Blob([bytes]).stream())).status).toBe(400);
    expect((await send(small, long, { 'content-encoding': 'gzip' })).status).toBe(415);
  });
});

describeWithDatabase('sockets are refused', () => {
  test('beyond the limit per address, until another one closes', async () => {
    await using database = await createDatabase();
    await using small = await startTestServer(database.location, SMALL);
    const clients: Client[] = [];
    const open = () => {
      const client = small.client();
      clients.push(client);
      return new Promise<Client>((resolve, reject) => {
        client.on('connected', () => resolve(client));
        const query = 'subscription { developmentPublished { slug } }';
        client.subscribe({ query }, { next() {}, error: reject, complete() {} });
      });
    };
    const first = await open();
    await open();
    await open();
    await expect(open()).rejects.toMatchObject({ message: expect.stringContaining('429') });
    const stream = await fetch(`${small.url}?query=subscription{developmentPublished{slug}}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(await stream.text()).toContain('"limit":"MAX_SOCKETS_PER_ADDRESS"');
    await first.dispose();
    const isOpen = () => open().then(Boolean, () => false);
    await expect.poll(isOpen).toBe(true);
    for (const client of clients) await client.dispose();
  });
});

describeWithDatabase('a socket that is refused', () => {
  test('gets the limit in the response, and is closed even if its client keeps its own side open', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { MAX_SOCKETS_PER_ADDRESS: '1' });
    const { host, port } = new URL(server.url);
    const taken = server.client();
    await new Promise((resolve) => {
      taken.on('connected', resolve);
      taken.subscribe(
        { query: 'subscription { feed { __typename } }' },
        { next() {}, error() {}, complete() {} },
      );
    });
    const socket = connect({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true });
    socket.write(
      `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    await once(socket, 'end');
    expect(answer).toMatch(/^HTTP\/1\.1 429 .*\(MAX_SOCKETS_PER_ADDRESS\); got 2\.\n$/s);
    // The server has closed the socket, so further bytes are answered with a reset.
    const gone = once(socket, 'error');
    const timer = setInterval(() => socket.write('x'), 10);
    expect((await gone)[0]).toMatchObject({ code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) });
    clearInterval(timer);
  });
});

describeWithDatabase('operations are refused', () => {
  test('beyond the limit per socket, while the others continue', async ({ server: _, small }) => {
    const client = small.client();
    const subscribe = () =>
      new Promise<unknown>((resolve) => {
        client.subscribe(
          { query: 'subscription { feed { __typename } }' },
          { next: resolve, error: resolve, complete() {} },
        );
      });
    expect(await subscribe()).toMatchObject({ data: { feed: { __typename: 'FeedCaughtUp' } } });
    expect(await subscribe()).toMatchObject({ data: { feed: { __typename: 'FeedCaughtUp' } } });
    expect(await subscribe()).toMatchObject([
      { extensions: { limit: 'MAX_SUBSCRIPTIONS_PER_SOCKET', got: 3 } },
    ]);
    await client.dispose();
  });
});
