import type { WebSocket } from 'ws';
import type { Connection } from './connection.js';
import type { Sockets } from './connections.js';

/** Sockets are pinged in turns, because pinging all at once would block the event loop. */
const TURNS = 12;

export interface KeepAliveOptions {
  /** How often each socket is pinged, in milliseconds. Must be shorter than the idle timeout of proxies. */
  readonly interval: number;
  /**
   * How long an answer may take, in milliseconds. Must be long enough for a slow client to read the bytes before the
   * ping, so that the slow-subscriber policy acts first.
   */
  readonly patience: number;
  /** Called with each socket that is terminated. */
  onMute(connection: Connection): void;
}

/**
 * Pings all sockets and terminates those whose client does not answer: at most `patience` and three intervals after its
 * last answer.
 *
 * @returns A function that stops the pings.
 */
export function keepAlive(
  sockets: Pick<Sockets, 'on' | 'clients'>,
  { interval, patience, onMute }: KeepAliveOptions,
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
      if (performance.now() - connection.answeredAt > patience + 2 * interval) {
        onMute(connection);
        connection.terminate();
      } else if (connection.readyState === connection.OPEN) connection.ping();
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
