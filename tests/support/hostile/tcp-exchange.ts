import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';

/** The bytes that a server sent until it closed the connection, as Latin-1: one character a byte. */
export interface Exchange {
  /** The status of the last response; undefined if there is none. */
  readonly status: number | undefined;
  readonly text: string;
}

export interface ExchangeOptions {
  /** Whether the client half-closes the connection. The server may then drop an incomplete request. */
  readonly isEnded?: boolean;
  /** Whether the client disconnects after the first complete response. */
  readonly isBrief?: boolean;
  /** Aborts the connection and rejects. */
  readonly signal?: AbortSignal;
}

/** Sends bytes over a new connection and returns everything received until the server closes it. */
export async function exchange(
  url: string,
  bytes: Iterable<string | Uint8Array>,
  { isEnded = false, isBrief = false, signal }: ExchangeOptions = {},
): Promise<Exchange> {
  const connection = dial(url);
  const answer = collect(connection, signal, isBrief);
  for (const part of bytes) {
    if (connection.destroyed) break; // The server may refuse before it has everything.
    if (!connection.write(part)) await drained(connection);
  }
  if (isEnded) connection.end();
  return answer;
}

/** Sends some bytes, then `more` at short intervals until the server closes the connection. */
export async function trickle(
  url: string,
  first: string,
  more: string,
  signal: AbortSignal,
): Promise<Exchange> {
  const connection = dial(url);
  const answer = collect(connection, signal);
  connection.write(first);
  const timer = setInterval(() => connection.write(more), 50);
  return answer.finally(() => clearInterval(timer));
}

/** Returns the bytes of a request with `connection: close`, so that the connection ends with the answer. */
export function requestBytes(method: string, target: string, headers: string[] = [], body = ''): string {
  return [`${method} ${target} HTTP/1.1`, 'host: localhost', 'connection: close', ...headers, '', body].join(
    '\r\n',
  );
}

/** Opens a WebSocket by hand and sends any bytes after the handshake; see {@link exchange}. */
export async function exchangeFrames(
  url: string,
  bytes: Iterable<string | Uint8Array>,
  options: ExchangeOptions = {},
): Promise<Exchange> {
  const handshake = [
    'GET /graphql HTTP/1.1',
    'host: localhost',
    'connection: Upgrade',
    'upgrade: websocket',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${randomBytes(16).toString('base64')}`,
    `sec-websocket-protocol: ${GRAPHQL_TRANSPORT_WS_PROTOCOL}`,
    '\r\n',
  ].join('\r\n');
  return exchange(url, [handshake, ...bytes], options);
}

function dial(url: string): Socket {
  const { hostname, port } = new URL(url);
  const connection = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  connection.on('error', () => {}); // A server may reset the connection; `close` follows.
  return connection;
}

function collect(connection: Socket, signal: AbortSignal | undefined, isBrief = false): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    let text = '';
    const abort = () => {
      connection.destroy();
      reject(new Error(`The server did not close the connection in time; it sent ${JSON.stringify(text)}.`));
    };
    signal?.addEventListener('abort', abort, { once: true });
    connection.setEncoding('latin1');
    connection.on('data', (chunk) => {
      text += chunk;
      if (isBrief && isWhole(text)) connection.destroy();
    });
    connection.on('end', () => connection.end());
    connection.on('close', () => {
      signal?.removeEventListener('abort', abort);
      const status = text.match(/^HTTP\/1\.1 (\d{3}) /m)?.[1];
      resolve({ status: status === undefined ? undefined : Number(status), text });
    });
  });
}

/** Returns whether the response is complete. */
function isWhole(text: string): boolean {
  const start = text.indexOf('\r\n\r\n') + 4;
  if (start === 3) return false;
  const head = text.slice(0, start);
  if (/^transfer-encoding: chunked\r$/im.test(head)) return text.endsWith('\r\n0\r\n\r\n');
  const length = /^content-length: (\d+)\r$/im.exec(head)?.[1];
  return length !== undefined && text.length - start >= Number(length);
}

function drained(connection: Socket): Promise<void> {
  return new Promise((resolve) => {
    connection.once('drain', resolve);
    connection.once('close', () => resolve());
  });
}
