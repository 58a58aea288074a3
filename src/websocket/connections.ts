import type { Socket } from 'node:net';
import {
  CloseCode,
  handleProtocols,
  type Message,
  MessageType,
  makeServer,
  parseMessage,
  type ServerOptions,
} from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Session } from '../http/auth/sessions.js';
import type { RequestContext } from '../http/context.js';
import type { Trust, TrustOf } from '../http/cross-origin/origin-check.js';
import type { Turns } from '../http/execution/turns.js';
import type { AddressOf } from '../http/request/client-address.js';
import { problemOfJson } from '../http/request/exact-json.js';
import { PARAMETERS } from '../http/request/params.js';
import { formatError } from '../http/response/mask-error.js';
import { badRequest } from '../http/response/refusal.js';
import type { Observation } from '../observe/observation.js';
import { REQUEST_ID, requestIdOf } from '../observe/request-id.js';

/**
 * A WebSocket. graphql-ws passes it to its callbacks as `extra`.
 *
 * A class, because most sockets are idle: it keeps neither the upgrade request nor a log, which take 3 KB.
 */
export class Connection {
  /** The id of the upgrade request, shared by all operations of the socket. */
  readonly id: string;
  readonly socket: WebSocket;
  readonly stream: Socket;
  /** The address of the client. */
  readonly address: string;
  /** Undefined until `connection_init` has been accepted. */
  session: Session | undefined = undefined;
  /** What the origin of the page may do. */
  readonly trust: Trust;
  readonly #log: Logger;
  /** Operations that have no result yet. Undefined until the first. */
  #running: Map<string, RequestContext> | undefined;

  constructor(id: string, socket: WebSocket, stream: Socket, address: string, trust: Trust, log: Logger) {
    this.id = id;
    this.socket = socket;
    this.stream = stream;
    this.address = address;
    this.trust = trust;
    this.#log = log;
  }

  /** A log whose lines have the id. */
  get log(): Logger {
    return this.#log.child({ requestId: this.id });
  }

  /** An operation is on its way to its result, or to the beginning of its subscription. */
  began(id: string, context: RequestContext): void {
    this.#running ??= new Map();
    this.#running.set(id, context);
    if (this.socket.readyState !== this.socket.OPEN) this.leave(id);
  }

  ended(id: string, context: RequestContext): void {
    context.lifetime[Symbol.dispose]();
    if (this.#running?.get(id) === context) this.#running.delete(id);
  }

  /** Stops an operation that the client has completed. */
  leave(id: string): void {
    const context = this.#running?.get(id);
    context?.call.end('aborted');
    context?.lifetime.leave();
  }

  /** Stops all operations when the socket has closed. Returns how many there were. */
  leaveAll(): number {
    const ids = [...(this.#running?.keys() ?? [])];
    for (const id of ids) this.leave(id);
    return ids.length;
  }
}

export type ProtocolOptions = ServerOptions<Readonly<Record<string, unknown>>, Connection>;

/** The maximum length of a reason in a close frame. */
const MAX_REASON_BYTES = 123;

/** How long a client may take to answer a close frame, in milliseconds. The default of ws is 30 s. */
export const CLOSE_GRACE = 2_000;

/** The code of ws for a message longer than `maxPayload`. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** Messages that only servers send. */
const SERVER_MESSAGES: ReadonlySet<MessageType> = new Set([
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
]);

/** The names in a message, and those of a request in its payload. */
const NAMES = ['type', 'id', 'payload', ...PARAMETERS];

/**
 * Serves `graphql-transport-ws` on every new socket.
 *
 * Replaces the adapter of graphql-ws, which prints all errors and sends the messages of unexpected ones to clients.
 *
 * @param onFailure Called with an unexpected error. The client gets only "Internal server error".
 */
export function serveProtocol(
  sockets: WebSocketServer,
  options: ProtocolOptions,
  { log, metrics }: Observation,
  {
    turns,
    addressOf,
    trustOf,
  }: { readonly turns: Turns; readonly addressOf: AddressOf; readonly trustOf: TrustOf },
  onFailure: (error: unknown, connection: Connection) => void,
): void {
  const server = makeServer(options);
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('headers', (headers, request) => {
    // Stored in the request's headers, because the 'connection' listener reads the id from there.
    request.headers[REQUEST_ID.toLowerCase()] = requestIdOf(request.headers);
    headers.push(`${REQUEST_ID}: ${requestIdOf(request.headers)}`);
  });
  sockets.on('connection', (socket, request) => {
    const id = requestIdOf(request.headers);
    const connection = new Connection(id, socket, request.socket, addressOf(request), trustOf(request), log);
    metrics.sockets.opened();
    log.debug({ requestId: id }, 'a WebSocket was opened');
    // ws closes the socket with a fitting code.
    socket.on('error', (error: Error & { code?: string }) => {
      if (error.code === TOO_LONG) metrics.refused('MAX_MESSAGE_BYTES');
    });
    const fail = (error: unknown) => {
      onFailure(error, connection);
      closeWith(socket, CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => send(socket, text),
        close: (code, reason) => closeWith(socket, code ?? CloseCode.InternalServerError, reason ?? ''),
        onMessage: (take) =>
          socket.on('message', async (data) => {
            await turns.take(`address ${connection.address}`); // Messages go on in the order in which they came.
            const text = String(data);
            if (socket.readyState === socket.CLOSED) return;
            const message = parsed(text);
            if (message && (refuseServerMessage(socket, message) || refuseJson(socket, message, text)))
              return;
            if (message?.type === MessageType.Complete) connection.leave(message.id);
            take(text).catch(fail);
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      metrics.sockets.closed();
      const cut = connection.leaveAll();
      log[cut > 0 ? 'info' : 'debug']({ requestId: id, code, cut }, 'a WebSocket was closed');
      closed(code, String(reason)).catch(fail);
    });
  });
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

/** Returns undefined for text that is not a message. graphql-ws closes the socket. */
function parsed(text: string): Message | undefined {
  try {
    return parseMessage(text);
  } catch {
    return undefined;
  }
}

/** Resolves when the message has been written, or the connection is lost: its close is logged, once. */
function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, () => resolve());
  });
}

/** Closes a socket, with the reason cut to the maximum, and terminates it if the client does not answer. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // Whole characters only.
  socket.close(code, bytes.subarray(0, written));
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}
