import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import { describeWithDatabase } from '../support/fixtures.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import type { TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const RESPONSE = 'application/graphql-response+json';
const JSON_TYPE = 'application/json';
const FEED = 'subscription { feed { __typename } }';
const TWO = 'query A { feedHead } query B { __typename }';

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

/** Uses node:http, which adds no headers of its own. */
async function send(server: TestServer, target: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  const url = new URL(target, server.url);
  const sent = httpRequest(url, {
    method,
    headers: { ...(body && { 'content-type': JSON_TYPE }), ...headers },
  });
  sent.end(body && JSON.stringify(body));
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const { statusCode: status, headers: answered } = response;
  return { status, headers: answered, text: await text(response) };
}

async function post(server: TestServer, accept: string, body: object) {
  const answer = await send(server, '/graphql', { method: 'POST', headers: { accept }, body });
  return { status: answer.status, body: JSON.parse(answer.text) };
}

const get = (params: Record<string, string>) => `/graphql?${new URLSearchParams(params)}`;

describeWithDatabase('variables that cannot be coerced', () => {
  const OPERATIONS = [
    ['a query', 'query ($first: Int) { topics(first: $first) { totalCount } }', { first: 'x' }],
    [
      'a mutation',
      'mutation ($input: UpsertTopicInput!) { upsertTopic(input: $input) { __typename } }',
      { input: { slug: 1 } },
    ],
    [
      'a subscription',
      'subscription ($filter: DevelopmentFilter) { feed(filter: $filter) { __typename } }',
      { filter: 1 },
    ],
  ] as const;

  test.for(OPERATIONS)(
    'are refused in %s with the status of the media type, without data',
    async ([, query, variables], { server }) => {
      for (const [accept, status] of [
        [RESPONSE, 400],
        [JSON_TYPE, 200],
      ] as const) {
        const answer = await post(server, accept, { query, variables });
        expect(answer).toMatchObject({
          status,
          body: {
            errors: expect.arrayContaining([
              expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
            ]),
          },
        });
        expect(answer.body).not.toHaveProperty('data');
      }
    },
  );
});

describeWithDatabase('an empty operationName', () => {
  test('is treated as absent over GET, POST and WebSocket', async ({ server }) => {
    const one = { query: 'query A { feedHead }', operationName: '' };
    const several = { query: TWO, operationName: '' };
    const unclear = { errors: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }] };
    expect(JSON.parse((await send(server, get(one))).text)).toMatchObject({ data: {} });
    expect(JSON.parse((await send(server, get(several))).text)).toMatchObject(unclear);
    expect((await post(server, JSON_TYPE, one)).body).toMatchObject({ data: {} });
    expect(await post(server, JSON_TYPE, several)).toMatchObject({ status: 400, body: unclear });
    await using socket = await openSocket(server.url);
    await socket.init();
    const [next] = await socket.run('a', one.query, { operationName: '' });
    expect(next).toMatchObject({ type: 'next', payload: { data: {} } });
    const [error] = await socket.run('b', TWO, { operationName: '' });
    expect(error).toMatchObject({ type: 'error', payload: unclear.errors });
  });
});

describeWithDatabase('the code of an error', () => {
  test.for([
    ['a variable of a wrong type', 'query ($a: String) { topics(first: $a) { totalCount } }'],
    ['an undefined variable', '{ topics(first: $a) { totalCount } }'],
    ['an unused variable', 'query ($a: Int) { feedHead }'],
    ['an unknown field', '{ nothing }'],
    ['a literal of a wrong type', '{ topics(first: "x") { totalCount } }'],
  ])('is GRAPHQL_VALIDATION_FAILED for %s', async ([, query], { server }) => {
    for (const accept of [JSON_TYPE, RESPONSE]) {
      expect(await post(server, accept, { query })).toMatchObject({
        status: accept === RESPONSE ? 400 : 200,
        body: { errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] },
      });
    }
  });

  test('comes with locations and a path for execution errors, however often the query is repeated', async ({
    server,
  }) => {
    for (let time = 0; time < 6; time += 1) {
      const { body } = await post(server, JSON_TYPE, { query: '{ t: topics(first: -1) { totalCount } }' });
      expect(body.errors).toMatchObject([{ locations: [{ line: 1, column: 3 }], path: ['t'] }]);
    }
  });
});

