import type { Socket } from 'node:net';
import {
  CloseCode,
  handleProtocols,
  MessageType,
  makeServer,
  parseMessage,
  type ServerOptions,
} from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Session } from '../http/auth/sessions.js';
import type { Turns } from '../http/execution/turns.js';
import { Work } from '../http/execution/work.js';
import type { AddressOf } from '../http/request/client-address.js';
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
  readonly #log: Logger;

  constructor(id: string, socket: WebSocket, stream: Socket, address: string, log: Logger) {
    this.id = id;
    this.socket = socket;
    this.stream = stream;
    this.address = address;
    this.#log = log;
  }

  /** A log whose lines have the id. */
  get log(): Logger {
    return this.#log.child({ requestId: this.id });
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
  { turns, addressOf }: { readonly turns: Turns; readonly addressOf: AddressOf },
  onFailure: (error: unknown, connection: Connection) => void,
): void {
  const server = makeServer(options);
  const messages = new Work(); // Of all clients: each operation measures its own from its first turn on.
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('headers', (headers, request) => {
    // Stored in the request's headers, because the 'connection' listener reads the id from there.
    request.headers[REQUEST_ID.toLowerCase()] = requestIdOf(request.headers);
    headers.push(`${REQUEST_ID}: ${requestIdOf(request.headers)}`);
  });
  sockets.on('connection', (socket, request) => {
    const id = requestIdOf(request.headers);
    const connection = new Connection(id, socket, request.socket, addressOf(request), log);
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
          socket.on('message', async (message) => {
            await turns.take(messages); // Messages go on in the order in which they came.
            const text = String(message);
            if (socket.readyState === socket.CLOSED || refuseServerMessage(socket, text)) return;
            take(text).catch(fail);
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      metrics.sockets.closed();
      log.debug({ requestId: id, code }, 'a WebSocket was closed');
      closed(code, String(reason)).catch(fail);
    });
  });
}

/** Closes a socket that sends a message only servers send. graphql-ws would throw a plain error. */
function refuseServerMessage(socket: WebSocket, text: string): boolean {
  const type = typeOf(text);
  if (type === undefined || !SERVER_MESSAGES.has(type)) return false;
  closeWith(socket, CloseCode.BadRequest, `Unexpected message of type ${type} received`);
  return true;
}

function typeOf(text: string): MessageType | undefined {
  try {
    return parseMessage(text).type;
  } catch {
    return undefined; // graphql-ws closes the socket.
  }
}

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Closes a socket, with the reason cut to the maximum, and terminates it if the client does not answer. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // Whole characters only.
  socket.close(code, bytes.subarray(0, written));
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}
