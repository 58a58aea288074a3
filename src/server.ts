import { createServer, type Server, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Logger } from 'pino';
import type { Config } from './config.js';
import { isMigrated } from './database/migrate.js';
import { type Database, openDatabase } from './database/open.js';
import { createProbe, keepTrue } from './database/probe.js';
import { seedDossier } from './dossier/load.js';
import { openBus } from './feed/bus/open.js';
import { createFanOut, type FanOut } from './feed/fan-out.js';
import { readLag } from './feed/lag.js';
import { startTail, type Tail } from './feed/tail.js';
import { createFeed } from './transport/feed.js';
import { createAddressOf } from './transport/gate/address.js';
import { createBudget } from './transport/gate/budget.js';
import { createCrowd } from './transport/gate/crowd.js';
import { createFront } from './transport/gate/front.js';
import { createGate } from './transport/gate/gate.js';
import type { Limits } from './transport/gate/limits.js';
import { createIsWelcome } from './transport/gate/origin.js';
import { createGraphiQL } from './transport/graphiql.js';
import { createHttp } from './transport/http.js';
import { createAuthenticate } from './transport/identity/authenticate.js';
import { createSessions, type Sessions } from './transport/identity/sessions.js';
import { createIdentification } from './transport/identity/use-identity.js';
import { createMaskError } from './transport/mask-error.js';
import { createHealth } from './transport/observe/health.js';
import { createMetrics } from './transport/observe/metrics.js';
import { createObservation } from './transport/observe/observation.js';
import { observeHttp } from './transport/observe/observe-http.js';
import { startTraces } from './transport/observe/traces.js';
import { createPersistedDocuments, loadManifest } from './transport/persisted-documents.js';
import { shutDown } from './transport/shut-down.js';
import { startWebSocket } from './transport/websocket/websocket.js';

/** How often the log is looked at without a wake-up, in milliseconds: what a lost wake-up costs at most. */
const POLL_INTERVAL = 500;
/** How often open sessions are held to their tokens, in milliseconds: with a look of the database, within 5 s. */
const SESSION_INTERVAL = 2_000;
/** How often an idle event stream sends a comment, in milliseconds. */
const HEARTBEAT = 12_000;
/** Connections that may wait to be accepted: all subscribers come back at once after a restart. */
const BACKLOG = 4_096;
/** How long the database may take to say how it is, in milliseconds. */
const PROBE_TIMEOUT = 2_000;
/** How long it is taken for migrated without another look, in milliseconds. */
const MIGRATIONS_INTERVAL = 30_000;
const GRAPHIQL = fileURLToPath(new URL('../dist/graphiql', import.meta.url));

export interface RunningServer extends AsyncDisposable {
  /** Where GraphQL is served, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly db: Database;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly sessions: Sessions;
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
export async function startServer(config: Config, ownLog: Logger): Promise<RunningServer> {
  const resources = new AsyncDisposableStack();
  try {
    const traces = config.traces ? resources.use(await startTraces(ownLog)) : undefined;
    const observation = createObservation(ownLog, traces);
    const { log, calls, figures } = observation;
    const { db, pool } = resources.use(
      await openDatabase(config.database, { statementTimeout: config.limits.requestTimeout * 1_000 }),
    );
    if (traces) db.$on('query', (statement) => calls.current()?.span?.statement(statement));
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

    const authenticate = createAuthenticate({ db, log, ...config });
    const identification = createIdentification(authenticate);
    const sessions = resources.use(
      createSessions({
        db,
        interval: SESSION_INTERVAL,
        onError: (error) =>
          log.warn({ err: error }, 'the tokens of open sessions cannot be looked up; they stay open'),
      }),
    );
    const { corsOrigins, introspection, limits } = config;
    const fanOut = createFanOut({
      tail,
      policy: config.slowSubscribers,
      onError: (error) => log.warn({ err: error }, 'an item of the feed could not be made; trying again'),
    });
    const shared = { db, wake: bus.wake };
    const maskError = createMaskError(log, {
      requestTimeout: limits.requestTimeout,
      isProduction: config.isProduction,
    });
    const { identify } = identification;
    const crowd = createCrowd(limits.socketsPerAddress);
    const feed = createFeed({ tail, fanOut, sessions, crowd, identify, heartbeat: HEARTBEAT, maskError });
    const budget = createBudget(limits.budget, config.database.kind === 'postgres' ? pool : undefined);
    const gate = createGate(limits, budget, observation);
    const addressOf = createAddressOf(config.trustedProxies);
    const isWelcome = createIsWelcome(corsOrigins);
    const { file, isExclusive } = config.persistedDocuments;
    const trusted = file === undefined ? new Map<string, string>() : loadManifest(file);
    const documents = createPersistedDocuments({ trusted, isExclusive });
    const graphql = createHttp({
      ...{ shared, feed, identification, corsOrigins, introspection, maskError },
      observer: observation.plugin,
      ...{ gate, limits, addressOf, documents, maxAge: config.persistedDocuments.maxAge },
    });
    const lag = createProbe(() => readLag(db, tail), PROBE_TIMEOUT);
    const migrations = keepTrue(
      createProbe(() => isMigrated(pool), PROBE_TIMEOUT),
      MIGRATIONS_INTERVAL,
    );
    let isEnding = false;
    const pages = [
      createHealth({ lag, migrations, isEnding: () => isEnding }),
      createMetrics({ registry: observation.registry, tail, fanOut, lag, pool }),
      ...(config.graphiql ? [createGraphiQL(GRAPHIQL)] : []),
    ];
    const listener = observeHttp(calls, {
      page: (request, response) => pages.some((page) => page(request, response)),
      graphql: createFront({ limits, isWelcome, refused: figures.refused }, graphql),
    });

    const http = createServer(receiving(limits), listener);
    await listen(http, config);
    // Not before: graphql-ws prints the error of a failed listen, which is for the caller to tell.
    const { patience } = config.slowSubscribers;
    const webSocket = startWebSocket({
      ...{ http, graphql, feed, authenticate, sessions, gate, limits, patience, maskError },
      documents,
      door: { isWelcome, addressOf, crowd, refused: figures.refused },
      observation,
    });
    resources.defer(() => {
      isEnding = true;
      return shutDown({ http, webSocket, fanOut, timeout: config.shutdownTimeout });
    });
    const disposal = resources.move();
    return {
      url: urlOf(http, config.host),
      db,
      tail,
      fanOut,
      sessions,
      isNew,
      [Symbol.asyncDispose]: () => disposal.disposeAsync(),
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}

/** How node:http receives requests: who sends too slowly is answered 408 and cut off. */
function receiving({ receiveTimeout }: Limits): ServerOptions {
  const time = receiveTimeout * 1_000;
  return {
    headersTimeout: time,
    requestTimeout: time,
    connectionsCheckingInterval: Math.min(time / 2, 5_000),
  };
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
