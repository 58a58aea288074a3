import { expect, vi } from 'vitest';
import { publishStatement } from '../support/fixtures.js';
import { headOf, next, TRANSPORTS, test, told } from './fixtures.js';

test('falls back to SSE and reports it when upgrades are blocked', async ({ server, proxy, follow }) => {
  proxy.blocksUpgrades = true;
  const feed = follow({ transport: 'auto', after: await headOf(server) });
  expect(told(await next(feed))).toBe('FeedCaughtUp');
  await publishStatement(server, 'over SSE');
  expect(told(await next(feed))).toBe('over SSE');
  expect(feed.statuses).toContainEqual(
    expect.objectContaining({ state: 'fallback', from: 'websocket', transport: 'sse' }),
  );
  expect(proxy.made).toBe(4); // Three upgrades and one request.
});

test('reconnects to a server that was down for both transports', async ({ proxy, follow }) => {
  proxy.refuses = true;
  const feed = follow({ transport: 'auto', fallbackAfter: 1 });
  const first = next(feed);
  const fallbacks = () => feed.statuses.filter(({ state }) => state === 'fallback').length;
  await vi.waitUntil(() => fallbacks() >= 3, 30_000);
  proxy.refuses = false;
  expect(told(await first)).toBe('FeedCaughtUp');
});

test('stays with a WebSocket that opens, however often it breaks', async ({ proxy, follow }) => {
  const feed = follow({ transport: 'auto', fallbackAfter: 2 });
  void next(feed);
  for (let live = 1; live <= 4; live += 1) {
    await vi.waitUntil(() => feed.statuses.filter(({ state }) => state === 'live').length === live, 30_000);
    void feed.next();
    proxy.cut();
  }
  const carriers = feed.statuses.map((status) => 'transport' in status && status.transport);
  expect(new Set(carriers)).toEqual(new Set(['websocket']));
});

test('returns to the WebSocket after a long outage', async ({ proxy, follow }) => {
  let patience = 3;
  const carriers: string[] = [];
  const feed = follow({
    transport: 'auto',
    onStatus: (status) => {
      if (status.state === 'replaying') carriers.push(status.transport);
      if (status.state === 'waiting' && status.delay > 0 && status.failures >= patience)
        proxy.refuses = false;
    },
  });
  await next(feed);
  void feed.next();
  for (let outages = 1; outages <= 6; outages += 1) {
    patience += 1;
    proxy.refuses = true;
    proxy.cut();
    await vi.waitUntil(() => carriers.length === outages + 1, 30_000);
  }
  expect(new Set(carriers)).toEqual(new Set(['websocket']));
});

test('falls back to SSE when the WebSocket cannot be created', async ({ follow }) => {
  const webSocketImpl = class {
    constructor() {
      throw new Error('Forbidden by policy');
    }
  };
  const feed = follow({ transport: 'auto', webSocketImpl });
  expect(told(await next(feed))).toBe('FeedCaughtUp');
  expect(feed.statuses.at(-1)).toEqual({ state: 'live', transport: 'sse' });
});

test('uses SSE on a platform without WebSocket', async ({ follow }) => {
  vi.stubGlobal('WebSocket', undefined); // Node 22 and newer have one.
  const feed = follow({ transport: 'auto', webSocketImpl: undefined });
  vi.unstubAllGlobals();
  await next(feed);
  expect(feed.statuses[0]).toEqual({ state: 'connecting', transport: 'sse' });
});

for (const transport of TRANSPORTS) {
  test(`over ${transport}, return() ends a pending next() at once and closes the connection`, async ({
    proxy,
    follow,
  }) => {
    const feed = follow({ transport });
    await next(feed);
    const waiting = feed.next();
    await feed.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(feed.statuses.at(-1)).toEqual({ state: 'closed' });
    await vi.waitUntil(() => proxy.ended >= 1, 30_000);
  });

  test(`over ${transport}, an aborted signal closes the feed, even while connecting`, async ({
    proxy,
    follow,
  }) => {
    proxy.swallows = true;
    const abort = new AbortController();
    const feed = follow({ transport, signal: abort.signal });
    const waiting = feed.next();
    await vi.waitUntil(() => proxy.open === 1, 30_000);
    abort.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await vi.waitUntil(() => proxy.ended >= 1, 30_000);
  });

  test(`over ${transport}, close() ends the wait between two attempts`, async ({ proxy, follow }) => {
    proxy.refuses = true;
    const feed = follow({ transport, backOff: { min: 1_000_000, max: 1_000_000 } });
    const waiting = feed.next();
    await vi.waitUntil(() => feed.statuses.at(-1)?.state === 'waiting', 30_000);
    feed.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  test(`over ${transport}, sends the filter and the selection to the server`, async ({ server, follow }) => {
    const feed = follow({
      transport,
      filter: { text: 'submarines' },
      selection: 'headline status',
    });
    await next(feed);
    await publishStatement(server, 'On trade');
    await publishStatement(server, 'On submarines');
    expect(await next(feed)).toMatchObject({
      __typename: 'DevelopmentPublished',
      development: { headline: 'On submarines', status: 'PUBLISHED' },
    });
  });

  test(`over ${transport}, sends a custom document unchanged`, async ({ server, follow }) => {
    const document = `subscription Mine($after: Cursor, $filter: DevelopmentFilter) {
      feed(after: $after, filter: $filter) {
        __typename
        ... on DevelopmentPublished { cursor development { ...Card } }
        ... on DevelopmentRevised { cursor matches development { ...Card } }
        ... on DevelopmentRetracted { cursor development { ...Card } }
        ... on FeedCaughtUp { cursor }
        ... on FeedReset { cursor cause }
      }
    }
    fragment Card on Development { headline }`;
    const feed = follow({ transport, document, filter: { text: 'documents' } });
    await next(feed);
    await publishStatement(server, 'On documents');
    expect(await next(feed)).toMatchObject({ development: { headline: 'On documents' } });
  });
}
