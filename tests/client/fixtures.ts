import WebSocket from 'ws';
import {
  type Feed,
  type FeedItem,
  type FeedStatus,
  type FollowOptions,
  followFeed,
} from '../../packages/client/src/index.js';
import type { TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';
import { startProxy, type TestProxy } from './proxy.js';

type Options = Partial<FollowOptions> & { transport: 'auto' | 'websocket' | 'sse' };

interface ClientFixtures {
  /** A proxy in front of the server. */
  proxy: TestProxy;
  /** Follows the feed through the proxy with short waits; closed after the test. */
  follow: (options: Options) => Feed & { statuses: FeedStatus[] };
}

export const test = base.extend<ClientFixtures>({
  proxy: async ({ server }, use) => {
    await using proxy = await startProxy(server.url);
    await use(proxy);
  },
  follow: async ({ proxy }, use) => {
    const feeds: Feed[] = [];
    await use((options) => {
      const statuses: FeedStatus[] = [];
      const feed = followFeed({
        url: proxy.url,
        webSocketImpl: WebSocket,
        backOff: { min: 1, max: 20 },
        onStatus: (status) => statuses.push(status),
        ...options,
      });
      feeds.push(feed);
      return Object.assign(feed, { statuses });
    });
    for (const feed of feeds) feed.close();
  },
});

export const TRANSPORTS = ['websocket', 'sse'] as const;

export async function headOf(server: TestServer): Promise<string> {
  return (await server.data<{ feedHead: string }>('{ feedHead }')).feedHead;
}

/** Returns the next item, which must exist. */
export async function next(feed: Feed): Promise<FeedItem> {
  const { value } = await feed.next();
  if (!value) throw new Error('The feed has ended.');
  return value;
}

/** Returns a change's headline, or the item's type name. */
export const told = (item: FeedItem): string =>
  'development' in item ? item.development.headline : item.__typename;

/** Returns the headlines of the next changes. */
export async function headlines(feed: Feed, count: number): Promise<string[]> {
  const seen: string[] = [];
  while (seen.length < count) {
    const item = await next(feed);
    if ('development' in item) seen.push(item.development.headline);
  }
  return seen;
}
