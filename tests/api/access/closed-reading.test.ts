import { expect, vi } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

/** A server that requires a token for reading. */
const test = base.extend<{ server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
    async ({}, use) => {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { READ_REQUIRES_TOKEN: '1' });
      await use(server);
    },
    { scope: 'file' },
  ],
});

const REFUSED = { status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };

describeWithDatabase('with READ_REQUIRES_TOKEN', () => {
  for (const [what, query] of [
    ['a query', '{ developments { totalCount } }'],
    ['introspection', '{ __schema { types { name } } }'],
    ['__typename', '{ __typename }'],
    ['a mutation', 'mutation { upsertTopic(input: { slug: "a", name: "A" }) { __typename } }'],
    ['a subscription', 'subscription { developmentPublished { slug } }'],
    ['a document whose validation errors would reveal the schema', '{ developmen { slug } }'],
    ['a document that does not parse', '{ developments {'],
  ] as const) {
    test(`${what} is rejected with 401 without a token`, async ({ server }) => {
      const answer = await server.request(query, { token: null });
      expect(answer).toMatchObject(REFUSED);
      expect(answer.data ?? null).toBeNull();
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors?.[0]?.message).toMatch(
        /^Reading this record requires a token: send "Authorization: Bearer/,
      );
    });
  }

  test('GET requests and event streams without a token are rejected with 401 and WWW-Authenticate', async ({
    server,
  }) => {
    for (const accept of ['application/json', 'application/graphql-response+json', 'text/event-stream']) {
      const url = `${server.url}?query=${encodeURIComponent('{ feedHead }')}`;
      const response = await fetch(url, { headers: { accept } });
      expect(response.status, accept).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.text()).toContain('UNAUTHENTICATED');
    }
  });

  test('a WebSocket is closed with 4401 without a token, and with 4403 for an invalid one', async ({
    server,
  }) => {
    for (const [authorization, code] of [
      [undefined, 4401],
      ['Bearer no-such-token', 4403],
    ] as const) {
      const closed = vi.fn();
      const client = server.client(authorization ? { authorization } : undefined);
      client.on('closed', closed);
      client.subscribe({ query: '{ feedHead }' }, { next: () => {}, error: () => {}, complete: () => {} });
      await vi.waitUntil(() => closed.mock.calls.length > 0, 30_000);
      expect(closed.mock.calls[0]?.[0]).toMatchObject({ code });
    }
  });

  test('a READER token can read but not write', async ({ server }) => {
    const token = await createToken(server.db, { name: 'reader', role: 'READER' });
    expect(await server.request('{ developments { totalCount } }', { token })).toMatchObject({
      status: 200,
      data: { developments: { totalCount: 0 } },
    });
    const write = 'mutation { upsertTopic(input: { slug: "a", name: "A" }) { __typename } }';
    expect(await server.request(write, { token })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    const authorization = `Bearer ${token}`;
    for await (const { data } of server.client({ authorization }).iterate({ query: '{ feedHead }' }))
      expect(data?.['feedHead']).toEqual(expect.any(String));
  });

  test('the error for an invalid token does not advise reading without one', async ({ server }) => {
    const answer = await server.request('{ __typename }', { token: 'no-such-token' });
    expect(answer).toMatchObject(REFUSED);
    expect(answer.errors?.[0]?.message).toBe('The token is unknown, expired or revoked. Send a valid one.');
  });

  test('health checks need no token', async ({ server }) => {
    for (const path of ['/health/live', '/health/ready'])
      expect((await fetch(new URL(path, server.url))).status).toBe(200);
  });
});
