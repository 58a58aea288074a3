import type { WebSocket } from 'ws';
import type { Connection } from './connection.js';
import type { Sockets } from './connections.js';

/** Sockets are pinged in turns, because pinging all at once would block the event loop. */
const TURNS = 12;

/**
 * Pings all sockets and terminates those whose client does not answer.
 *
 * @param interval How often each socket is pinged, in milliseconds. Must be shorter than the idle timeout of proxies.
 * @param patience How long an answer may take, in milliseconds. Must be long enough for a slow client to read the bytes
 *   before the ping, so that the slow-subscriber policy acts first.
 * @returns A function that stops the pings.
 */
export function keepAlive(
  sockets: Pick<Sockets, 'on' | 'clients'>,
  { interval, patience }: { interval: number; patience: number },
): () => void {
  let opened = 0;
  sockets.on('connection', (connection) => {
    connection.pingTurn = opened % TURNS;
    opened += 1;
    connection.answeredAt = performance.now();
    connection.on('pong', onPong);
  });
  let turn = 0;
  const timer = setInterval(() => {
    for (const connection of sockets.clients) {
      if (connection.pingTurn !== turn) continue;
      if (performance.now() - connection.answeredAt > patience + 2 * interval) connection.terminate();
      else if (connection.readyState === connection.OPEN) connection.ping();
    }
    turn = (turn + 1) % TURNS;
  }, interval / TURNS);
  timer.unref();
  return () => clearInterval(timer);
}

/** The listener of all sockets. */
function onPong(this: WebSocket): void {
  (this as Connection).answeredAt = performance.now();
}
