import type { IncomingMessage } from 'node:http';
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';

/** What graphql-ws knows of each socket. */
export interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
}

export type SpeakOptions = ServerOptions<Readonly<Record<string, unknown>>, Connection> & {
  /** Runs what a message of the socket that was opened with a request leads to. */
  along?(request: IncomingMessage, work: () => Promise<void>): Promise<void>;
};

/** What the protocol leaves for the reason in a close frame. */
const MAX_REASON_BYTES = 123;

/** How long a client has to answer the closing of its socket, in milliseconds; ws itself waits for 30 s. */
export const CLOSE_GRACE = 2_000;

/** What graphql-ws throws for a message that is a server's to send. */
const UNEXPECTED = /^Unexpected message of type/;

/**
 * Speaks `graphql-transport-ws` on every socket that is opened.
 *
 * graphql-ws's own adapter prints what goes wrong, clients' faults among it, and tells clients of failures.
 *
 * @param onFailure Told what failed here; the client is told that something did.
 */
export function speak(
  sockets: WebSocketServer,
  { along = (_request, work) => work(), ...options }: SpeakOptions,
  onFailure: (error: unknown) => void,
): void {
  const server = makeServer(options);
  sockets.options.handleProtocols = handleProtocols;
  sockets.on('connection', (socket, request) => {
    socket.on('error', () => {}); // Frames that are none, or too long: ws closes with the code for it.
    const fail = (error: unknown) => {
      if (error instanceof Error && UNEXPECTED.test(error.message)) {
        closeWith(socket, CloseCode.BadRequest, error.message);
        return;
      }
      onFailure(error);
      closeWith(socket, CloseCode.InternalServerError, 'Internal server error');
    };
    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) => send(socket, text),
        close: (code, reason) => closeWith(socket, code ?? CloseCode.InternalServerError, reason ?? ''),
        onMessage: (take) =>
          socket.on('message', (message) => void along(request, () => take(String(message)).catch(fail))),
      },
      { socket, request },
    );
    socket.once('close', (code, reason) => void closed(code, String(reason)));
  });
}

function send(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.readyState !== socket.OPEN) resolve();
    else socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Closes a socket with as much of the reason as a close frame takes, and cuts it where the client does not answer. */
export function closeWith(socket: WebSocket, code: number, reason: string): void {
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  const { written } = new TextEncoder().encodeInto(reason, bytes); // Whole characters only.
  socket.close(code, bytes.subarray(0, written));
  setTimeout(() => socket.terminate(), CLOSE_GRACE).unref();
}
