import { type Client, CloseCode, createClient, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { rawEntry } from '../../support/raw-entry.js';
import type { TestServer } from '../../support/server.js';

const LIVE = 'subscription { developmentPublished { headline } }';

const followedBy = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, 30_000);

/** Collects the results of an operation, and its errors or the close of its socket. */
function run(client: Client, query: string) {
  const outcome: { results: unknown[]; errors?: unknown; completed: boolean } = {
    results: [],
    completed: false,
  };
  const stop = client.subscribe(
    { query },
    {
      next: (result) => outcome.results.push(result),
      error: (errors) => Object.assign(outcome, { errors }),
      complete: () => Object.assign(outcome, { completed: true }),
    },
  );
  return { outcome, stop };
}

/** Expects that a new subscriber receives a publication. Its first item tells that it is live, so no other count is needed. */
async function receivesPublication(server: TestServer): Promise<void> {
  const { outcome } = run(
    server.client(),
    'subscription { feed { __typename ... on DevelopmentPublished { development { headline } } } }',
  );
  await vi.waitUntil(() => outcome.results.length === 1, 30_000);
  await publishStatement(server, 'Afterwards');
  await vi.waitUntil(() => outcome.results.length === 2, 30_000);
  expect(JSON.stringify(outcome.results[1])).toContain('Afterwards');
}

