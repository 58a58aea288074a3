import { expect, vi } from 'vitest';
import { encodeCursor } from '../../src/feed/cursor.js';
import { publishStatement } from '../support/fixtures.js';
import type { TestServer } from '../support/server.js';
import { headlines, headOf, next, TRANSPORTS, test, told } from './fixtures.js';
import { seeded } from './proxy.js';

const names = (count: number, name = 'number') =>
  Array.from({ length: count }, (_, index) => `${name} ${index}`);

async function publishAll(server: TestServer, wanted: readonly string[]): Promise<void> {
  for (const headline of wanted) await publishStatement(server, headline);
}

/** A store in memory. */
function createStore() {
  const saved: string[] = [];
  return {
    saved,
    load: () => saved.at(-1),
    save: (cursor: string) => {
      saved.push(cursor);
    },
  };
}

for (const transport of TRANSPORTS) {
  test(`over ${transport}, loses and repeats nothing when connections are cut at random`, async ({
    server,
    proxy,
    follow,
  }) => {
    const random = seeded(transport.length);
    const wanted = names(200, transport);
    const after = await headOf(server);
    await publishAll(server, wanted.slice(0, 100));
    proxy.budget = () => Math.floor(random() * 5_000);
    const feed = follow({ transport, after });
    const live = headlines(feed, 200);
    await vi.waitUntil(() => feed.statuses.some(({ state }) => state === 'live'), 30_000);
    await publishAll(server, wanted.slice(100));
    expect(await live).toEqual(wanted);
    expect(proxy.made).toBeGreaterThan(10);
  });

  test(`over ${transport}, does not repeat an item that the caller is still working on`, async ({
    server,
    proxy,
    follow,
  }) => {
    const after = await headOf(server);
    await publishAll(server, ['first', 'second']);
    const feed = follow({ transport, after });
    expect(told(await next(feed))).toBe('first');
    const lives = () => feed.statuses.filter(({ state }) => state === 'live').length;
    await vi.waitUntil(() => lives() === 1, 30_000);
    proxy.cut(); // The caller has the first; the second is buffered.
    await vi.waitUntil(() => lives() === 2, 30_000);
    expect(told(await next(feed))).toBe('second');
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    await publishStatement(server, 'third');
    expect(told(await next(feed))).toBe('third');
  });

  test(`over ${transport}, abandons a silent connection`, async ({ server, proxy, follow }) => {
    const feed = follow({ transport, silenceTimeout: 1_000, connectTimeout: 1_000 });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    proxy.swallows = true;
    const waiting = () => feed.statuses.filter(({ state }) => state === 'waiting').length;
    await vi.waitUntil(() => waiting() >= 2, 30_000); // One for the connection and one for the retry.
    await publishStatement(server, 'in the silence');
    proxy.swallows = false;
    expect(told(await next(feed))).toBe('in the silence');
  });

  test(`over ${transport}, buffers at most maxBuffered items for a slow consumer`, async ({
    server,
    proxy,
    follow,
  }) => {
    const wanted = names(60, `slow ${transport}`);
    const after = await headOf(server);
    await publishAll(server, wanted);
    const feed = follow({ transport, after, maxBuffered: 10 });
    const seen = [told(await next(feed))];
    const isHolding = () => /paused|live/.test(feed.statuses.at(-1)?.state ?? '');
    await vi.waitUntil(isHolding, 30_000);
    await vi.waitUntil(() => proxy.ended >= 1, 30_000);
    while (seen.length < wanted.length) {
      await vi.waitUntil(isHolding, 30_000);
      seen.push(told(await next(feed)));
    }
    expect(seen).toEqual(wanted);
    const held = feed.statuses.flatMap((status) => (status.state === 'paused' ? [status.buffered] : []));
    expect(held.length).toBeGreaterThan(5);
    expect(Math.max(...held)).toBe(10);
  });
}

test('over websocket, keeps a quiet connection alive with pongs', async ({ follow, proxy }) => {
  // Long, because pongs are read late in a process that is busy.
  const feed = follow({ transport: 'websocket', silenceTimeout: 3_000 });
  await next(feed);
  const before = proxy.bytes;
  // A pong has 17 bytes and comes every second, so this takes more than three.
  await vi.waitUntil(() => proxy.bytes > before + 80, 30_000);
  expect(feed.statuses.map(({ state }) => state)).not.toContain('waiting');
});

