import { connect } from 'node:net';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { createDatabase } from '../../support/database.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import { startTestServer, type TestServer } from '../../support/server.js';

const FEED = `subscription ($after: Cursor) {
  feed(after: $after) { __typename ... on DevelopmentPublished { cursor development { ... on Statement { quotation } } } ... on FeedCaughtUp { cursor } }
}`;
const PATIENCE = { timeout: 30_000 };

/** Publishes a statement so long that a few fill the socket buffers of the kernel. */
const publishLong = (server: TestServer) =>
  publishStatement(server, 'Long', { quotation: 'x'.repeat(100_000) });

const figure = async (server: TestServer, name: string): Promise<number> => {
  const text = await (await fetch(new URL('/metrics', server.url))).text();
  return Number(new RegExp(`^doctrine_wire_${name} (\\d+)$`, 'm').exec(text)?.[1]);
};

describeWithDatabase('a client that stops reading', () => {
  const env = { FEED_BUFFER: '200000', FEED_PATIENCE: '1' };

  test('is closed with 4413 and its last cursor, from which it can resume', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, env);
    const socket = new WebSocket(server.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
    const messages: { type: string; payload?: { data: { feed: { cursor: string } } } }[] = [];
    socket.on('message', (data) => messages.push(JSON.parse(String(data))));
    const closed = new Promise<{ code: number; reason: string }>((resolve) =>
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send('{"type":"connection_init"}');
    await vi.waitUntil(() => messages.length === 1, PATIENCE);
    socket.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query: FEED } }));
    await vi.waitUntil(() => messages.length === 2, PATIENCE);

    socket.pause();
    const cutOff = () => figure(server, 'feed_cut_off_total');
    let published = 0;
    while (server.fanOut.figures.fellBehind === 0) {
      await publishLong(server);
      published += 1;
    }
    // It reads again after the cut-off: first the data in the kernel buffers arrives, then the close.
    // Soon, because the server waits for two seconds only.
    await vi.waitUntil(() => server.fanOut.figures.cutOff === 1, { ...PATIENCE, interval: 5 });
    socket.resume();
    const { code, reason } = await closed;
    expect(code).toBe(4413);
    expect(await cutOff()).toBe(1);
    expect(await figure(server, 'feed_subscribers')).toBe(0);
    const cursors = messages.flatMap(({ payload }) => payload?.data.feed.cursor ?? []);
    expect(cursors.at(-1)).toBe(reason);

    const seen = cursors.length - 1;
    const rest = server.client().iterate({ query: FEED, variables: { after: reason } });
    for (let left = published - seen; left > 0; left -= 1) {
      expect((await rest.next()).value.data.feed.__typename).toBe('DevelopmentPublished');
    }
    expect((await rest.next()).value.data.feed.__typename).toBe('FeedCaughtUp');
  });

  test('over server-sent events is disconnected', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, env);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => {}); // A connection that is cut may be reset.
    const body = JSON.stringify({ query: FEED });
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: ${hostname}\r\nAccept: text/event-stream\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await vi.waitUntil(() => server.fanOut.figures.subscribers === 1, PATIENCE);
    while (server.fanOut.figures.fellBehind === 0) await publishLong(server);
    await vi.waitUntil(() => server.fanOut.figures.cutOff === 1, PATIENCE);
    socket.resume();
    await ended;
    expect(server.fanOut.figures.subscribers).toBe(0);
  });
});
