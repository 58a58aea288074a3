import { ApolloClient, gql, InMemoryCache } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { subscriptionExchange, Client as UrqlClient } from '@urql/core';
import { type Client, createClient } from 'graphql-ws';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import WebSocket from 'ws';
import { createToken } from '../../../src/domain/token.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

const LIVE = 'subscription Live { developmentPublished { headline } }';

interface Live {
  readonly headlines: string[];
  readonly errors: unknown[];
}

interface Data {
  readonly developmentPublished: { readonly headline: string };
}

/** Subscribes with each client as its own documentation sets it up. */
const CLIENTS: Record<string, (socket: Client, live: Live) => void> = {
  'Apollo Client': (socket, { headlines, errors }) => {
    const client = new ApolloClient({ link: new GraphQLWsLink(socket), cache: new InMemoryCache() });
    client.subscribe<Data>({ query: gql(LIVE) }).subscribe({
      next: ({ data, error }) => {
        if (data) headlines.push(data.developmentPublished.headline);
        if (error) errors.push(error);
      },
      error: (error: unknown) => errors.push(error),
    });
  },
  urql: (socket, { headlines, errors }) => {
    const client = new UrqlClient({
      url: 'http://127.0.0.1/unused',
      preferGetMethod: false,
      exchanges: [
        subscriptionExchange({
          forwardSubscription: ({ query = '', variables }) => ({
            subscribe: (sink) => ({
              unsubscribe: socket.subscribe(
                { query, variables: variables ?? {} },
                sink as Parameters<typeof socket.subscribe>[1],
              ),
            }),
          }),
        }),
      ],
    });
    client.subscription<Data>(LIVE, {}).subscribe(({ data, error }) => {
      if (data) headlines.push(data.developmentPublished.headline);
      if (error) errors.push(error);
    });
  },
};

/** For how long the first token is valid, in seconds: enough to subscribe with it on a busy machine. */
const FIRST = 10;
const CLIENT_COUNT = Object.keys(CLIENTS).length;

const followedBy = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, 30_000);

/** Creates a token that is valid for some seconds. */
const tokenFor = ({ db }: TestServer, name: string, seconds: number) =>
  createToken(db, { name, role: 'READER', expiresAt: new Date(Date.now() + seconds * 1_000) });

describeWithDatabase('a stock client', () => {
  // Apollo's link compares with the global one, which Node 20 lacks.
  beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
  afterAll(() => void vi.unstubAllGlobals());

  test('stays subscribed with connectionParams as a function when its token expires', async ({ server }) => {
    const all = Object.entries(CLIENTS).map(([name, follow]) => {
      const live: Live = { headlines: [], errors: [] };
      const closed: number[] = [];
      let tokens = 0;
      const socket = createClient({
        url: server.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: async () => {
          tokens += 1;
          const token = await tokenFor(server, `${name} ${tokens}`, tokens === 1 ? FIRST : 60);
          return { authorization: `Bearer ${token}` };
        },
        on: { closed: (event) => void closed.push((event as { code: number }).code) },
      });
      follow(socket, live);
      return { live, closed, socket };
    });
    try {
      await followedBy(server, CLIENT_COUNT);
      await publishStatement(server, 'With the first token');
      await vi.waitUntil(() => all.every(({ live }) => live.headlines.length === 1), 30_000);
      await vi.waitUntil(() => all.every(({ closed }) => closed.length === 1), 30_000);
      await followedBy(server, CLIENT_COUNT);
      await publishStatement(server, 'With the second token');
      await vi.waitUntil(() => all.every(({ live }) => live.headlines.length === 2), 30_000);
      for (const { live, closed } of all) {
        expect(live).toEqual({ headlines: ['With the first token', 'With the second token'], errors: [] });
        expect(closed).toEqual([4403]);
      }
    } finally {
      for (const { socket } of all) await socket.dispose();
    }
  });

  test('learns at once of a token that has expired before it connects', async ({ server }) => {
    const token = await tokenFor(server, 'late', -1);
    for (const follow of Object.values(CLIENTS)) {
      const live: Live = { headlines: [], errors: [] };
      const closed: number[] = [];
      const socket = createClient({
        url: server.url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: () => ({ authorization: `Bearer ${token}` }),
        on: { closed: (event) => void closed.push((event as { code: number }).code) },
      });
      follow(socket, live);
      await vi.waitUntil(() => live.errors.length > 0, 30_000);
      expect(closed).toEqual([4401]);
      await socket.dispose();
    }
  });
});
