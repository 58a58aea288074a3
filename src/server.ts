import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AsyncDisposableStack } from '@whatwg-node/disposablestack';
import type { Logger } from 'pino';
import type { Config } from './config/config.js';
import { createMigrationCheck } from './database/migrate.js';
import type { Database, OpenDatabase } from './database/open.js';
import { ReferenceCache } from './domain/references/cache.js';
import { createFanOut, type FanOut } from './feed/fan-out/fan-out.js';
import type { Tail } from './feed/tail.js';
import { schema } from './graphql/schema.js';
import { openAuthenticate } from './http/auth/authenticate.js';
import { createReadingCookie } from './http/auth/reading-cookie.js';
import { createSessions, type Sessions } from './http/auth/sessions.js';
import { createAuthenticateRequest } from './http/auth/sign-in.js';
import { createResponseCache } from './http/cache/response-cache.js';
import { useResponseCache } from './http/cache/use-response-cache.js';
import type { Shared } from './http/context.js';
import { createCors } from './http/cross-origin/cors.js';
import { createHostCheck } from './http/cross-origin/host-check.js';
import { createTrustOf } from './http/cross-origin/origin-check.js';
import { createLogOrigin } from './http/cross-origin/origin-log.js';
import { createDesk } from './http/desk.js';
import { createSlots } from './http/execution/slots.js';
import { useSubscriptionRoot } from './http/execution/subscription-root.js';
import { createTurns, UNMEASURED } from './http/execution/turns.js';
import { useLifetime } from './http/execution/use-lifetime.js';
import { useWriteFence } from './http/execution/write-fence.js';
import { createGraphQLServer, useGraphQLJs, useNoIntrospection } from './http/execution/yoga.js';
import { createGraphiQL } from './http/graphiql.js';
import { createConcurrencyLimit } from './http/limits/concurrency.js';
import { createConnectionLimit } from './http/limits/connection-limit.js';
import { useCost } from './http/limits/cost.js';
import { useDocumentLimits } from './http/limits/document-limits.js';
import { createHoldings } from './http/limits/held-subscriptions.js';
import { chargeEntries, createRateLimiter, useRateLimit } from './http/limits/rate-limit.js';
import { createLinks } from './http/links/links.js';
import { listen, urlOf } from './http/listen.js';
import { loadPage } from './http/page/load.js';
import { createPageRoute } from './http/page/page.js';
import { createRedirect } from './http/page/redirect.js';
import { createSessionRoute } from './http/page/session.js';
import { createPipeline } from './http/pipeline.js';
import { createAddressOf } from './http/request/client-address.js';
import { loadPersistedDocuments } from './http/request/persisted-documents.js';
import { type Answer, createTextAnswer } from './http/response/answer.js';
import { createCompressor } from './http/response/compressor.js';
import { createMaskError, useMaskedResults } from './http/response/mask-error.js';
import { useWarnings } from './http/response/use-warnings.js';
import type { Route } from './http/route.js';
import { shutDown } from './http/shut-down.js';
import { watchSilentConnections } from './http/silent-connections.js';
import { createDeskSubscriptions } from './http/subscriptions/desk.js';
import { useFeed } from './http/subscriptions/subscribe.js';
import { createObservation } from './observe/observation.js';
import { createOperatorPages } from './observe/operator-pages.js';
import { startIntake } from './start/intake.js';
import { startRecord } from './start/record.js';
import { startWebSocket } from './websocket/websocket.js';

/** How often open sessions are checked against their tokens, in milliseconds. They end within 5 s. */
const SESSION_INTERVAL = 2_000;
const SCHEMA = new URL('../schema.graphql', import.meta.url);
const GRAPHIQL = fileURLToPath(new URL('../dist/graphiql', import.meta.url));
const DESK = fileURLToPath(new URL('../dist/desk', import.meta.url));
const PAGE = fileURLToPath(new URL('../dist/wire', import.meta.url));

export interface RunningServer extends AsyncDisposable {
  /** Where GraphQL is served, e.g. `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  readonly db: Database;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly sessions: Sessions;
  /** Whether the record has no token yet: this is a first start, or follows one that was interrupted. */
  readonly isNew: boolean;
  /** Resolves when the embedded database has failed. Dispose of the server and end the process then. */
  readonly failed: OpenDatabase['failed'];
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
    const { host, port, limits, isProduction } = config;
    const openTelemetry = config.traces ? await import('./observe/open-telemetry.js') : undefined;
    const traces = openTelemetry && resources.use(openTelemetry.createTraces(log));
    const observation = resources.use(createObservation(log, traces));
    const { metrics, registry } = observation;

    const record = await startRecord(config, log, resources);
    const { db, pool, lookUps, bus, tail, deskTail } = record;
    // Before the fan-out: listeners of the tail run in order, so the cache is cleared before clients hear of a change.
    const cache = resources.use(
      createResponseCache<Answer>({
        tail,
        maxBytes: config.responseCache,
        bytesOf: ({ size }) => size,
      }),
    );
    const limiter = createRateLimiter({
      points: limits.budget,
      seconds: limits.budgetSeconds,
      shared: config.database.kind === 'postgres' ? lookUps.pool : undefined,
      onError: (error) => log.error({ err: error }, 'the work of a client could not be charged'),
    });
    const feedLoop = createTurns();
    const feedTurns = { take: () => feedLoop.take('feed', UNMEASURED) }; // Groups go on in the order in which they came.
    const holdings = createHoldings(limits.subscriptionBytes);
    const fanOut = createFanOut({
      tail,
      policy: config.slowSubscribers,
      holdings,
      turns: feedTurns,
      charge: chargeEntries(limiter),
      onError: (error) => log.warn({ err: error }, 'the feed log could not be read; trying again'),
    });
    const intake = await startIntake({ config, log, record, registry }, resources);
    const sessions = resources.use(
      createSessions({
        db: lookUps.db,
        interval: SESSION_INTERVAL,
        onError: (error) =>
          log.warn({ err: error }, 'the tokens of open sessions cannot be looked up; they stay open'),
      }),
    );

