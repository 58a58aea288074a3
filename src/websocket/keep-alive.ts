import type { WebSocket, WebSocketServer } from 'ws';

/** Sockets are pinged in turns, because pinging all at once would block the event loop. */
const PARTS = 12;

export interface KeepAliveOptions {
  /** How often each socket is pinged, in milliseconds. Must be shorter than the idle timeout of proxies. */
  readonly interval: number;
  /**
   * How long an answer may take, in milliseconds. Must be long enough for a slow client to read the bytes before the
   * ping, so that the slow-subscriber policy acts first.
   */
  readonly patience: number;
  /** Called with each socket that is terminated. */
  onMute(): void;
}

/**
 * Pings all sockets and terminates those whose client does not answer: at most `patience` and three intervals after its
 * last answer.
 *
 * @returns A function that stops the pings.
 */
export function keepAlive(
  server: WebSocketServer,
  { interval, patience, onMute }: KeepAliveOptions,
): () => void {
  const parts = Array.from({ length: PARTS }, () => new Map<WebSocket, number>());
  let opened = 0;
  server.on('connection', (socket) => {
    const answered = parts[opened % PARTS] ?? new Map<WebSocket, number>();
    opened += 1;
    answered.set(socket, performance.now());
    socket.on('pong', () => answered.set(socket, performance.now()));
    socket.once('close', () => answered.delete(socket));
  });
  let turn = 0;
  const timer = setInterval(() => {
    const answered = parts[turn % PARTS] ?? [];
    turn += 1;
    for (const [socket, at] of answered) {
      if (performance.now() - at > patience + 2 * interval) {
        onMute();
        socket.terminate();
      } else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, interval / PARTS);
  timer.unref();
  return () => clearInterval(timer);
}
