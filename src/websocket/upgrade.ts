import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import { isCrossSite } from '../http/cross-origin/csrf.js';
import type { IsAllowedOrigin } from '../http/cross-origin/origin-check.js';
import type { Turns } from '../http/execution/turns.js';
import { Work } from '../http/execution/work.js';
import type { ConnectionLimit } from '../http/limits/connection-limit.js';
import { LIMITS } from '../http/limits/limits.js';
import { isGraphQLPath } from '../http/listen.js';
import type { AddressOf } from '../http/request/client-address.js';
import { exceeds } from '../http/response/refusal.js';
import type { RequestMetrics } from '../observe/request-metrics.js';

export interface UpgradeOptions {
  readonly isAllowedOrigin: IsAllowedOrigin;
  readonly addressOf: AddressOf;
  readonly connectionLimit: ConnectionLimit;
  readonly metrics: RequestMetrics;
  readonly turns: Turns;
}

/**
 * Upgrades connections from allowed origins to WebSockets, up to the limit of each address.
 *
 * They take turns: after a restart all clients come back at once, and must not delay those that are connected.
 */
export function acceptUpgrades(http: Server, sockets: WebSocketServer, options: UpgradeOptions): void {
  const upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (connection.destroyed) return;
    const release = check(request, connection, options);
    if (!release) return;
    connection.once('close', release);
    sockets.handleUpgrade(request, connection, head, (socket) => {
      sockets.emit('connection', socket, request);
    });
  };
  const upgrades = new Work(); // Of all clients.
  http.on('upgrade', async (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => {}); // Nobody else listens until it is a WebSocket. The close is enough.
    await options.turns.take(upgrades);
    upgrade(request, connection, head);
  });
}

/** Returns a function to call when the connection closes. Undefined if the upgrade was refused. */
function check(
  request: IncomingMessage,
  connection: Duplex,
  { isAllowedOrigin, addressOf, connectionLimit, metrics }: UpgradeOptions,
): (() => void) | undefined {
  if (!isGraphQLPath(request.url ?? '')) {
    answer(connection, 404, 'Nothing is served here. GraphQL is at /graphql.');
    return undefined;
  }
  if (!isAllowedOrigin(request) || isCrossSite(request)) {
    metrics.refused('FORBIDDEN_ORIGIN');
    answer(
      connection,
      403,
      'Expected a request from a page of this server, or of an origin in CORS_ORIGINS.',
    );
    return undefined;
  }
  const { perAddress } = connectionLimit;
  const release = connectionLimit.open(addressOf(request));
  if (!release) {
    metrics.refused(LIMITS.socketsPerAddress.variable);
    answer(connection, 429, exceeds('socketsPerAddress', perAddress, perAddress + 1).message);
  }
  return release;
}

function answer(connection: Duplex, status: number, message: string): void {
  const body = `${message}\n`;
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(status === 429 ? ['Retry-After: 10'] : []),
  ];
  // A client that does not close its side would keep the connection open, which no limit counts.
  connection.once('finish', () => connection.destroy());
  connection.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
