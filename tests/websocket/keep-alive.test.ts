import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import WebSocket, { WebSocketServer } from 'ws';
import { Connection } from '../../src/websocket/connection.js';
import { keepAlive } from '../../src/websocket/keep-alive.js';

test('a client that answers no pings is disconnected, and one that does is not', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', WebSocket: Connection });
  await once(server, 'listening');
  let cut = 0;
  const stop = keepAlive(server, {
    interval: 60,
    patience: 4_000,
    onMute: () => {
      cut += 1;
    },
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answering = new WebSocket(url);
  const mute = new WebSocket(url, { autoPong: false });
  const pings = { answering: 0, mute: 0 };
  answering.on('ping', () => {
    pings.answering += 1;
  });
  mute.on('ping', () => {
    pings.mute += 1;
  });
  const [code] = await once(mute, 'close');
  expect(code).toBe(1006);
  expect(cut).toBe(1);
  expect(pings.mute).toBeGreaterThan(1);
  const seen = pings.answering;
  while (pings.answering < seen + 10) await once(answering, 'ping');
  expect(answering.readyState).toBe(WebSocket.OPEN);
  stop();
  answering.close();
  await once(answering, 'close');
  server.close();
});
