import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isAnonymous } from '../domain/access.js';
import { KEPT_COST } from '../graphql/cost.js';
import type { Call } from '../observe/call.js';
import type { Observation } from '../observe/observation.js';
import type { Page } from '../observe/operator-pages.js';
import type { Outcome } from '../observe/outcome.js';
import { REQUEST_ID, requestIdOf } from '../observe/request-id.js';
import type { Identity } from './auth/identity.js';
import { type AuthenticateRequest, signIn } from './auth/sign-in.js';
import { cacheKeyOf } from './cache/cache-key.js';
import type { ResponseCache } from './cache/response-cache.js';
import { createRequestContext, type Shared } from './context.js';
import type { CorsHeaders } from './cross-origin/cors.js';
import { createAsk } from './execution/ask.js';
import { type Operation, prepareOperation } from './execution/operation.js';
import type { GraphQLServer } from './execution/yoga.js';
import type { Limits } from './limits/limits.js';
import { chargeHit, type RateLimitOptions } from './limits/rate-limit.js';
import { isGraphQLPath } from './listen.js';
import { acceptedTypes, EVENT_STREAM, JSON_TYPE, notAcceptable, notAStreamReader } from './request/accept.js';
import { BodyAbortedError, readBody } from './request/body.js';
import { bodyLimitOf, isUpload } from './request/body-limit.js';
import { checkHead, type HeadChecks, isSchemaPath, methodsOf } from './request/check-head.js';
import type { AddressOf } from './request/client-address.js';
import { paramsOfBody, paramsOfUrl } from './request/params.js';
import type { PersistedDocuments } from './request/persisted-documents.js';
import type { Answer } from './response/answer.js';
import type { Compressor } from './response/compressor.js';
import { errorsIn, type MaskError } from './response/mask-error.js';
import { refuse } from './response/refusal.js';
import {
  baseHeaders,
  type Exchange,
  type Freshness,
  sendAnswer,
  sendErrors,
  sendResult,
  sendSchema,
} from './response/send.js';
import { pathOf, type Route } from './route.js';
import { openEventStream, type StreamOptions, streamSubscription } from './subscriptions/stream.js';

export interface PipelineOptions extends HeadChecks {
  readonly observation: Observation;
  /** Pages that are not GraphQL: health, metrics, GraphiQL. */
  readonly pages: readonly Page[];
  readonly shared: Shared;
  readonly limits: Limits;
  readonly addressOf: AddressOf;
  readonly corsHeaders: CorsHeaders;
  readonly authenticateRequest: AuthenticateRequest;
  readonly documents: PersistedDocuments;
  /** How long caches may keep what a GET by a persisted document's id is answered, in seconds. */
  readonly maxAge: number;
  readonly cache: ResponseCache<Answer>;
  readonly rateLimit: RateLimitOptions;
  readonly graphql: GraphQLServer;
  readonly streams: StreamOptions;
  readonly compressor: Compressor;
  readonly maskError: MaskError;
}

/**
 * Creates the listener for HTTP requests. Each request takes these steps in this order:
 *
 * 1. A page that is not GraphQL answers it: health, metrics, GraphiQL, files. All pages need an allowed host.
 * 2. It gets its context, with an id, the client's address and a call record.
 * 3. Its target and method are checked, then its host, origin, CSRF and CORS: all by its head. `/schema.graphql` and the
 *    routes, such as the public page, are answered then, after authentication. A route executes queries of its own by
 *    steps 7 and 8: see execution/ask.ts.
 * 4. Its parameters are read from the URL or the body.
 * 5. It is authenticated: before step 4 if the body is longer than others may be, for only editors may send such a body.
 * 6. Its document is found, sent or persisted.
 * 7. A hit in the response cache is sent.
 * 8. Yoga's plugins take all others: document limits, validation, cost, rate limit, then the execution with its
 *    deadline and response cache, and the masking of errors. The composition root lists them.
 * 9. The result is compressed and sent, or streamed.
 *
 * All of it ends when the time is over or the client has gone: see execution/lifetime.ts.
 *
 * An operation on a WebSocket takes steps 2, 5, 6 and 8: see websocket/websocket.ts.
 */
export function createPipeline(options: PipelineOptions): RequestListener {
  const { observation, pages, checkHost } = options;
  return (request, response) => {
    const requestId = requestIdOf(request.headers);
    const isPage = mayBePage(request) && !checkHost(request);
    if (isPage && answerPage(observation, pages, requestId, request, response)) return;
    const call = observation.beginCall('http', requestId, request.headers);
    const exchange = createExchange(options, call, request, response);
    const { lifetime } = exchange.context;
    response.once('close', () => {
      call.end(outcomeBy(response), httpPart(request, response));
      if (!response.writableFinished) lifetime.leave();
    });
    lifetime
      .within(answer(options, exchange))
      .catch((error: unknown) => refuseRequest(options, exchange, error))
      .finally(() => lifetime[Symbol.dispose]());
  };
}

function createExchange(
  { shared, addressOf, corsHeaders, cache, compressor }: PipelineOptions,
  call: Call,
  request: IncomingMessage,
  response: ServerResponse,
): Exchange {
  const headers = baseHeaders({ [REQUEST_ID]: call.requestId, ...corsHeaders(request) });
  const lastEventId = request.headers['last-event-id'];
  const context = createRequestContext(shared, {
    call,
    address: addressOf(request),
    isReadOnly: request.method === 'GET' || request.method === 'HEAD',
    resumeFrom: typeof lastEventId === 'string' ? lastEventId : undefined,
    openOutlet: (hasIds) => {
      context.lifetime.check();
      // Checked here, so that the errors of the subscription itself come first.
      if (!acceptedTypes(request).includes(EVENT_STREAM)) throw notAStreamReader();
      return openEventStream(response, headers, hasIds);
    },
  });
  return { request, response, context, headers, compressor, cache };
}

