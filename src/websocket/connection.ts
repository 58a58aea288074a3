import type { Socket } from 'node:net';
import { CloseCode, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import type { Session } from '../http/auth/sessions.js';
import type { RequestContext } from '../http/context.js';
import type { Trust } from '../http/cross-origin/origin-check.js';

/** The maximum length of a reason in a close frame. */
const MAX_REASON_BYTES = 123;

/** How long a client may take to answer a close frame, in milliseconds. The default of ws is 30 s. */
export const CLOSE_GRACE = 2_000;

/** How long a client may take to send `connection_init`, in milliseconds. */
const INIT_PATIENCE = 3_000;

/** What is known of a socket when it opens. */
interface Opening {
  readonly address: string;
  readonly trust: Trust;
  readonly kept: string | undefined;
  readonly stream: Socket;
  readonly log: Logger;
}

/**
 * A client's WebSocket. graphql-ws passes it to its callbacks as `extra`.
 *
 * Most sockets are idle, so each keeps little: neither the upgrade request nor a log, and no closures. Fields hold
 * the state of a socket, and all sockets share their listeners, which get the socket as `this`.
 */
export class Connection extends WebSocket {
  /** The id of the upgrade request, shared by all operations of the socket. */
  id = '';
  /** The address of the client. */
  address = '';
  /** What the origin of the page may do. */
  trust: Trust = 'none';
  /** The `Authorization` that a cookie stands for, if any. */
  kept: string | undefined = undefined;
  /** Undefined until `connection_init` has been accepted. */
  session: Session | undefined = undefined;
  /** Takes a message of the client. */
  take: ((message: string) => Promise<void>) | undefined = undefined;
  /** Ends the operations of the socket when it has closed. */
  closed: ((code: number, reason: string) => Promise<void>) | undefined = undefined;
  /** The payload of the `subscribe` message that `take` is being given. */
  subscribing: SubscribePayload | undefined = undefined;
  /** Which of the keep-alive's turns pings the socket. */
  pingTurn = 0;
  /** When the client last answered a ping, on the clock of `performance.now()`. */
  answeredAt = 0;
  /** The messages that wait for a turn; undefined if there are none. */
  inbox: string[] | undefined = undefined;
  /** The size of these messages. */
  waiting = 0;
  /** The operations that are being admitted or executed, those that the client has given up included. */
  running = 0;
  /** Operations that have no result yet. Undefined without any, because most sockets are idle. */
  #contexts: Map<string, RequestContext> | undefined = undefined;
  #stream: Socket | undefined = undefined;
  #log: Logger | undefined = undefined;
  #initTimer: NodeJS.Timeout | undefined = undefined;

  /** Call it once, when ws has created the socket. */
  opened(id: string, { address, trust, kept, stream, log }: Opening): void {
    this.id = id;
    this.address = address;
    this.trust = trust;
    this.kept = kept;
    this.#stream = stream;
    this.#log = log;
    this.#initTimer = setTimeout(closeUninitialized, INIT_PATIENCE, this);
  }

  get stream(): Socket {
    if (!this.#stream) throw NOT_OPENED;
    return this.#stream;
  }

  /** A log whose lines have the id. */
  get log(): Logger {
    if (!this.#log) throw NOT_OPENED;
    return this.#log.child({ requestId: this.id });
  }

  /** Counts work among the running operations until it ends, even if nobody waits for it any more. */
  counted<T>(work: Promise<T>): Promise<T> {
    this.running += 1;
    const end = () => {
      this.running -= 1;
    };
    work.then(end, end);
    return work;
  }

  /** An operation is on its way to its result, or to the beginning of its subscription. */
  began(id: string, context: RequestContext): void {
    this.#contexts ??= new Map();
    this.#contexts.set(id, context);
    if (this.readyState !== this.OPEN) this.leave(id);
  }

  ended(id: string, context: RequestContext): void {
    context.lifetime[Symbol.dispose]();
    if (this.#contexts?.get(id) !== context) return;
    this.#contexts.delete(id);
    if (this.#contexts.size === 0) this.#contexts = undefined;
  }

  /** Stops an operation that the client has completed. Returns false if it is over already. */
  leave(id: string): boolean {
    const context = this.#contexts?.get(id);
    if (!context || context.lifetime.isOver) return false;
    context.call.end('aborted');
    context.lifetime.leave();
    return true;
  }

  /** Stops all operations when the socket has closed. Returns how many were not over. */
  leaveAll(): number {
    const ids = [...(this.#contexts?.keys() ?? [])];
    return ids.filter((id) => this.leave(id)).length;
  }

  /** Ends the wait for `connection_init`: it came, or the socket has closed. */
  initialized(): void {
    clearTimeout(this.#initTimer);
    this.#initTimer = undefined; // It would take memory as long as the socket.
  }
}

const NOT_OPENED = new Error('The socket was used before it was opened.');

function closeUninitialized(connection: Connection): void {
  closeWith(connection, CloseCode.ConnectionInitialisationTimeout, 'Connection initialisation timeout');
}

/** Closes a socket, with the reason cut to the maximum, and terminates it if the client does not answer. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // Whole characters only.
  socket.close(code, bytes.subarray(0, written));
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}
