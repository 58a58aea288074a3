import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { encodeCursor } from '../feed/cursor.js';
import type { EndReason, Outlet, OutletPayload } from '../feed/fan-out/outlet.js';
import type { FeedHead } from '../feed/head.js';

/** The close code for a client that made no progress for too long. The reason is the last cursor of a feed, if any. */
export const TOO_SLOW = 4413;

/** How long a client may take to read the rest and answer a close frame, in milliseconds. */
const CLOSE_GRACE = 2_000;
const AFTER = '}'.charCodeAt(0);

/**
 * Writes payloads of an operation to a WebSocket, as `next` messages of graphql-transport-ws.
 *
 * A class instead of closures, because idle subscribers are many and a class takes less memory.
 */
export class WebSocketOutlet implements Outlet {
  readonly #socket: WebSocket;
  readonly #connection: Socket;
  readonly #id: string;
  #drained: Promise<void> | undefined;

  constructor(socket: WebSocket, connection: Socket, id: string) {
    this.#socket = socket;
    this.#connection = connection;
    this.#id = id;
  }

  get buffered(): number {
    return this.#socket.bufferedAmount;
  }

  write(payloads: readonly OutletPayload[], limit: number): number {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN) return payloads.length;
    const before = Buffer.from(`{"id":${JSON.stringify(this.#id)},"type":"next","payload":`);
    let written = 0;
    this.#connection.cork(); // One system call for all of them.
    for (const { json } of payloads) {
      if (socket.bufferedAmount > limit) break;
      const message = Buffer.allocUnsafe(before.length + json.length + 1);
      before.copy(message);
      json.copy(message, before.length);
      message[message.length - 1] = AFTER;
      socket.send(message, { binary: false });
      written += 1;
    }
    this.#connection.uncork();
    return written;
  }

  drained(): Promise<void> {
    this.#drained ??= new Promise<void>((resolve) => {
      const settle = () => {
        this.#connection.off('drain', settle);
        this.#connection.off('close', settle);
        this.#drained = undefined;
        resolve();
      };
      this.#connection.on('drain', settle);
      this.#connection.on('close', settle);
    });
    return this.#drained;
  }

  end(reason: EndReason, last?: FeedHead): void {
    if (reason === 'TOO_SLOW') this.#socket.close(TOO_SLOW, last && encodeCursor(last));
    else this.#socket.close(1001, 'Going away');
    setTimeout(() => this.#socket.terminate(), CLOSE_GRACE).unref();
  }
}
