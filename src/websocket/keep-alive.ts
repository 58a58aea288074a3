import type { WebSocket, WebSocketServer } from 'ws';

/** Sockets are pinged in so many parts, one after the other: all at once would hold everybody up. */
const PARTS = 12;

/**
 * Pings the sockets of a server, and cuts those whose client has not answered for long.
 *
 * @param interval How often each is pinged, in milliseconds: more often than proxies close idle connections.
 * @param patience How long an answer may take, in milliseconds. Long enough for a slow client to take
 *   what stands before the ping: what is done with those that do not is for the feed to say first.
 * @returns A function that stops it.
 */
export function keepAlive(
  server: WebSocketServer,
  { interval, patience }: { interval: number; patience: number },
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
      if (performance.now() - at > patience + 2 * interval) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }
  }, interval / PARTS);
  timer.unref();
  return () => clearInterval(timer);
}
