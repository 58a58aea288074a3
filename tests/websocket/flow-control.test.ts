import { once } from 'node:events';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { expect, vi } from 'vitest';
import WebSocket from 'ws';
import { createDatabase } from '../support/database.js';
import { figure } from '../support/figures.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';

const PATIENCE = { timeout: 30_000 };

async function connect(server: TestServer) {
  const socket = new WebSocket(server.url.replace('http', 'ws'), GRAPHQL_TRANSPORT_WS_PROTOCOL);
  const messages: any[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await vi.waitUntil(() => messages.length === 1, PATIENCE);
  return { socket, messages };
}

describeWithDatabase('a WebSocket', () => {
  test('answers a ping without the payload', async ({ server }) => {
    const { socket, messages } = await connect(server);
    socket.send(JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(100_000) } }));
    await vi.waitUntil(() => messages.length === 2, PATIENCE);
    expect(messages[1]).toEqual({ type: 'pong' });
    socket.ping('frame');
    const [payload] = await once(socket, 'pong');
    expect(String(payload)).toBe('frame');
    socket.terminate();
  });

  test('closes with 4400 for an operation id that is too long', async ({ server }) => {
    const { socket, messages } = await connect(server);
    const subscribe = (id: string) =>
      socket.send(JSON.stringify({ id, type: 'subscribe', payload: { query: '{ feedHead }' } }));
    subscribe('i'.repeat(128));
    await vi.waitUntil(() => messages.length === 3, PATIENCE);
    expect(messages.map(({ type }) => type)).toEqual(['connection_ack', 'next', 'complete']);
    subscribe('i'.repeat(129));
    const [code, reason] = await once(socket, 'close');
    expect(code).toBe(4400);
    expect(String(reason)).toBe('Expected an operation id of at most 128 characters; got 129.');
    expect(messages).toHaveLength(3);
  });

  test('of a client that does not read is not read from, then cut off, with one log line', async () => {
    await using database = await createDatabase();
    const env = { FEED_BUFFER: '200000', FEED_PATIENCE: '1', LOG_LEVEL: 'info' };
    await using server = await startTestServer(database.location, env);
    const slug = await publishStatement(server, 'Long', { quotation: 'x'.repeat(100_000) });
    const fields = Array.from({ length: 19 }, (_, n) => `a${n}: development(slug: "${slug}") { ...Long }`);
    const query = `{ ${fields.join(' ')} } fragment Long on Development { ... on Statement { quotation } }`;
    const neighbour = await connect(server);
    const { socket } = await connect(server);
    socket.pause();
    for (let id = 0; id < 10; id += 1)
      socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: { query } })); // Each answer has 2 MB.
    const answered = 'requests_total{operation="query",transport="websocket",outcome="ok"}';
    // How many more are executed before the server stops reading depends on the order of turns.
    await vi.waitUntil(async () => ((await figure(server, answered)) ?? 0) >= 1, PATIENCE);
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(100_000) } });
    let written = 0;
    for (let sent = 0; sent < 200; sent += 1)
      socket.send(ping, (error) => {
        if (!error) written += 1;
      });
    neighbour.socket.send(JSON.stringify({ id: 'a', type: 'subscribe', payload: { query: '{ feedHead }' } }));
    await vi.waitUntil(() => neighbour.messages.at(-1)?.type === 'complete', PATIENCE);
    const cut = 'websockets_cut_total{reason="unread"}';
    await vi.waitUntil(async () => (await figure(server, cut)) === 1, PATIENCE);
    expect(written).toBeLessThan(100); // These are in the system's buffers. The others were never taken.
    await vi.waitUntil(async () => (await figure(server, 'websockets_open')) === 1, PATIENCE);
    const others = server.logged.filter(({ msg }) => msg !== 'request');
    expect(others).toMatchObject([{ msg: 'a WebSocket was cut off', reason: 'unread' }]);
    expect(neighbour.socket.readyState).toBe(WebSocket.OPEN);
    neighbour.socket.terminate();
    socket.terminate();
  });
});
