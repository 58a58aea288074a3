import type { Server } from 'node:http';
import type { WebSocketTransport } from '../websocket/websocket.js';
import type { SilentConnections } from './silent-connections.js';

export interface ShutDownOptions {
  readonly http: Server;
  readonly silent: SilentConnections;
  readonly webSocket: WebSocketTransport;
  /** Disposing ends all subscriptions. */
  readonly subscriptions: readonly AsyncDisposable[];
  /** The time for all of it, in milliseconds. What is running may take four fifths; then connections are cut. */
  readonly timeout: number;
}

/** How often connections that have become idle are closed. */
const SWEEP = 50;

/** The part of the time that running requests have. The rest is for closing sockets and the database. */
const FOR_REQUESTS = 0.8;
/** The part of the time that WebSockets have for answering the close. */
const FOR_CLOSING = 0.1;

/**
 * Stops taking connections, lets the requests that are running finish, ends the subscriptions, and
 * closes sockets with 1001, so that clients come back to another instance with their last cursor.
 */
export async function shutDown({
  http,
  silent,
  webSocket,
  subscriptions,
  timeout,
}: ShutDownOptions): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    http.close(() => resolve());
  });
  const sweep = setInterval(() => {
    http.closeIdleConnections();
    silent.destroy();
  }, SWEEP);
  let giveUp: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    giveUp = setTimeout(resolve, FOR_REQUESTS * timeout);
  });
  await Promise.race([webSocket.answered(), enough]);
  await Promise.race([Promise.all(subscriptions.map((it) => it[Symbol.asyncDispose]())), enough]);
  await webSocket.close(FOR_CLOSING * timeout);
  await Promise.race([closed, enough]);
  http.closeAllConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(giveUp);
}
