import { once } from 'node:events';
import { connect } from 'node:net';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { fetchExchange, Client as UrqlClient } from '@urql/core';
import { expect, vi } from 'vitest';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';

const LIVE = 'subscription Live { developmentPublished { headline } }';

interface Data {
  readonly developmentPublished: { readonly headline: string };
}

describeWithDatabase('over HTTP', () => {
  test("Apollo's HttpLink is told at once that it needs a WebSocket or event streams", async ({ server }) => {
    const client = new ApolloClient({
      link: new HttpLink({ uri: server.url }),
      cache: new InMemoryCache(),
    });
    const failed = new Promise<unknown>((resolve) => {
      client.subscribe({ query: gql(LIVE) }).subscribe({
        next: ({ error }) => error && resolve(error),
        error: resolve,
      });
    });
    const error = (await failed) as { statusCode?: number; bodyText?: string; message: string };
    expect(`${error.message} ${error.bodyText}`).toMatch(/WebSocket .* or Server-Sent Events/);
    expect(server.fanOut.figures.subscribers).toBe(0);
    client.stop();
  });

  test("urql's fetchExchange reads subscriptions as an event stream", async ({ server }) => {
    const client = new UrqlClient({
      url: server.url,
      exchanges: [fetchExchange],
      fetchSubscriptions: true,
      preferGetMethod: false,
    });
    const headlines: string[] = [];
    const { unsubscribe } = client.subscription<Data>(LIVE, {}).subscribe(({ data }) => {
      if (data) headlines.push(data.developmentPublished.headline);
    });
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, 30_000);
    await publishStatement(server, 'To urql');
    await vi.waitUntil(() => headlines.length > 0, 30_000);
    expect(headlines).toEqual(['To urql']);
    unsubscribe();
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 0, 30_000);
  });

  test.for([
    ['a syntax error', '{'],
    ['an unknown field', 'subscription { nope }'],
    ['a bad cursor', 'subscription { feed(after: "nope") { __typename } }'],
    ['a field above the limits', `subscription { feed { ${'a:__typename '.repeat(200)} } }`],
  ])('an event stream for %s has a status that stops an EventSource', async ([, query = ''], { server }) => {
    const url = `${server.url}?${new URLSearchParams({ query })}`;
    const response = await fetch(url, { headers: { accept: 'text/event-stream' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'text/event-stream']);
    expect(await response.text()).toMatch(/^:\n\nevent: next\ndata: \{"errors":/);
  });
});

/** Sends two requests over one connection and returns the number of answers, when the server has closed it. */
async function twoRequests(server: TestServer) {
  const { host, hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  const get = `GET /health/live HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  let text = '';
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString();
    if (text.split('HTTP/1.1 200').length === 2) socket.write(get);
  });
  socket.write(get);
  await once(socket, 'close');
  return text.split('HTTP/1.1 200').length - 1;
}

describeWithDatabase('an idle connection', () => {
  test('is kept for longer than the 60 s of load balancers by default', async ({ server }) => {
    const { headers } = await fetch(new URL('/health/live', server.url));
    const [, seconds] = /timeout=(\d+)/.exec(headers.get('keep-alive') ?? '') ?? [];
    expect(Number(seconds)).toBeGreaterThan(60);
  });

  test('is closed after KEEP_ALIVE_TIMEOUT', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { KEEP_ALIVE_TIMEOUT: '3' });
    expect(await twoRequests(server)).toBe(2);
  });
});
