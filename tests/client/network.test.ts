import { expect, onTestFinished, vi } from 'vitest';
import type { FeedStatus } from '../../packages/client/src/index.js';
import { next, TRANSPORTS, test, told } from './fixtures.js';

/** Node has no such events: this puts a page's in their place. */
function simulatePage() {
  const page = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: 'hidden' });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('document', document);
  onTestFinished(() => void vi.unstubAllGlobals());
  return {
    say: (type: 'online' | 'offline') => page.dispatchEvent(new Event(type)),
    show: () => {
      document.visibilityState = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
}

const NEVER = 3_600_000;
const isWaiting = ({ state }: FeedStatus) => state === 'waiting';

for (const transport of TRANSPORTS) {
  test(`over ${transport}, reports a lost network at once and returns with it`, async ({ follow, proxy }) => {
    const page = simulatePage();
    const feed = follow({ transport, backOff: { min: NEVER, max: NEVER } });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    proxy.refuses = true;
    page.say('offline');
    await vi.waitUntil(() => feed.statuses.some(isWaiting), 30_000);
    expect(feed.statuses.find(isWaiting)).toMatchObject({
      reason: { message: 'The device went offline.' },
    });
    proxy.refuses = false;
    page.say('online');
    const opened = () => feed.statuses.filter(({ state }) => state === 'replaying').length;
    await vi.waitUntil(() => opened() === 2, 30_000);
  });

  test(`over ${transport}, starts an attempt again that hangs when the network returns`, async ({
    follow,
    proxy,
  }) => {
    const page = simulatePage();
    proxy.swallows = true;
    const feed = follow({ transport, connectTimeout: NEVER, backOff: { min: NEVER, max: NEVER } });
    const first = next(feed);
    await vi.waitUntil(() => proxy.made >= 1, 30_000);
    proxy.swallows = false;
    page.say('online');
    expect(told(await first)).toBe('FeedCaughtUp');
  });
}

test('retries at once when the page becomes visible', async ({ follow, proxy }) => {
  const page = simulatePage();
  proxy.refuses = true;
  const feed = follow({ transport: 'websocket', backOff: { min: NEVER, max: NEVER } });
  const first = next(feed);
  await vi.waitUntil(() => feed.statuses.some(isWaiting), 30_000);
  proxy.refuses = false;
  page.show();
  expect(told(await first)).toBe('FeedCaughtUp');
});

test('over sse, probes the server while the stream is silent', async ({ follow }) => {
  let probes = 0;
  const silent = new ReadableStream();
  const send = async (_url: unknown, init?: RequestInit) => {
    if (init?.method === 'HEAD') probes += 1;
    return new Response(init?.method === 'HEAD' ? null : silent, {
      headers: { 'content-type': 'text/event-stream' },
    });
  };
  const feed = follow({ transport: 'sse', silenceTimeout: 300, fetch: send as typeof fetch });
  const first = feed.next();
  await vi.waitUntil(() => probes >= 8, 30_000);
  expect(feed.statuses.map(({ state }) => state)).toEqual(['connecting', 'replaying']);
  feed.close();
  expect(await first).toEqual({ done: true, value: undefined });
});