test('over sse, keeps a quiet connection alive with comments', async ({ follow }) => {
  let comments = 0;
  const sendComment = (stream: ReadableStreamDefaultController) => {
    stream.enqueue(new TextEncoder().encode(':\n\n'));
    comments += 1;
  };
  let beat: NodeJS.Timeout | undefined;
  // Simulates a server with a shorter keep-alive interval than ours.
  const body = new ReadableStream({
    start: (stream) => {
      beat = setInterval(sendComment, 200, stream);
    },
    cancel: () => clearInterval(beat),
  });
  const fetch = async () => new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  const feed = follow({ transport: 'sse', silenceTimeout: 1_000, fetch });
  const waiting = feed.next();
  await vi.waitUntil(() => comments === 15, 30_000);
  expect(feed.statuses.at(-1)).toEqual({ state: 'replaying', transport: 'sse' });
  clearInterval(beat);
  feed.close();
  expect(await waiting).toEqual({ done: true, value: undefined });
});

test('finishes an item when the next one is requested', async ({ server, follow }) => {
  const after = await headOf(server);
  await publishAll(server, ['finished', 'in hand', 'to come']);
  const store = createStore();
  const feed = follow({ transport: 'websocket', after, store });
  const first = await next(feed);
  expect(store.saved).toEqual([]);
  expect(feed.cursor).toBe(after);
  const second = await next(feed);
  expect(store.saved).toEqual([first.cursor]);
  expect(feed.cursor).toBe(first.cursor);
  expect(told(second)).toBe('in hand');
  feed.close();
  expect(await feed.next()).toEqual({ done: true, value: undefined });
  expect(store.saved).toEqual([first.cursor]);

  const successor = follow({ transport: 'sse', after, store });
  expect(await headlines(successor, 2)).toEqual(['in hand', 'to come']);
});

test('leaves the last item unfinished when a for-await loop exits early', async ({ server, follow }) => {
  const after = await headOf(server);
  await publishAll(server, ['left', 'behind']);
  const store = createStore();
  for await (const _ of follow({ transport: 'sse', after, store })) break;
  expect(store.saved).toEqual([]);
  expect(await headlines(follow({ transport: 'sse', after, store }), 2)).toEqual(['left', 'behind']);
});

test('finishes an item in run() when its callback resolves', async ({ server, follow }) => {
  const after = await headOf(server);
  await publishAll(server, ['good', 'bad', 'good again']);
  const store = createStore();
  const seen: string[] = [];
  const failing = follow({
    transport: 'websocket',
    after,
    store,
    onChange: async (item) => {
      const headline = 'development' in item ? item.development.headline : '';
      if (headline === 'bad') throw new Error('No room');
      seen.push(headline);
    },
  });
  await expect(failing.run()).rejects.toThrow('No room');
  expect(seen).toEqual(['good']);
  expect(store.saved).toHaveLength(1);

  const mended = follow({
    transport: 'websocket',
    after,
    store,
    onChange: (item) => 'development' in item && seen.push(item.development.headline),
    onCaughtUp: () => mended.close(),
  });
  await mended.run();
  expect(seen).toEqual(['good', 'bad', 'good again']);
  expect(store.saved).toHaveLength(3);
});

test('ends the feed with FeedStoreError when the store throws', async ({ server, follow }) => {
  const after = await headOf(server);
  await publishAll(server, ['unsaved', 'never given']);
  const store = {
    load: () => undefined,
    save: async () => {
      throw new Error('The disk is full.');
    },
  };
  const feed = follow({ transport: 'sse', after, store });
  expect(told(await next(feed))).toBe('unsaved');
  await expect(feed.next()).rejects.toMatchObject({ name: 'FeedStoreError', code: 'STORE_FAILED' });
  expect(await feed.next()).toEqual({ done: true, value: undefined });
  expect(feed.cursor).toBe(after);
});

test("resets a cursor of another epoch and continues after the reset's cursor", async ({
  server,
  proxy,
  follow,
}) => {
  const strange = encodeCursor({
    epoch: '00000000-0000-7000-8000-000000000000',
    position: 1n,
    hash: '0123456789abcdef',
  });
  const onReset = vi.fn();
  const feed = follow({ transport: 'websocket', after: strange, onReset });
  const reset = await next(feed);
  expect(reset).toMatchObject({ __typename: 'FeedReset', cause: 'OTHER_EPOCH' });
  expect(onReset).toHaveBeenCalledWith(reset);
  expect(feed.cursor).toBe(strange);
  expect(told(await next(feed))).toBe('FeedCaughtUp');
  expect(feed.cursor).toBe(reset.cursor);
  proxy.cut();
  await publishStatement(server, 'after the reset');
  expect(told(await next(feed))).toBe('after the reset');
  expect(onReset).toHaveBeenCalledTimes(1);
});
