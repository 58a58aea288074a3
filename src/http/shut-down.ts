import type { Server } from 'node:http';
import type { FanOut } from '../feed/fan-out.js';
import type { WebSocketTransport } from '../websocket/websocket.js';

export interface ShutDownOptions {
  readonly http: Server;
  readonly webSocket: WebSocketTransport;
  readonly fanOut: FanOut;
  /** How long what is running may take, in milliseconds; then connections are cut. */
  readonly timeout: number;
}

/** How often connections that have become idle are closed. */
const SWEEP = 50;

/**
 * Stops taking connections, lets the requests that are running finish, ends the subscriptions, and
 * closes sockets with 1001, so that clients come back to another instance with their last cursor.
 */
export async function shutDown({ http, webSocket, fanOut, timeout }: ShutDownOptions): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    http.close(() => resolve());
  });
  const sweep = setInterval(() => http.closeIdleConnections(), SWEEP);
  let giveUp: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    giveUp = setTimeout(resolve, timeout);
  });
  await Promise.race([webSocket.answered(), enough]);
  await fanOut[Symbol.asyncDispose]();
  await webSocket.close();
  await Promise.race([closed, enough]);
  http.closeAllConnections();
  await closed;
  clearInterval(sweep);
  clearTimeout(giveUp);
}
