import { createClient } from 'graphql-ws/client';
import { type Connect, type FeedResult, type Patience, startWatch } from './connection.js';
import { ConnectionLostError } from './errors.js';
import type { FeedGraphQLError } from './items.js';
import { refusalByClose, refusalOf } from './refusals.js';

/** The browser's `WebSocket`, or that of the `ws` package. */
export type WebSocketClass = new (url: string, protocols: string) => object;

/** What is used of a socket beside what graphql-ws does with it; `terminate` is in `ws` alone. */
interface Socket {
  readonly readyState: number;
  close(code?: number): void;
  terminate?(): void;
}

/** The numbers of the WebSocket standard, for graphql-ws to compare `readyState` with. */
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** The feed over `graphql-transport-ws`: one client and one socket for each connection. */
export function overWebSocket(socketClass: WebSocketClass, patience: Patience): Connect {
  return ({ url, query, variables, token, signal, onOpen, onResult }) =>
    new Promise((resolve, reject) => {
      let socket: Socket | undefined;
      let isAcknowledged = false;
      let unsubscribe = () => {};

      const end = (settle: () => void) => {
        watch.stop();
        signal.removeEventListener('abort', leave);
        unsubscribe();
        settle();
      };
      const leave = () => {
        end(resolve);
        // graphql-ws closes the socket too, but waits for the acknowledgement where that is still to come.
        if (!isAcknowledged) socket?.close();
      };
      const watch = startWatch(patience, (reason) => {
        end(() => reject(reason));
        // On a dead network the closing handshake of `close` is never answered.
        if (socket?.terminate) socket.terminate();
        else socket?.close();
      });

      /** Keeps hold of the socket from its first moment, and of what its constructor throws. */
      function HeldSocket(address: string, protocol: string): object {
        try {
          const opened = new socketClass(address, protocol);
          socket = opened as Socket;
          return opened;
        } catch (cause) {
          const message = cause instanceof Error ? cause.message : String(cause);
          end(() =>
            reject(new ConnectionLostError(`The WebSocket could not be made: ${message}`, { cause })),
          );
          return { readyState: STATES.CLOSED, close: () => {} };
        }
      }

      const client = createClient({
        url: socketUrl(url),
        webSocketImpl: Object.assign(HeldSocket, STATES),
        retryAttempts: 0, // Who reconnects is keepConnected, with a fresh cursor.
        keepAlive: patience.silenceTimeout / 3,
        ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
        on: {
          connected: () => {
            isAcknowledged = true;
            watch.opened();
            onOpen();
          },
          message: watch.alive,
          // Before graphql-ws looks at it: after 1000 it would reconnect by itself, with the old cursor.
          closed: (event) => {
            const { code, reason } = event as { code: number; reason: string };
            end(() => reject(refusalByClose(code, reason)));
          },
          error: (error) => end(() => reject(reasonOf(error))),
        },
      });
      signal.addEventListener('abort', leave);
      unsubscribe = client.subscribe<FeedResult['data'], unknown>(
        { query, variables },
        {
          next: (result) => onResult(result as FeedResult),
          error: (error) => end(() => reject(reasonOf(error))),
          complete: () => end(resolve),
        },
      );
    });
}

function socketUrl(url: URL): string {
  const address = new URL(url);
  address.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}

function reasonOf(error: unknown): Error {
  if (Array.isArray(error)) return refusalOf(error as FeedGraphQLError[]);
  const { message } = error as { message?: unknown };
  const reason = typeof message === 'string' && message !== '' ? `: ${message}` : '';
  return new ConnectionLostError(`The WebSocket failed${reason}.`, { cause: error });
}
