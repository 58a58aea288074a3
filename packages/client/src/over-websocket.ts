import { createClient } from 'graphql-ws/client';
import { type Connect, type FeedResult, type Patience, startWatch } from './connection.js';
import { ConnectionLostError } from './errors.js';
import type { FeedGraphQLError } from './items.js';
import { refusalByClose, refusalOf } from './refusals.js';

/** The browser's `WebSocket`, or that of the `ws` package. */
export type WebSocketClass = new (url: string, protocols: string) => object;

/** The parts of a socket that this file uses. Only `ws` has `terminate`. */
interface Socket {
  readonly readyState: number;
  close(code?: number): void;
  terminate?(): void;
}

/** The standard's `readyState` values, which graphql-ws reads from the class. */
const STATES = { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 };

/** Connects over `graphql-transport-ws`, with one client and one socket for each connection. */
export function overWebSocket(socketClass: WebSocketClass, patience: Patience): Connect {
  return ({ url, operation, variables, token, signal, onOpen, onResult }) =>
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
        // graphql-ws closes the socket too, but only after the acknowledgement.
        if (!isAcknowledged) socket?.close();
      };
      const watch = startWatch(patience, (reason) => {
        end(() => reject(reason));
        // On a dead network nobody answers the closing handshake of `close`.
        if (socket?.terminate) socket.terminate();
        else socket?.close();
      });

      /** Captures the socket as soon as it is created, and an error thrown by its constructor. */
      function HeldSocket(address: string, protocol: string): object {
        try {
          const opened = new socketClass(address, protocol);
          socket = opened as Socket;
          return opened;
        } catch (cause) {
          const message = cause instanceof Error ? cause.message : String(cause);
          end(() =>
            reject(new ConnectionLostError(`The WebSocket could not be created: ${message}`, { cause })),
          );
          return { readyState: STATES.CLOSED, close: () => {} };
        }
      }

      const client = createClient({
        url: socketUrl(url),
        webSocketImpl: Object.assign(HeldSocket, STATES),
        retryAttempts: 0, // keepConnected reconnects, with a fresh cursor.
        keepAlive: patience.silenceTimeout / 3,
        ...(token !== undefined && { connectionParams: { authorization: `Bearer ${token}` } }),
        on: {
          connected: () => {
            isAcknowledged = true;
            watch.opened();
            onOpen();
          },
          message: watch.alive,
          // Settle before graphql-ws handles the close: after 1000 it would reconnect with the old cursor.
          closed: (event) => {
            const { code, reason } = event as { code: number; reason: string };
            end(() => reject(refusalByClose(code, reason)));
          },
          error: (error) => end(() => reject(reasonOf(error))),
        },
      });
      signal.addEventListener('abort', leave);
      unsubscribe = client.subscribe<FeedResult['data'], unknown>(
        { ...operation, variables: { ...variables } },
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
