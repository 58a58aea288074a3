import {
  CloseCode,
  type WebSocket as GraphQLSocket,
  handleProtocols,
  type Message,
  MessageType,
  makeServer,
  parseMessage,
  type ServerOptions,
} from 'graphql-ws';
import type { RawData, WebSocket, Server as WebSocketServer } from 'ws';
import type { SlowSubscriberPolicy } from '../feed/fan-out/slow-subscriber.js';
import type { ReadingCookie } from '../http/auth/reading-cookie.js';
import type { TrustOf } from '../http/cross-origin/origin-check.js';
import type { Turns } from '../http/execution/turns.js';
import type { AddressOf } from '../http/request/client-address.js';
import { problemOfJson } from '../http/request/exact-json.js';
import { PARAMETERS } from '../http/request/params.js';
import { formatError } from '../http/response/mask-error.js';
import { badRequest } from '../http/response/refusal.js';
import type { Observation } from '../observe/observation.js';
import { REQUEST_ID, requestIdOf } from '../observe/request-id.js';
import { type Connection, closeWith } from './connection.js';
import { FlowControl } from './flow-control.js';

export type ProtocolOptions = ServerOptions<Readonly<Record<string, unknown>>, Connection>;

/** The WebSockets of the server. */
export type Sockets = WebSocketServer<typeof Connection>;

/** The code of ws for a message longer than `maxPayload`. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** Without the payload of the ping, or a client could have the server hold whatever it sends. */
const PONG = '{"type":"pong"}';

/** Messages that only servers send. */
const SERVER_MESSAGES: ReadonlySet<MessageType> = new Set([
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
]);

/** The names in a message, and those of a request in its payload. */
const NAMES = ['type', 'id', 'payload', ...PARAMETERS];

export interface ProtocolParts {
  readonly turns: Turns;
  readonly addressOf: AddressOf;
  readonly trustOf: TrustOf;
  /** Undefined where readers need no token. */
  readonly readingCookie: ReadingCookie | undefined;
  readonly slowSubscribers: SlowSubscriberPolicy;
  /** Bytes of a socket's messages that may wait for a turn. */
  readonly maxWaiting: number;
  /** Called with a socket whose client reads nothing. It must be closed. */
  onStuck(connection: Connection): void;
  /** Called with an unexpected error. The client gets only "Internal server error". */
  onFailure(error: unknown, connection: Connection): void;
}

/**
 * Serves `graphql-transport-ws` on every new socket.
 *
 * Replaces the adapter of graphql-ws, which prints all errors and sends the messages of unexpected ones to clients.
 *
 * @param options Without the wait for `connection_init`, which the connection has.
 */