async function answer(options: PipelineOptions, exchange: Exchange): Promise<void> {
  const { limits, documents, cache, rateLimit, graphql, maxAge } = options;
  const { request, response, context } = exchange;
  const identify = () => options.authenticateRequest(request);

  checkHead(options, request);
  const route = routeOf(options, request);
  if (request.method === 'OPTIONS') {
    context.unpaid = 0;
    const Allow = methodsOf(route, request.url).join(', ');
    response.writeHead(204, { ...exchange.headers, Allow }).end();
    return;
  }
  if (isSchemaPath(request.url)) {
    await answerSchema(options, exchange);
    return;
  }
  if (route) {
    if (!route.isOpen) await signIn(context, identify);
    await route.answer(exchange, createAsk(options, context));
    return;
  }
  const uploader = isUpload(request, limits) ? await signIn(context, identify) : undefined;
  context.params = context.isReadOnly
    ? paramsOfUrl(request.url ?? '')
    : paramsOfBody(await readBody(request, bodyLimitOf(limits, uploader?.viewer)));

  const identity = uploader ?? (await signIn(context, identify));

  const { query, isPersisted } = documents.find(context.params);
  context.query = query;

  const types = acceptedTypes(request);
  if (types.length === 0) throw notAcceptable();
  const [mediaType = JSON_TYPE] = types;
  const isPublic = isAnonymous(context.viewer);
  const freshness: Freshness = { isPublic, maxAge: isPublic && isPersisted ? maxAge : 0 };

  context.cacheKey = cacheKeyOf(context);
  const hit = context.cacheKey === undefined ? undefined : cache.find(context.cacheKey);
  if (hit && mediaType !== EVENT_STREAM && (await chargeHit(rateLimit, context, KEPT_COST))) {
    await sendAnswer(exchange, hit, mediaType, freshness);
    return;
  }

  const operation = await prepareOperation(graphql, context);
  const result = operation.isSubscription
    ? await stream(options, exchange, operation, identity)
    : await operation.execute(operation.args);
  context.lifetime.check(); // An answer has been sent if it is over.
  if (result) await sendResult(exchange, result, mediaType, freshness);
}

const routeOf = ({ routes }: PipelineOptions, { url }: IncomingMessage): Route | undefined =>
  routes.find((route) => route.isFor(pathOf(url)));

/** Sends the schema to those who may read. */
async function answerSchema(options: PipelineOptions, exchange: Exchange): Promise<void> {
  const { request, context } = exchange;
  await signIn(context, () => options.authenticateRequest(request));
  const { schemaText } = options;
  if (schemaText) await sendSchema(exchange, schemaText, isAnonymous(context.viewer));
}

async function stream(
  { streams }: PipelineOptions,
  exchange: Exchange,
  operation: Operation,
  identity: Identity,
): Promise<ExecutionResult | undefined> {
  if (exchange.request.method === 'HEAD') {
    const message = 'Expected GET or POST: the answer to a subscription does not end.';
    throw refuse(message, { code: 'METHOD_NOT_ALLOWED' }, { status: 405, headers: { Allow: 'GET, POST' } });
  }
  return streamSubscription(streams, exchange, operation, identity);
}

/** Sends the errors for which a request was not executed. */
async function refuseRequest(options: PipelineOptions, exchange: Exchange, thrown: unknown): Promise<void> {
  const { request, response, context } = exchange;
  if (thrown instanceof BodyAbortedError || response.destroyed) {
    response.destroy();
    return;
  }
  const errors = errorsIn(thrown).map((error) => options.maskError(error, context));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const [mediaType = JSON_TYPE] = acceptedTypes(request);
  const sent =
    routeOf(options, request)?.refuse(exchange, errors) ?? sendErrors(exchange, { errors }, mediaType);
  // Reads on: a client that still sends its body would not read the answer on a closed connection.
  request.resume();
  await sent;
}

/** Leaves out most requests for GraphQL: once a header was set, Node no longer writes all headers of a response at once. */
const mayBePage = ({ method, url = '' }: IncomingMessage): boolean =>
  method !== 'POST' || !isGraphQLPath(url);

/** Answers a request that is not for GraphQL. It is not counted among the requests, and only logged. */
function answerPage(
  { log }: Observation,
  pages: readonly Page[],
  requestId: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const began = performance.now();
  response.setHeader(REQUEST_ID, requestId);
  if (!pages.some((page) => page(request, response))) {
    response.removeHeader(REQUEST_ID); // GraphQL's answers have it among their own headers.
    return false;
  }
  response.once('close', () => {
    const ms = Math.round(performance.now() - began);
    log.debug({ requestId, ...httpPart(request, response), ms }, 'request');
  });
  return true;
}

/** How much of a path the log keeps, in UTF-16 code units. */
const MAX_PATH = 200;

/** Without the query string: it may hold anything, such as tokens that were put there by mistake. */
function httpPart({ method = '', url = '' }: IncomingMessage, { statusCode }: ServerResponse) {
  return { method, path: url.split('?')[0]?.slice(0, MAX_PATH) ?? '', status: statusCode };
}

function outcomeBy({ statusCode, writableFinished }: ServerResponse): Outcome {
  if (!writableFinished) return 'aborted';
  if (statusCode < 400) return 'ok';
  return statusCode < 500 ? 'refused' : 'failed';
}
