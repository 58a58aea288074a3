import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { encodeCursor } from '../feed/cursor.js';
import type { Outlet } from '../feed/outlet.js';

/** The close code for a client that took nothing for too long. The reason is its last cursor. */
export const TOO_SLOW = 4413;

/** How long a socket that is being closed has to take the rest and answer, in milliseconds. */
const CLOSE_GRACE = 2_000;

/** An operation's line on a WebSocket: each payload becomes a `next` message of graphql-transport-ws. */
export function createWebSocketOutlet(socket: WebSocket, connection: Socket, id: string): Outlet {
  const before = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  const after = Buffer.from('}');
  let drained: Promise<void> | undefined;

  return {
    get buffered() {
      return socket.bufferedAmount;
    },
    write: (payloads, limit) => {
      if (socket.readyState !== socket.OPEN) return payloads.length;
      let written = 0;
      connection.cork(); // All of them go to the system at once.
      for (const { json } of payloads) {
        if (socket.bufferedAmount > limit) break;
        socket.send(Buffer.concat([before, json, after]), { binary: false });
        written += 1;
      }
      connection.uncork();
      return written;
    },
    drained: () => {
      drained ??= new Promise<void>((resolve) => {
        const settle = () => {
          connection.off('drain', settle);
          connection.off('close', settle);
          drained = undefined;
          resolve();
        };
        connection.on('drain', settle);
        connection.on('close', settle);
      });
      return drained;
    },
    end: (reason, last) => {
      if (reason === 'TOO_SLOW') socket.close(TOO_SLOW, encodeCursor(last));
      else socket.close(1001, 'Going away');
      setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
    },
  };
}
