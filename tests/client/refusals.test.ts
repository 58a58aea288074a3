import { expect, onTestFinished, vi } from 'vitest';
import {
  FeedError,
  FeedOptionsError,
  type FollowOptions,
  followFeed,
} from '../../packages/client/src/index.js';
import { ADMIN_TOKEN } from '../support/server.js';
import { next, TRANSPORTS, test, told } from './fixtures.js';

for (const transport of TRANSPORTS) {
  test(`over ${transport}, ends the feed for an invalid token`, async ({ follow, proxy }) => {
    const feed = follow({ transport, token: 'no-such-token' });
    const error = await feed.next().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(FeedError);
    expect(error).toMatchObject({ name: 'FeedUnauthorizedError', code: 'UNAUTHORIZED' });
    expect(feed.statuses.at(-1)).toEqual({ state: 'closed', error });
    expect(await feed.next()).toEqual({ done: true, value: undefined });
    expect(proxy.made).toBe(1);
  });

  test(`over ${transport}, calls the token function before each connection`, async ({ follow, proxy }) => {
    const token = vi.fn(async () => ADMIN_TOKEN);
    const feed = follow({ transport, token });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    expect(token).toHaveBeenCalledTimes(1);
    proxy.cut();
    void feed.next();
    await vi.waitUntil(() => feed.statuses.filter(({ state }) => state === 'live').length === 2, 30_000);
    expect(token).toHaveBeenCalledTimes(2);
  });

  for (const [what, options, message, serverCode] of [
    ['selection', { selection: 'slug noSuchField' }, /noSuchField/, undefined],
    ['selection that does not parse', { selection: 'slug {' }, /Syntax Error/, undefined],
    ['filter', { filter: { country: 7 } as never }, /filter/, undefined],
    ['cursor', { after: 'nonsense' }, /Expected a feed cursor/, 'BAD_USER_INPUT'],
  ] as const) {
    test(`over ${transport}, ends the feed with the server's message for an invalid ${what}`, async ({
      follow,
      proxy,
    }) => {
      const feed = follow({ transport, ...options });
      await expect(feed.next()).rejects.toMatchObject({
        name: 'FeedRefusedError',
        code: 'REFUSED',
        message: expect.stringMatching(message),
        ...(serverCode && { serverCode }),
      });
      expect(proxy.made).toBe(1);
    });
  }

  test(`over ${transport}, ends the feed for an item without a cursor`, async ({ follow }) => {
    // Selected on one member only, which the check of the text cannot detect.
    const document = `subscription ($after: Cursor) {
      feed(after: $after) { __typename ... on FeedReset { cursor } }
    }`;
    await expect(follow({ transport, document }).next()).rejects.toMatchObject({ code: 'BAD_ITEM' });
  });

  test(`over ${transport}, retries a token function that throws`, async ({ follow }) => {
    const token = vi.fn(async () => ADMIN_TOKEN).mockRejectedValueOnce(new Error('No token yet'));
    const feed = follow({ transport, token });
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    expect(feed.statuses).toContainEqual(
      expect.objectContaining({ state: 'waiting', reason: new Error('No token yet') }),
    );
  });

  test(`over ${transport}, ends the feed of an unreachable server after maxAttempts`, async ({
    follow,
    proxy,
  }) => {
    proxy.refuses = true;
    const feed = follow({ transport, maxAttempts: 3 });
    await expect(feed.next()).rejects.toMatchObject({ code: 'UNREACHABLE', attempts: 3 });
    expect(proxy.made).toBe(3);
  });
}

test('ends the feed for a path without GraphQL', async ({ follow, server }) => {
  const url = server.url.replace('/graphql', '/no-such-path');
  await expect(follow({ transport: 'sse', url }).next()).rejects.toMatchObject({
    code: 'REFUSED',
    message: expect.stringContaining('GraphQL is at /graphql'),
  });
});

const FEED =
  'subscription ($after: Cursor) { feed(after: $after) { __typename ... on FeedReset { cursor } } }';

for (const [what, options, message] of [
  ['both selection and document', { selection: 'slug', document: FEED }, /exclude each other/],
  ['an empty selection', { selection: ' ' }, /selection is empty/],
  ['a document without $after', { document: FEED.replace('($after: Cursor)', '') }, /\$after: Cursor/],
  ['a document without a cursor', { document: FEED.replace('{ cursor }', '{ cause }') }, /cursor on every/],
  ['a document without __typename', { document: FEED.replace('__typename', '') }, /__typename on every/],
  [
    'a filter for a document without a filter variable',
    { document: FEED, filter: {} },
    /\$filter: DevelopmentFilter/,
  ],
  ['no WebSocket', { transport: 'websocket', webSocketImpl: undefined }, /Pass webSocketImpl/],
  ['a relative URL without a page', { url: '/graphql' }, /got "\/graphql"/],
  ['a URL with another scheme', { url: 'ftp://example.org/graphql' }, /got "ftp:/],
  ['an empty buffer', { maxBuffered: 0 }, /maxBuffered to be 1 or more; got 0/],
] satisfies [string, Partial<FollowOptions>, RegExp][]) {
  test(`rejects ${what} at once`, () => {
    vi.stubGlobal('WebSocket', undefined); // Node 22 and newer have one.
    onTestFinished(() => void vi.unstubAllGlobals());
    const follow = () => followFeed({ url: 'http://127.0.0.1:1/graphql', ...options });
    expect(follow).toThrow(FeedOptionsError);
    expect(follow).toThrow(message);
  });
}
