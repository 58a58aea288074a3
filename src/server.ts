import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { type Database, openDatabase } from './database/open.js';
import { seedDossier } from './dossier/load.js';
import { openBus } from './feed/bus/open.js';
import { createFanOut, type FanOut } from './feed/fan-out.js';
import { startTail, type Tail } from './feed/tail.js';
import { createAuthenticate } from './transport/authenticate.js';
import { createFeed } from './transport/feed.js';
import { createGraphiQL } from './transport/graphiql.js';
import { createHealth } from './transport/health.js';
import { createHttp } from './transport/http.js';
import { createMaskError } from './transport/mask-error.js';
import { createMetrics } from './transport/metrics.js';
import { shutDown } from './transport/shut-down.js';
import { startWebSocket } from './transport/websocket.js';

/** How often the log is looked at without a wake-up, in milliseconds: what a lost wake-up costs at most. */
const POLL_INTERVAL = 500;
/** How often an idle event stream sends a comment, in milliseconds. */
const HEARTBEAT = 12_000;
/** Connections that may wait to be accepted: all subscribers come back at once after a restart. */
const BACKLOG = 4_096;
const GRAPHIQL = fileURLToPath(new URL('../dist/graphiql', import.meta.url));

export interface RunningServer extends AsyncDisposable {
  /** Where GraphQL is served, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly db: Database;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  /** Whether nobody was ever given a token: a first start, or one after a first start that was cut short. */
  readonly isNew: boolean;
}

/** The address cannot be listened on; the message says why and what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  /** Node's code, e.g. `EADDRINUSE`. */
  readonly code: string | undefined;

  constructor({ host, port }: Config, cause: NodeJS.ErrnoException) {
    const reason = cause.code === 'EADDRINUSE' ? 'another process listens there' : cause.message;
    super(`Cannot listen on port ${port} of ${host}: ${reason}. Set PORT or HOST to another.`, { cause });
    this.code = cause.code;
  }
}

/**
 * Puts the parts together and serves. Disposing shuts down in order (see shutDown), and closes the
 * database last.
 *
 * @throws {DatabaseStartError} When the database cannot be opened.
 * @throws {ListenError} When the address cannot be listened on.
 */
export async function startServer(config: Config, log: Logger): Promise<RunningServer> {
  const resources = new AsyncDisposableStack();
  try {
    const { db } = resources.use(await openDatabase(config.database));
    const isNew = (await db.apiToken.count()) === 0;
    const bus = resources.use(
      await openBus({
        url: config.busUrl,
        db,
        database: config.database,
        onLost: (error) => log.warn({ err: error }, 'the bus is lost; changes are found by polling'),
        onBack: () => log.info('the bus is back'),
      }),
    );
    if (config.seed === 'dossier') await seedDossier({ db, editor: 'dossier', wake: bus.wake });
    const onError = (error: unknown) => log.error({ err: error }, 'the feed log could not be read');
    const tail = resources.use(await startTail({ db, bus, pollInterval: POLL_INTERVAL, onError }));

    const authenticate = createAuthenticate(db, config.adminToken);
    const { corsOrigins, introspection } = config;
    const fanOut = createFanOut({
      tail,
      policy: config.slowSubscribers,
      onError: (error) => log.warn({ err: error }, 'an item of the feed could not be made; trying again'),
    });
    const shared = { db, wake: bus.wake };
    const maskError = createMaskError(log);
    const feed = createFeed({ tail, fanOut, heartbeat: HEARTBEAT, maskError });
    const graphql = createHttp({ shared, feed, authenticate, corsOrigins, introspection, maskError });
    const pages = [
      createHealth(db),
      createMetrics(tail, fanOut),
      ...(config.graphiql ? [createGraphiQL(GRAPHIQL)] : []),
    ];
    const listener = (request: IncomingMessage, response: ServerResponse) => {
      if (!pages.some((page) => page(request, response))) graphql(request, response);
    };

    const http = createServer(listener);
    await listen(http, config);
    // Not before: graphql-ws prints the error of a failed listen, which is for the caller to tell.
    const { patience } = config.slowSubscribers;
    const webSocket = startWebSocket({ http, graphql, feed, authenticate, patience });
    resources.defer(() => shutDown({ http, webSocket, fanOut, timeout: config.shutdownTimeout }));
    const disposal = resources.move();
    return {
      url: urlOf(http, config.host),
      db,
      tail,
      fanOut,
      isNew,
      [Symbol.asyncDispose]: () => disposal.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

function listen(http: Server, config: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: Error) => reject(new ListenError(config, error));
    http.once('error', refuse);
    const { port, host } = config;
    http.listen({ port, host, backlog: BACKLOG }, () => {
      http.off('error', refuse);
      resolve();
    });
  });
}

function urlOf(http: Server, host: string): string {
  const { port } = http.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}
