import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { createToken } from '../../src/domain/token.js';
import { createDatabase } from '../support/database.js';
import { test as base, describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import { rawEntry } from '../support/raw-entry.js';
import { startTestServer, type TestServer } from '../support/server.js';

const test = base.extend<{ server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that it needs off the pattern.
  server: async ({}, use) => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { LOG_LEVEL: 'debug' });
    await use(server);
  },
});

const GENERATED = /^[\da-f-]{36}$/;
const BROKEN = '{ topics(first: 1) { nodes { slug } } }';
const breakTopics = (server: TestServer) =>
  server.db.$executeRawUnsafe('ALTER TABLE topic RENAME TO topic_away');

function post(server: TestServer, query: string, headers: Record<string, string> = {}, path = '/graphql') {
  return fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
}

/** Waits for the line of a request, which is written once the response has been sent. */
async function lineOf(server: TestServer, requestId: unknown, count = 1) {
  const lines = () =>
    server.logged.filter((line) => line['requestId'] === requestId && line.msg === 'request');
  await vi.waitUntil(() => lines().length === count, 30_000);
  return lines().at(-1);
}

describeWithDatabase('the log', () => {
  test('has a line for each request, without its query string', async ({ server }) => {
    const query = 'query Head { feedHead }';
    const response = await post(server, query, { 'x-request-id': 'from-a.proxy_1' }, '/graphql?token=x');
    expect(response.headers.get('x-request-id')).toBe('from-a.proxy_1');
    expect(await lineOf(server, 'from-a.proxy_1')).toMatchObject({
      ...{ level: 20, transport: 'http', method: 'POST', path: '/graphql', status: 200, outcome: 'ok' },
      ...{ operation: 'query', operationName: 'Head', viewer: 'anonymous' },
      ...{ cost: expect.any(Number), ms: expect.any(Number) },
    });
    expect(JSON.stringify(server.logged)).not.toContain('token=x');
  });

  test('names the viewer of each request, and says which were refused', async ({ server }) => {
    const { data } = await server.request('{ feedHead }');
    expect(data).toBeTruthy();
    await post(server, '{ unheardOf }', { 'x-request-id': 'refused' });
    await fetch(new URL('/elsewhere', server.url), { headers: { 'x-request-id': 'elsewhere' } });
    expect(await lineOf(server, 'refused')).toMatchObject({ level: 30, outcome: 'refused' });
    expect(await lineOf(server, 'elsewhere')).toMatchObject({ path: '/elsewhere', status: 404 });
    const viewers = () => server.logged.filter(({ msg }) => msg === 'request').map(({ viewer }) => viewer);
    // Each line is written once its response has been sent.
    await vi.waitUntil(() => viewers().length === 3, 30_000);
    expect(viewers().toSorted()).toEqual(['ADMIN_TOKEN', 'anonymous', 'anonymous']);
  });

  test.for(['', 'a b', 'x'.repeat(65), 'ä', 'a/b', '"'])(
    'replaces an invalid request id from a client: %j',
    async (id, { server }) => {
      const response = await post(server, '{ feedHead }', { 'x-request-id': id });
      const own = response.headers.get('x-request-id');
      expect(own).toMatch(GENERATED);
      expect(await lineOf(server, own)).toBeDefined();
    },
  );

  test('has lines for pages and health checks too', async ({ server }) => {
    const response = await fetch(new URL('/health/live', server.url));
    expect(await lineOf(server, response.headers.get('x-request-id'))).toMatchObject({
      ...{ level: 20, method: 'GET', path: '/health/live', status: 200 },
    });
  });

  test('has the same id in all lines of a request that fails', async ({ server }) => {
    await breakTopics(server);
    const response = await post(server, BROKEN, { 'x-request-id': 'broken' });
    const { errors } = (await response.json()) as { errors: { extensions: { id: string } }[] };
    await lineOf(server, 'broken');
    expect(server.logged.filter(({ requestId }) => requestId === 'broken')).toMatchObject([
      { level: 50, msg: 'a request failed', id: errors[0]?.extensions.id },
      { level: 30, msg: 'request', outcome: 'failed', status: 500 },
    ]);
  });

  test('has one id for a WebSocket, also in the lines of its failed operations and renders', async ({
    server,
  }) => {
    await using socket = await openSocket(server.url, undefined, { headers: { 'x-request-id': 'socket-1' } });
    await socket.init();
    await socket.run('a', 'query Head { feedHead }');
    const live = 'subscription { developmentPublished { headline topics { slug } } }';
    socket.send({ id: 'b', type: 'subscribe', payload: { query: live } });
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    await socket.settle();
    expect(await lineOf(server, 'socket-1', 2)).toMatchObject({ operation: 'subscription', outcome: 'ok' });
    await server.data('mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }');
    await publishStatement(server, 'Draft', { publish: false, slug: 'draft', topics: ['topic'] });
    await breakTopics(server);
    await socket.run('c', BROKEN);
    expect(await lineOf(server, 'socket-1', 3)).toMatchObject({ transport: 'websocket', outcome: 'failed' });
    const failures = () =>
      server.logged.filter(({ level, requestId }) => Number(level) >= 40 && requestId === 'socket-1');
    expect(failures()).toMatchObject([{ msg: 'a request failed' }]);

    // Only the subscriber's own read of the development fails.
    const draft = "(SELECT id FROM development WHERE slug = 'draft')";
    await server.db.$executeRawUnsafe(rawEntry(draft, 1, 'PUBLISHED'));
    await vi.waitUntil(() => failures().length > 1, 30_000);
    expect(failures().at(1)).toMatchObject({ msg: 'an item of the feed could not be made; trying again' });
    socket.socket.terminate();
    await vi.waitUntil(() => server.logged.some(({ msg }) => msg === 'a WebSocket was closed'), 30_000);
  });

  test('has the id from the upgrade response in the line of a failed token lookup', async ({ server }) => {
    const token = await createToken(server.db, { name: 'reader', role: 'READER' });
    await server.db.$executeRawUnsafe('ALTER TABLE api_token RENAME TO api_token_away');
    const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws');
    socket.once('open', () =>
      socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })),
    );
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const id = await new Promise((resolve) =>
      socket.once('upgrade', ({ headers }) => resolve(headers['x-request-id'])),
    );
    expect(id).toMatch(GENERATED);
    await closed;
    expect(server.logged).toContainEqual(
      expect.objectContaining({ level: 50, msg: 'a request failed', requestId: id }),
    );
  });
});