/** Opens a socket without a client library. */
async function rawSocket(server: TestServer): Promise<WebSocket> {
  const socket = new WebSocket(server.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
  await new Promise((resolve) => socket.once('open', resolve));
  return socket;
}

describeWithDatabase('the WebSocket protocol', () => {
  for (const [fault, query, message] of [
    ['a syntax error', 'subscription {', /Syntax Error/],
    ['a validation error', 'subscription { noSuchField }', /Cannot query field .*noSuchField/],
    [
      'a second root field',
      'subscription { a: developmentPublished { slug } b: developmentPublished { slug } }',
      /only one|single/,
    ],
    ['a document without an operation', 'fragment F on Development { slug }', /operation|never used/],
  ] as const) {
    test(`${fault} ends one operation, not the socket`, async ({ server }) => {
      const client = server.client();
      const closed = vi.fn();
      client.on('closed', closed);
      const live = run(client, LIVE);
      await followedBy(server, 1);
      const faulty = run(client, query);
      await vi.waitUntil(() => faulty.outcome.errors !== undefined, 30_000);
      expect(JSON.stringify(faulty.outcome.errors)).toMatch(message);
      await publishStatement(server, 'Still here');
      await vi.waitUntil(() => live.outcome.results.length === 1, 30_000);
      expect(live.outcome.results).toEqual([{ data: { developmentPublished: { headline: 'Still here' } } }]);
      expect(closed).not.toHaveBeenCalled();
      expect(server.logged).toEqual([]);
    });
  }

  test('two operations on one socket are independent', async ({ server }) => {
    const client = server.client();
    const opened = vi.fn();
    client.on('opened', opened);
    const first = run(client, LIVE);
    const second = run(client, 'subscription { developmentPublished { one: headline two: headline } }');
    await followedBy(server, 2);
    await publishStatement(server, 'To both');
    await vi.waitUntil(() => first.outcome.results.length + second.outcome.results.length === 2, 30_000);
    first.stop();
    await followedBy(server, 1);
    await publishStatement(server, 'To the second');
    await vi.waitUntil(() => second.outcome.results.length === 2, 30_000);
    expect(first.outcome.results).toHaveLength(1);
    expect(second.outcome.results[0]).toEqual({
      data: { developmentPublished: { one: 'To both', two: 'To both' } },
    });
    expect(opened).toHaveBeenCalledTimes(1);
  });

  test('queries and mutations work over the socket too', async ({ server }) => {
    const query = run(server.client(), '{ developments { totalCount } }');
    await vi.waitUntil(() => query.outcome.completed, 30_000);
    expect(query.outcome.results).toMatchObject([{ data: { developments: { totalCount: 0 } } }]);
  });

  for (const authorization of ['Bearer no-such-token', 'Basic YTpi', '', 42]) {
    test(`the token ${JSON.stringify(authorization)} closes the socket with 4403`, async ({ server }) => {
      const { outcome } = run(server.client({ authorization }), LIVE);
      await vi.waitUntil(() => outcome.errors !== undefined, 30_000);
      expect(outcome.errors).toMatchObject({ code: CloseCode.Forbidden });
      expect(server.fanOut.figures.subscribers).toBe(0);
    });
  }

  test('a client without a token can read but not write', async ({ server }) => {
    const client = server.client();
    const live = run(client, LIVE);
    await followedBy(server, 1);
    const write = run(
      client,
      'mutation { recordStatement(input: { headline: "Mine", occurred: "2026" }) { __typename } }',
    );
    await vi.waitUntil(() => write.outcome.completed || write.outcome.errors !== undefined, 30_000);
    expect(JSON.stringify(write.outcome)).toContain('UNAUTHENTICATED');
    await publishStatement(server, 'Public');
    await vi.waitUntil(() => live.outcome.results.length === 1, 30_000);
  });

  test('a socket that breaks at any moment leaves no subscriber behind', async ({ server }) => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => rawSocket(server)));
    const acknowledged = sockets.map((socket) => new Promise((resolve) => socket.once('message', resolve)));
    for (const socket of sockets) socket.send('{"type":"connection_init"}');
    await Promise.all(acknowledged);
    for (const [index, socket] of sockets.entries()) {
      const payload = JSON.stringify({ id: '1', type: 'subscribe', payload: { query: LIVE } });
      // Half of them disconnect while their subscription is still being prepared.
      socket.send(payload, () => index % 2 === 0 && socket.terminate());
    }
    await followedBy(server, 10);
    for (const socket of sockets) socket.terminate();
    await followedBy(server, 0);
    await receivesPublication(server);
    await followedBy(server, 1);
  });

  test('a client that closes its socket properly leaves no subscriber behind', async ({ server }) => {
    const client = createClient({
      url: server.url.replace('http', 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    run(client, LIVE);
    run(client, LIVE);
    await followedBy(server, 2);
    await client.dispose();
    await followedBy(server, 0);
  });

  test('event streams that are aborted at any moment leave no subscriber behind', async ({ server }) => {
    const aborts = Array.from({ length: 10 }, () => new AbortController());
    const open = aborts.map(({ signal }) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ query: LIVE }),
        signal,
      }),
    );
    await open[0];
    for (const abort of aborts) abort.abort();
    await Promise.allSettled(open);
    await followedBy(server, 0);
    await receivesPublication(server);
    await followedBy(server, 1);
  });

  test('a change that cannot be loaded is sent as a masked error and logged, and the next one arrives', async ({
    server,
  }) => {
    const topics = ['topic'];
    await server.data('mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }');
    await publishStatement(server, 'Draft', { slug: 'draft', publish: false, topics });
    const { outcome } = run(
      server.client(),
      'subscription { developmentPublished { headline topics { name } } }',
    );
    await followedBy(server, 1);
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME COLUMN name TO name_away');
    // Only the subscriber's own read of the development fails: the log is intact.
    const draft = "(SELECT id FROM development WHERE slug = 'draft')";
    await server.db.$executeRawUnsafe(rawEntry(draft, 1, 'PUBLISHED'));
    await vi.waitUntil(() => outcome.results.length === 1, 30_000);
    expect(outcome.results[0]).toMatchObject({
      errors: [{ message: expect.stringMatching(/^The server failed\./) }],
    });
    expect(server.logged.filter(({ msg }) => msg === 'a request failed')).toHaveLength(1);
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME COLUMN name_away TO name');
    await publishStatement(server, 'Afterwards', { topics });
    await vi.waitUntil(() => outcome.results.length === 2, 30_000);
    expect(outcome.results[1]).toMatchObject({
      data: { developmentPublished: { headline: 'Afterwards', topics: [{ name: 'Topic' }] } },
    });
    await followedBy(server, 1);
  });
});
