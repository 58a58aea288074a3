import type { IncomingMessage } from 'node:http';
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
import type { Observation } from '../observe/observation.js';
import { REQUEST_ID, requestIdOf } from '../observe/request-id.js';

/** One WebSocket: what graphql-ws hands to each of our functions as `extra`. */
export interface Connection {
  /** The id of the upgrade request; all operations of the socket have it. */
  readonly id: string;
  readonly log: Logger;
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  /** Undefined until `connection_init` was accepted. */
  session: Session | undefined;
}

export type ProtocolOptions = ServerOptions<Readonly<Record<string, unknown>>, Connection>;

/** The most bytes of a reason that fit into a close frame. */
const MAX_REASON_BYTES = 123;

/** How long a client has to answer a close frame, in milliseconds. ws itself waits for 30 s. */
export const CLOSE_GRACE = 2_000;

/** ws's code for a message of more than `maxPayload`. */
const TOO_LONG = 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH';

/** The messages of the protocol that only a server sends. */
const SERVER_MESSAGES: ReadonlySet<MessageType> = new Set([
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
]);

/**
 * Speaks `graphql-transport-ws` on every socket that is opened.
 *
 * graphql-ws's own adapter prints errors, those of clients too, and sends clients the messages of failures.
 *
 * @param onFailure Called with unexpected errors; the client is told only that something failed.
 */
export function serveProtocol(
  sockets: WebSocketServer,
  options: ProtocolOptions,
  { log, metrics }: Observation,
  turns: Turns,
  onFailure: (error: unknown, connection: Connection) => void,
): void {
  const server = makeServer(options);
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('headers', (headers, request) => {
    // Written into the request, because the socket's id is read from it again when it is open.
    request.headers[REQUEST_ID.toLowerCase()] = requestIdOf(request.headers);
    headers.push(`${REQUEST_ID}: ${requestIdOf(request.headers)}`);
  });
  sockets.on('connection', (socket, request) => {
    const id = requestIdOf(request.headers);
    const connection: Connection = {
      id,
      log: log.child({ requestId: id }),
      socket,
      request,
      session: undefined,
    };
    metrics.sockets.opened();
    connection.log.debug('a WebSocket was opened');
    // ws closes the socket with the code for the error.
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
            await turns.take(); // Messages go on in the order in which they came.
            const text = String(message);
            if (socket.readyState === socket.CLOSED || refuseServerMessage(socket, text)) return;
            take(text).catch(fail);
          }),
      },
      connection,
    );
    socket.once('close', (code, reason) => {
      metrics.sockets.closed();
      connection.log.debug({ code }, 'a WebSocket was closed');
      closed(code, String(reason)).catch(fail);
    });
  });
}

/** Closes the socket of a client that sends a server's message, for which graphql-ws throws a plain error. */
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
    return undefined; // graphql-ws closes the socket for it.
  }
}

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Closes a socket with as much of the reason as fits, and cuts it if the client does not answer. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // Whole characters only.
  socket.close(code, bytes.subarray(0, written));
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}
