import { once } from 'node:events';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { figure } from '../support/figures.js';
import { startNeighbourhood } from '../support/neighbour.js';

test('a client that connects and answers no pings is cut off in the documented time', {
  timeout: 300_000,
}, async () => {
  await using neighbourhood = await startNeighbourhood('embedded', { FEED_PATIENCE: '1' });
  const url = neighbourhood.server.url.replace('http', 'ws');
  const mute = new WebSocket(url, GRAPHQL_TRANSPORT_WS_PROTOCOL, { autoPong: false });
  let pings = 0;
  mute.on('ping', () => {
    pings += 1;
  });
  await once(mute, 'open');
  mute.send('{"type":"connection_init"}');
  await once(mute, 'close');
  expect(pings).toBeLessThanOrEqual(3); // One every 12 s: FEED_PATIENCE + 36 s at most.
  expect(await figure(neighbourhood.server, 'websockets_cut_total{reason="mute"}')).toBe(1);
  const lines = () => neighbourhood.server.stdout.split('\n').filter((line) => line.includes('was cut off'));
  await vi.waitUntil(() => lines().length > 0, 30_000); // The output of another process arrives later than its answer.
  expect(lines()).toHaveLength(1);
});
