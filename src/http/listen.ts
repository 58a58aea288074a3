import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../start-error.js';
import { answerOtherUpgrades } from './other-upgrades.js';

/** Connections that may wait to be accepted: all subscribers come back at once after a restart. */
const BACKLOG = 4_096;

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How long a request may take to arrive, in seconds: a slower client gets a 408 and is cut off. */
  readonly receiveTimeout: number;
  /** How long a connection may be idle between two requests, in milliseconds. */
  readonly keepAliveTimeout: number;
}

/** The address cannot be listened on; the message says why and what to do. */
class ListenError extends StartError {
  override readonly name = 'ListenError';
  /** Node's code, e.g. `EADDRINUSE`. */
  readonly code: string | undefined;

  constructor({ host, port }: ListenOptions, cause: NodeJS.ErrnoException) {
    const reason = cause.code === 'EADDRINUSE' ? 'another process listens there' : cause.message;
    super(`Cannot listen on port ${port} of ${host}: ${reason}. Set PORT or HOST to another.`, { cause });
    this.code = cause.code;
  }
}

/** @throws {ListenError} When the address cannot be listened on. */
export function listen(listener: RequestListener, options: ListenOptions): Promise<Server> {
  const { host, port, receiveTimeout, keepAliveTimeout } = options;
  const time = receiveTimeout * 1_000;
  const http = createServer(
    {
      ...{ headersTimeout: time, requestTimeout: time, keepAliveTimeout },
      connectionsCheckingInterval: Math.min(time / 2, 5_000),
    },
    listener,
  );
  answerOtherUpgrades(http);
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(new ListenError(options, error));
    http.once('error', refuse);
    http.listen({ port, host, backlog: BACKLOG }, () => {
      http.off('error', refuse);
      resolve(http);
    });
  });
}

/** Where a server that listens on `host` serves GraphQL. */
export function urlOf(http: Server, host: string): string {
  const { port } = http.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}

/** Whether a URL leads to GraphQL, whatever its query string. */
export function isGraphQLPath(url: string): boolean {
  const [path] = url.split('?', 1);
  return path === '/graphql' || path === '/graphql/';
}
