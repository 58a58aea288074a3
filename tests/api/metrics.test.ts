import { expect, vi } from 'vitest';
import { createDatabase } from '../support/database.js';
import { figure, figures } from '../support/figures.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { sendRaw } from '../support/hostile/raw.js';
import { openSocket } from '../support/hostile/raw-socket.js';
import { startTestServer } from '../support/server.js';

const requests = (operation: string, transport: string, outcome: string) =>
  `requests_total{operation="${operation}",transport="${transport}",outcome="${outcome}"}`;

describeWithDatabase('metrics', () => {
  test('count requests by operation, transport and outcome', async ({ server }) => {
    await server.request('query Mine { feedHead }');
    await server.request('query Mine { feedHead }');
    await server.request('{ unheardOf }');
    await server.request('{ unheardOf', { token: 'none' });
    await publishStatement(server, 'One');
    await using socket = await openSocket(server.url);
    await socket.init();
    await socket.run('a', 'query Yours { feedHead }');
    await socket.run('b', '{ unheardOf }');
    socket.send({ id: 'c', type: 'subscribe', payload: { query: 'subscription { feed { __typename } }' } });
    await socket.next();

    const expected = {
      [requests('query', 'http', 'ok')]: 2,
      [requests('query', 'http', 'refused')]: 1,
      [requests('unknown', 'http', 'refused')]: 1,
      [requests('mutation', 'http', 'ok')]: 1,
      [requests('query', 'websocket', 'ok')]: 1,
      [requests('query', 'websocket', 'refused')]: 1,
      [requests('subscription', 'websocket', 'ok')]: 1,
      'request_duration_seconds_count{operation="query"}': 5,
      websockets_open: 1,
      feed_subscribers: 1,
      feed_replaying: 0,
      feed_buffered_bytes: 0,
      feed_lag_entries: 0,
      feed_lag_seconds: 0,
      'build_info{version="0.1.0"}': 1,
      'database_connections{state="idle"}': expect.any(Number),
      database_waiting: 0,
      request_cost_points_count: 5,
    };
    // Gauges follow what the server does at the moment: the subscriber replays, and scrapes read the database too.
    await vi.waitFor(
      async () => expect(await figures(server, Object.keys(expected))).toEqual(expected),
      30_000,
    );
    const text = await (await fetch(new URL('/metrics', server.url))).text();
    expect(text).not.toMatch(/Mine|Yours|unheardOf/); // No text that clients choose.
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds ');
    expect(text).toContain('process_resident_memory_bytes ');
    await socket[Symbol.asyncDispose]();
    await vi.waitUntil(async () => (await figure(server, 'websockets_open')) === 0, 30_000);
  });

  test('count failures separately from refusals, on both transports', async ({ server }) => {
    await using socket = await openSocket(server.url);
    await socket.init();
    await server.db.$executeRawUnsafe('ALTER TABLE topic RENAME TO topic_away');
    const broken = '{ topics(first: 1) { nodes { slug } } }';
    expect(await server.request(broken)).toMatchObject({ status: 500 });
    await socket.run('a', broken);
    expect(await figure(server, requests('query', 'http', 'failed'))).toBe(1);
    expect(await figure(server, requests('query', 'websocket', 'failed'))).toBe(1);
    expect(await figure(server, requests('query', 'http', 'ok'))).toBeUndefined();
  });

  test('count refusals by limit: of documents, HTTP requests and WebSocket messages', async () => {
    await using database = await createDatabase();
    const limits = { MAX_ALIASES: '1', MAX_BODY_BYTES: '1000', MAX_MESSAGE_BYTES: '1000', MAX_DEPTH: '2' };
    await using server = await startTestServer(database.location, {
      ...limits,
      BUDGET_PER_MINUTE: '1000000',
    });
    const aliases = '{ a: feedHead b: feedHead }';
    await server.request(aliases, { token: null });
    await server.request(aliases, { token: null }); // Counts again for a document already seen.
    await server.request('{ topics { nodes { slug } } }');
    await sendRaw(server, `{"query":"${' '.repeat(1_000)}"}`);
    await sendRaw(server, '{}', { 'content-type': 'text/plain' });
    await using socket = await openSocket(server.url);
    await socket.init();
    await socket.run('a', aliases);
    socket.send(' '.repeat(1_001));
    expect((await socket.closed).code).toBe(1009);
    const refused = (limit: string) => figure(server, `refused_total{limit="${limit}"}`);
    expect(await refused('MAX_ALIASES')).toBe(3);
    expect(await refused('MAX_DEPTH')).toBe(1);
    expect(await refused('MAX_BODY_BYTES')).toBe(1);
    expect(await refused('UNSUPPORTED_MEDIA_TYPE')).toBe(1);
    await vi.waitUntil(async () => (await refused('MAX_MESSAGE_BYTES')) === 1, 30_000);
  });

  test('count event streams while they are open', async ({ server }) => {
    const gone = new AbortController();
    await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: '{"query": "subscription { feed { __typename } }"}',
      signal: gone.signal,
    });
    await vi.waitUntil(async () => (await figure(server, 'event_streams_open')) === 1, 30_000);
    await vi.waitUntil(
      async () => (await figure(server, requests('subscription', 'http', 'ok'))) === 1,
      30_000,
    );
    gone.abort();
    await vi.waitUntil(async () => (await figure(server, 'event_streams_open')) === 0, 30_000);
  });

  test('report how far an instance is behind the log, and how many requests timed out', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '1' });
    await server.tail[Symbol.asyncDispose]();
    await publishStatement(server, 'Unread');
    await server.db.$executeRawUnsafe('ALTER TABLE feed_entry DISABLE TRIGGER feed_entry_stays');
    await server.db.$executeRawUnsafe(`UPDATE feed_entry SET recorded_at = now() - interval '60 s'`);
    expect(await figure(server, 'feed_lag_entries')).toBe(1);
    expect(await figure(server, 'feed_lag_seconds')).toBeGreaterThanOrEqual(60);

    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holders = Array.from({ length: 5 }, () => server.db.$transaction(() => released));
    expect(await server.request('{ topics(first: 1) { nodes { slug } } }', { token: null })).toMatchObject({
      status: 504,
    });
    expect(await figure(server, 'feed_lag_entries')).toBeNaN();
    release();
    await Promise.all(holders);
    expect(await figure(server, requests('query', 'http', 'timeout'))).toBe(1);
    expect(await figure(server, 'refused_total{limit="REQUEST_TIMEOUT"}')).toBe(1);
  });
});