describeWithDatabase('a GET', () => {
  const query = '{ feedHead }';

  const MORE: [string, Record<string, string>][] = [
    ['with empty parameters', { variables: '', extensions: '', operationName: '', documentId: '' }],
    ['with unknown parameters', { utm_source: 'x', variable: '1' }],
  ];
  test.for(MORE)('%s keeps its ETag', async ([, more], { server }) => {
    const plain = await send(server, get({ query }));
    const answer = await send(server, get({ query, ...more }));
    expect(answer).toMatchObject({ status: 200, headers: { etag: String(plain.headers.etag) } });
    const headers = { 'if-none-match': String(answer.headers.etag) };
    expect((await send(server, get({ query, ...more }), { headers })).status).toBe(304);
  });

  test.for([
    [`${JSON_TYPE};q=0.5, ${RESPONSE}`, RESPONSE],
    [`${JSON_TYPE}, ${RESPONSE};q=0.9`, JSON_TYPE],
    [`${RESPONSE};q=0, */*`, JSON_TYPE],
    [`${RESPONSE}, ${JSON_TYPE}`, RESPONSE],
    ['*/*', JSON_TYPE],
    ['text/plain, application/*;q=0.1', JSON_TYPE],
  ])('with Accept: %s is answered as %s', async ([accept = '', type], { server }) => {
    const { status, headers } = await send(server, get({ query }), { headers: { accept } });
    expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`]);
  });

  test.for(['image/png', `${JSON_TYPE};q=0`, `${JSON_TYPE}; charset=latin1`])(
    'that accepts only %s is refused with the supported media types',
    async (accept, { server }) => {
      const answer = await send(server, get({ query }), { headers: { accept } });
      expect(answer.status).toBe(406);
      expect(JSON.parse(answer.text).errors[0].message).toMatch(/^Expected an Accept header that allows /);
    },
  );

  test('reaches GraphQL at /graphql/ too', async ({ server }) => {
    const answer = await send(server, `/graphql/?${new URLSearchParams({ query })}`);
    expect(JSON.parse(answer.text)).toMatchObject({ data: { feedHead: expect.any(String) } });
    expect((await send(server, '/graphql//')).status).toBe(404);
  });
});

describeWithDatabase('a subscription over HTTP', () => {
  test('is refused for HEAD, which would wait until it ends', async ({ server }) => {
    const answer = await send(server, get({ query: FEED }), {
      method: 'HEAD',
      headers: { accept: 'text/event-stream' },
    });
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
  });

  test('is refused to clients that do not accept event streams', async ({ server }) => {
    const answer = await post(server, JSON_TYPE, { query: FEED });
    expect(answer.status).toBe(406);
    expect(answer.body.errors[0].message).toContain('text/event-stream');
  });

  test.for([
    ['@skip', 'subscription ($s: Boolean!) { feed @skip(if: $s) { __typename } }', { s: true }],
    [
      '@include',
      'subscription ($s: Boolean!) { ... @include(if: $s) { feed { __typename } } }',
      { s: false },
    ],
    [
      '@skip in a fragment',
      'subscription ($s: Boolean!) { ...F } fragment F on Subscription { feed @skip(if: $s) { __typename } }',
      { s: false },
    ],
  ] as const)(
    'is refused with a reason if its root field has %s',
    async ([, query, variables], { server }) => {
      const { status, body } = await post(server, RESPONSE, { query, variables });
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([
        {
          message: expect.stringMatching(
            /^Expected the root field of a subscription without @(skip|include):/,
          ),
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
        },
      ]);
    },
  );
});

describeWithDatabase('OPTIONS without CORS', () => {
  test('lists the allowed methods', async ({ server }) => {
    const answer = await send(server, '/graphql', { method: 'OPTIONS' });
    expect(answer).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } });
  });
});