    const turns = createTurns();
    const { requestTimeout } = limits;
    const { charge } = limiter;
    const { signingKey, publicUrl } = config;
    const slots = createSlots(pool.options.max);
    const references = new ReferenceCache();
    tail.onChange(() => references.forgetIds());
    const concurrency = createConcurrencyLimit(limits);
    const shared: Shared = {
      ...{ db, references, turns, slots, requestTimeout },
      ...{ charge, signingKey, publicUrl, intake, wake: bus.wake },
    };
    const maskError = createMaskError(limits);
    const desk = createDeskSubscriptions({
      ...{ shared, maskError, holdings },
      tail: deskTail,
      policy: config.slowSubscribers,
      charge: chargeEntries(limiter),
      onError: (error) => log.warn({ err: error }, 'the log of the desk could not be read; trying again'),
    });
    const rateLimit = { limits, limiter, metrics };
    const readMigrationState = createMigrationCheck(pool, log);
    const graphql = createGraphQLServer(schema, [
      useGraphQLJs(isProduction),
      useDocumentLimits(limits),
      useSubscriptionRoot(),
      ...(config.introspection ? [] : [useNoIntrospection()]),
      useCost({ schema, limits, hideSuggestions: isProduction }),
      useRateLimit(rateLimit),
      useResponseCache(cache, concurrency),
      useWriteFence(readMigrationState),
      useLifetime(),
      useFeed({ shared, tail, fanOut, desk, turns: feedTurns, maskError, hideSuggestions: isProduction }),
      useMaskedResults(maskError),
      useWarnings(),
    ]);

    const { embedOrigins } = config;
    const site = {
      publicUrl,
      hasGraphiQL: config.graphiql,
      canEmbed: embedOrigins.length > 0,
      hasSessions: config.readRequiresToken,
    };
    const page = config.page ? await loadPage(PAGE, site) : undefined;
    const pageRoute =
      page &&
      resources.use(
        createPageRoute({
          ...{ pages: page.pages, styleHashes: page.styleHashes, publicUrl, embedOrigins, rateLimit, tail },
          maxBytes: config.responseCache / 4,
        }),
      );

    const authenticate = await openAuthenticate({ db: lookUps.db, log, ...config });
    const readingCookie = page && config.readRequiresToken ? createReadingCookie(publicUrl) : undefined;
    const trustOf = createTrustOf(config.corsOrigins);
    let isEnding = false;
    const parts = {
      ...{ shared, turns, limits, graphql, sessions, observation, metrics, maskError },
      addressOf: createAddressOf(config.trustedProxies),
      checkHost: createHostCheck(config.allowedHosts),
      trustOf,
      logOrigin: createLogOrigin(log),
      connectionLimit: createConnectionLimit(limits.socketsPerAddress),
      ...{ authenticate, readingCookie },
      authenticateRequest: createAuthenticateRequest(authenticate, readingCookie),
      documents: loadPersistedDocuments(config.persistedDocuments),
    };
    const pageRoutes: Route[] = pageRoute ? [pageRoute] : [];
    if (pageRoute && readingCookie) {
      const { isFor: isPage, refuse } = pageRoute;
      pageRoutes.push(createSessionRoute({ authenticate, cookie: readingCookie, isPage, refuse }));
    }
    const links = createLinks({ ...parts, cache, rateLimit, tail, publicUrl });
    const pipeline = createPipeline({
      ...parts,
      pages: [
        ...createOperatorPages({
          ...{ log, db, pool, tail, fanOut, registry, cache, slots, concurrency, readMigrationState },
          isEnding: () => isEnding,
        }),
        ...(config.graphiql ? [createGraphiQL(GRAPHIQL)] : []),
        ...(config.desk ? [createDesk(DESK)] : []),
        ...(page ? [page.assets] : config.graphiql ? [createRedirect('/graphql')] : []),
      ],
      routes: [...links, ...pageRoutes],
      corsHeaders: createCors(config.corsOrigins, trustOf),
      maxAge: config.persistedDocuments.maxAge,
      schemaText: config.introspection ? createTextAnswer(readFileSync(SCHEMA, 'utf8')) : undefined,
      compressor: createCompressor((error) => log.warn({ err: error }, 'an answer could not be compressed')),
      cache,
      rateLimit,
      streams: parts,
    });
    const { receiveTimeout } = limits;
    const { keepAliveTimeout } = config;
    const http = await listen(pipeline, { host, port, receiveTimeout, keepAliveTimeout });
    const silent = watchSilentConnections(http);
    const webSocket = startWebSocket({ ...parts, http, slowSubscribers: config.slowSubscribers });
    resources.defer(() => {
      isEnding = true;
      return shutDown({
        http,
        silent,
        webSocket,
        subscriptions: [fanOut, desk],
        timeout: config.shutdownTimeout,
      });
    });
    const disposal = resources.move();
    const dispose = () => disposal.disposeAsync();
    return {
      ...{ url: urlOf(http, host), db, tail, fanOut, sessions, isNew: record.isNew, failed: record.failed },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await resources.disposeAsync();
    throw error;
  }
}
