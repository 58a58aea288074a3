import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import pLimit from 'p-limit';
import type { WebSocketServer } from 'ws';
import type { AddressOf } from '../client-address.js';
import { LIMITS } from '../limits.js';
import type { IsWelcome } from '../origin-check.js';
import type { Crowd } from './crowd.js';
import { exceeds } from './refusal.js';

export interface Door {
  readonly isWelcome: IsWelcome;
  readonly addressOf: AddressOf;
  readonly crowd: Crowd;
  /** Told of each refusal, for the figures. */
  refused(limit: string): void;
}

/**
 * Upgrades connections to WebSockets: of pages that are welcome, and so many of each address.
 *
 * One in a turn of the event loop: after a restart all clients come back at once, and those that are live
 * already must not wait for them.
 */
export function admitSockets(http: Server, sockets: WebSocketServer, door: Door): void {
  const turn = pLimit(1);
  http.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => {}); // Until it is a WebSocket nobody else listens; its end is enough.
    void turn(async () => {
      if (connection.destroyed) return;
      const refuse = (status: number, limit: string, message: string) => {
        door.refused(limit);
        answer(connection, status, message);
      };
      if (!door.isWelcome(request)) {
        refuse(403, 'FORBIDDEN_ORIGIN', 'Expected a page of this server, or of an origin in CORS_ORIGINS.');
        return;
      }
      const leave = door.crowd.enter(door.addressOf(request));
      if (!leave) {
        const { message } = exceeds('socketsPerAddress', door.crowd.perAddress, door.crowd.perAddress + 1);
        refuse(429, LIMITS.socketsPerAddress.variable, message);
        return;
      }
      connection.once('close', leave);
      sockets.handleUpgrade(request, connection, head, (socket) => {
        sockets.emit('connection', socket, request);
      });
      await new Promise(setImmediate);
    });
  });
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
  // A client that does not end its side would keep the connection, which no limit counts.
  connection.once('finish', () => connection.destroy());
  connection.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
