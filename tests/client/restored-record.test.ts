import { Client, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { createExchange, keys, possibleTypes, updates } from '../../packages/client/src/urql.js';
import { createDatabase } from '../support/database.js';
import { freePort } from '../support/processes/free-port.js';
import { startTestServer } from '../support/server.js';
import { mutate } from '../support/writes.js';
import { startProxy } from './proxy.js';

const SLUG = 'putin-federal-assembly-address-2019';
const DETAIL = gql`query ($slug: String!) { development(slug: $slug) { id revision headline } }`;
const FEED = gql`
  subscription ($after: Cursor) {
    feed(after: $after, replay: LATEST) {
      __typename
      ... on DevelopmentRevised { cursor development { id revision headline } }
      ... on FeedCaughtUp { cursor }
      ... on FeedReset { cursor }
    }
  }
`;

test('an adapter shows the older revisions of a restored record after FeedReset', async () => {
  await using grown = await createDatabase('dossier');
  await using backup = await createDatabase('dossier');
  const PORT = String(await freePort());
  const start = (database: typeof grown) => startTestServer(database.location, { SEED: 'dossier', PORT });
  let server = await start(grown);
  await using proxy = await startProxy(server.url);
  const client = new Client({
    url: proxy.url,
    preferGetMethod: false,
    exchanges: [
      cacheExchange({ keys, possibleTypes, updates }),
      createExchange({ url: proxy.url, webSocketImpl: WebSocket, backOff: { min: 1, max: 20 } }),
    ],
  });
  let headline: string | undefined;
  const shown = client.query(DETAIL, { slug: SLUG }).subscribe(({ data, error }) => {
    headline = data?.development.headline ?? error?.message;
  });
  const items: string[] = [];
  const followed = client
    .subscription(FEED, {})
    .subscribe(({ data }) => items.push(data?.feed.__typename ?? 'nothing'));
  try {
    await vi.waitUntil(() => items.includes('FeedCaughtUp') && headline, 30_000);
    const before = headline;
    await mutate(server, 'reviseStatement', { slug: SLUG, headline: 'After the backup' });
    await vi.waitUntil(() => headline === 'After the backup', 30_000);

    await server[Symbol.asyncDispose]();
    server = await start(backup);
    await vi.waitUntil(() => items.includes('FeedReset'), 30_000);
    await vi.waitFor(() => expect(headline).toBe(before), 30_000);
  } finally {
    shown.unsubscribe();
    followed.unsubscribe();
    await server[Symbol.asyncDispose]();
  }
});
