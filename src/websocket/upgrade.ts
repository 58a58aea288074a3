import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ReadingCookie } from '../http/auth/reading-cookie.js';
import type { CheckHost } from '../http/cross-origin/host-check.js';
import { refuseOrigin, type TrustOf } from '../http/cross-origin/origin-check.js';
import type { LogOrigin } from '../http/cross-origin/origin-log.js';
import { type Turns, UNMEASURED } from '../http/execution/turns.js';
import type { ConnectionLimit } from '../http/limits/connection-limit.js';
import { LIMITS } from '../http/limits/limits.js';
import { isGraphQLPath } from '../http/listen.js';
import { isWebSocketUpgrade } from '../http/other-upgrades.js';
import type { AddressOf } from '../http/request/client-address.js';
import { exceeds, httpOf } from '../http/response/refusal.js';
import type { RequestMetrics } from '../observe/request-metrics.js';
import type { Sockets } from './connections.js';

export interface UpgradeOptions {
  readonly checkHost: CheckHost;
  readonly trustOf: TrustOf;
  readonly readingCookie: ReadingCookie | undefined;
  readonly logOrigin: LogOrigin;
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
export function acceptUpgrades(http: Server, sockets: Sockets, options: UpgradeOptions): void {
  const upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (connection.destroyed) return;
    const release = check(request, connection, options);
    if (!release) return;
    connection.on('close', release); // Comes once. A listener for once would take memory on each idle socket.
    sockets.handleUpgrade(request, connection, head, (socket) => {
      sockets.emit('connection', socket, request);
    });
  };
  http.on('upgrade', async (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    if (!isWebSocketUpgrade(request)) return; // Answered over HTTP: see answerOtherUpgrades.
    connection.on('error', ignore); // Nobody else listens until it is a WebSocket. The close is enough.
    await options.turns.take(`address ${options.addressOf(request)}`, UNMEASURED);
    upgrade(request, connection, head);
  });
}

function ignore(): void {}

/** Returns a function to call when the connection closes. Undefined if the upgrade was refused. */
function check(
  request: IncomingMessage,
  connection: Duplex,
  { checkHost, trustOf, logOrigin, addressOf, connectionLimit, metrics }: UpgradeOptions,
): (() => void) | undefined {
  const foreign = checkHost(request);
  if (foreign) {
    metrics.refused(String(foreign.extensions['code']));
    answer(connection, httpOf(foreign)?.status ?? 400, foreign.message);
    return undefined;
  }
  if (!isGraphQLPath(request.url ?? '')) {
    answer(connection, 404, 'Nothing is served here. GraphQL is at /graphql.');
    return undefined;
  }
  const forbidden = refuseOrigin(request, trustOf(request));
  if (forbidden) {
    logOrigin(request);
    metrics.refused('FORBIDDEN_ORIGIN');
    answer(connection, 403, forbidden.message);
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