export function serveProtocol(
  sockets: Sockets,
  options: ProtocolOptions,
  { log, metrics }: Observation,
  {
    turns,
    addressOf,
    trustOf,
    readingCookie,
    slowSubscribers,
    maxWaiting,
    onStuck,
    onFailure,
  }: ProtocolParts,
): void {
  const server = makeServer({ ...options, connectionInitWaitTimeout: 0 });
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('headers', (headers, request) => {
    // Stored in the request's headers, because the 'connection' listener reads the id from there.
    request.headers[REQUEST_ID.toLowerCase()] = requestIdOf(request.headers);
    headers.push(`${REQUEST_ID}: ${requestIdOf(request.headers)}`);
  });

  const fail = (connection: Connection, error: unknown) => {
    onFailure(error, connection);
    closeWith(connection, CloseCode.InternalServerError, 'Internal server error');
  };

  const flow = new FlowControl({
    ...slowSubscribers,
    maxWaiting,
    turns,
    onStuck,
    onMessage: (connection, text) => {
      if (connection.readyState !== connection.OPEN) return;
      const message = messageIn(text);
      if (message && (refuseServerMessage(connection, message) || refuseJson(connection, message, text)))
        return;
      if (message?.type === MessageType.Complete) connection.leave(message.id);
      if (message?.type === MessageType.Subscribe) connection.subscribing = message.payload;
      connection.take?.(briefly(message) ?? text).catch((error: unknown) => fail(connection, error));
      connection.subscribing = undefined;
    },
  });

  // The listeners of all sockets: `this` is the socket.
  function onError(this: WebSocket, error: Error & { code?: string }) {
    // ws closes the socket with a fitting code.
    if (error.code === TOO_LONG) metrics.refused('MAX_MESSAGE_BYTES');
  }
  function onMessage(this: WebSocket, message: RawData) {
    flow.receive(this as Connection, String(message));
  }
  function onPing(this: WebSocket, payload: Buffer) {
    const connection = this as Connection;
    if (connection.readyState === connection.OPEN) connection.pong(payload);
    flow.check(connection);
  }
  function onClose(this: WebSocket, code: number, reason: Buffer) {
    const connection = this as Connection;
    connection.initialized();
    metrics.sockets.closed();
    const cut = connection.leaveAll();
    log[cut > 0 ? 'info' : 'debug']({ requestId: connection.id, code, cut }, 'a WebSocket was closed');
    connection.closed?.(code, String(reason)).catch((error: unknown) => fail(connection, error));
  }

  sockets.on('connection', (connection, request) => {
    const id = requestIdOf(request.headers);
    connection.opened(id, {
      address: addressOf(request),
      trust: trustOf(request),
      kept: readingCookie?.authorizationIn(request),
      stream: request.socket,
      log,
    });
    metrics.sockets.opened();
    log.debug({ requestId: id }, 'a WebSocket was opened');
    connection.on('error', onError);
    connection.on('message', onMessage);
    connection.on('ping', onPing);
    connection.on('close', onClose);
    connection.closed = server.opened(new ProtocolSocket(connection, flow), connection);
  });
}

/** A socket, as graphql-ws uses it. */
class ProtocolSocket implements GraphQLSocket {
  readonly #connection: Connection;
  readonly #flow: FlowControl;

  constructor(connection: Connection, flow: FlowControl) {
    this.#connection = connection;
    this.#flow = flow;
  }

  get protocol(): string {
    return this.#connection.protocol;
  }

  /** A client that has gone does not get the message, which is no error: the close of the socket tells. */
  send(text: string): Promise<void> {
    const connection = this.#connection;
    return new Promise((resolve) => {
      if (connection.readyState !== connection.OPEN) resolve();
      else connection.send(text, () => resolve());
      this.#flow.check(connection);
    });
  }

  onPing(): Promise<void> {
    return this.send(PONG);
  }

  close(code: number = CloseCode.InternalServerError, reason = ''): void {
    closeWith(this.#connection, code, reason);
  }

  onMessage(take: (text: string) => Promise<void>): void {
    this.#connection.take = take;
  }
}

/** Closes a socket that sends a message only servers send. graphql-ws would throw a plain error. */
function refuseServerMessage(socket: WebSocket, { type }: Message): boolean {
  if (!SERVER_MESSAGES.has(type)) return false;
  closeWith(socket, CloseCode.BadRequest, `Unexpected message of type ${type} received`);
  return true;
}

/** Refuses an operation whose numbers or parameters parsing would change, and closes a socket for other messages. */
function refuseJson(socket: WebSocket, message: Message, text: string): boolean {
  const problem = problemOfJson(text, NAMES, 2);
  if (problem === undefined) return false;
  if (message.type === MessageType.Subscribe) {
    const payload = [formatError(badRequest(problem))];
    socket.send(JSON.stringify({ id: message.id, type: MessageType.Error, payload }));
  } else closeWith(socket, CloseCode.BadRequest, problem);
  return true;
}

/**
 * Returns a `subscribe` message without its payload, which the connection has. graphql-ws keeps the text of the message
 * as long as the subscription. Undefined for other messages.
 */
function briefly(message: Message | undefined): string | undefined {
  if (message?.type !== MessageType.Subscribe) return undefined;
  return JSON.stringify({ id: message.id, type: message.type, payload: { query: '' } });
}

/** Returns undefined for text that is not a message. graphql-ws closes the socket. */
function messageIn(text: string): Message | undefined {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}
