import { fileURLToPath } from 'node:url';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Logger } from 'pino';
import type { Config } from './config/load.js';
import { type Database, openDatabase } from './database/open.js';
import { ReferenceCache } from './domain/references/cache.js';
import { hasTokens } from './domain/token.js';
import { openBus } from './feed/bus/open.js';
import { createFanOut, type FanOut } from './feed/fan-out.js';
import { startTail, type Tail } from './feed/tail.js';
import { openAuthenticate } from './http/auth/authenticate.js';
import { createSessions, type Sessions } from './http/auth/sessions.js';
import { createIdentification } from './http/auth/use-identity.js';
import { createResponseCache } from './http/cache/response-cache.js';
import { createFeed } from './http/feed.js';
import { createFront } from './http/gate/front.js';
import { createGuard } from './http/gate/guard.js';
import { createGraphiQL } from './http/graphiql.js';
import { corsOptionsOf, createHttp } from './http/graphql-server.js';
import { listen, urlOf } from './http/listen.js';
import { createMaskError } from './http/mask-error.js';
import { loadPersistedDocuments } from './http/persisted-documents.js';
import type { Answer } from './http/queries/answer.js';
import { createAnswerQuery } from './http/queries/answer-queries.js';
import { createSettled } from './http/queries/settled.js';
import { shutDown } from './http/shut-down.js';
import { createObservation } from './observe/observation.js';
import { observeHttp } from './observe/observe-http.js';
import { createOperatorPages } from './observe/pages.js';
import { startWebSocket } from './websocket/websocket.js';

/** How often the log is looked at without a wake-up, in milliseconds: what a lost wake-up costs at most. */
const POLL_INTERVAL = 500;
/** How often open sessions are held to their tokens, in milliseconds: with a look of the database, within 5 s. */
const SESSION_INTERVAL = 2_000;
/** How often an idle event stream sends a comment, in milliseconds. */
const HEARTBEAT = 12_000;
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
    const openTelemetry = config.traces ? await import('./observe/open-telemetry.js') : undefined;
    const traces = openTelemetry && resources.use(openTelemetry.createTraces(ownLog));
    const observation = createObservation(ownLog, traces);
    const { log, calls, figures } = observation;
    const { db, pool } = resources.use(
      await openDatabase(config.database, {
        statementTimeout: config.limits.requestTimeout * 1_000,
        image: config.seed,
      }),
    );
    if (traces) db.onStatement((statement) => calls.current()?.span?.statement(statement));
    const isNew = !(await hasTokens(db));
    const bus = resources.use(
      await openBus({
        url: config.busUrl,
        db,
        database: config.database,
        onLost: (error) => log.warn({ err: error }, 'the bus is lost; changes are found by polling'),
        onBack: () => log.info('the bus is back'),
      }),
    );
    if (config.seed === 'dossier') {
      const { seedDossier } = await import('./dossier/load.js');
      await seedDossier({ db, editor: 'dossier', wake: bus.wake });
    }
    const onError = (error: unknown) => log.error({ err: error }, 'the feed log could not be read');
    const tail = resources.use(await startTail({ db, bus, pollInterval: POLL_INTERVAL, onError }));
    const cache = resources.use(
      createResponseCache<Answer>({
        tail,
        maxBytes: config.responseCache,
        bytesOf: ({ body }) => body.length,
      }),
    );

    const authenticate = await openAuthenticate({ db, log, ...config });
    const identification = createIdentification(authenticate);
    const sessions = resources.use(
      createSessions({
        db,
        interval: SESSION_INTERVAL,
        onError: (error) =>
          log.warn({ err: error }, 'the tokens of open sessions cannot be looked up; they stay open'),
      }),
    );
    const { corsOrigins, introspection, isProduction, limits, persistedDocuments } = config;
    const guard = createGuard({
      limits,
      corsOrigins,
      trustedProxies: config.trustedProxies,
      shared: config.database.kind === 'postgres' ? pool : undefined,
      watch: observation,
      refused: figures.refused,
    });
    const fanOut = createFanOut({
      tail,
      policy: config.slowSubscribers,
      onError: (error) => log.warn({ err: error }, 'an item of the feed could not be made; trying again'),
    });
    const maskError = createMaskError(log, { requestTimeout: limits.requestTimeout, isProduction });
    const { identify } = identification;
    const feed = createFeed({
      ...{ tail, fanOut, sessions, identify, maskError },
      crowd: guard.door.crowd,
      heartbeat: HEARTBEAT,
    });
    const documents = loadPersistedDocuments(persistedDocuments);
    const shared = { db, wake: bus.wake };
    const cors = corsOptionsOf(corsOrigins);
    const settled = createSettled();
    const { maxAge } = persistedDocuments;
    const graphql = createHttp({
      ...{ shared, guard, feed, identification, documents, cors, introspection, maskError, maxAge },
      observer: observation.plugin,
      settled: settled.plugin,
    });
    const { noted } = observation;
    const answerQuery = createAnswerQuery({
      references: new ReferenceCache(),
      ...{
        shared,
        guard,
        documents,
        settled,
        cache,
        cors,
        maxAge,
        authenticate,
        introspection,
        maskError,
        noted,
      },
    });
    let isEnding = false;
    const { registry } = observation;
    const pages = [
      ...createOperatorPages({ db, pool, tail, fanOut, registry, cache, isEnding: () => isEnding }),
      ...(config.graphiql ? [createGraphiQL(GRAPHIQL)] : []),
    ];
    const listener = observeHttp(calls, {
      page: (request, response) => pages.some((page) => page(request, response)),
      graphql: createFront(guard, { answerQuery, graphql }),
    });

    const { host, port } = config;
    const http = await listen(listener, { host, port, receiveTimeout: limits.receiveTimeout });
    const webSocket = startWebSocket({
      ...{ http, graphql, feed, authenticate, sessions, guard, documents, maskError, observation },
      patience: config.slowSubscribers.patience,
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
