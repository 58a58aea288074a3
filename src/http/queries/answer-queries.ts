import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import { canEdit, type Viewer } from '../../domain/access.js';
import type { ReferenceCache } from '../../domain/references/cache.js';
import type { Context } from '../../graphql/context.js';
import { schema } from '../../graphql/schema.js';
import type { Authenticate } from '../auth/authenticate.js';
import { IdentityRefusedError } from '../auth/identity.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { checkVariables } from '../gate/check-variables.js';
import type { CostReport, GuardedContext } from '../gate/gate.js';
import type { Guard } from '../gate/guard.js';
import type { CorsOptions } from '../graphql-server.js';
import type { Found, PersistedDocuments } from '../persisted-documents.js';
import { type Answer, createAnswer } from './answer.js';
import { createExecuteQuery } from './compile.js';
import { mediaTypeFor } from './media-type.js';
import { createPrepareQuery } from './prepare.js';
import { type QueryParams, readParams } from './read-params.js';
import { sendAnswer } from './send-answer.js';
import type { Settled } from './settled.js';

export interface QueriesOptions {
  readonly guard: Guard;
  readonly shared: Pick<Context, 'db' | 'wake'>;
  /** For queries alone: a mutation must be shown what it has just written. */
  readonly references: ReferenceCache;
  readonly documents: PersistedDocuments;
  readonly settled: Settled;
  readonly cache: ResponseCache<Answer>;
  readonly cors: CorsOptions;
  /** How long caches may keep what a GET by a persisted document's id is answered, in seconds. */
  readonly maxAge: number;
  readonly authenticate: Authenticate;
  readonly introspection: boolean;
  maskError(error: unknown): Error;
  /** Told of each query before it is answered. */
  noted(args: Pick<ExecutionArgs, 'document' | 'operationName' | 'contextValue'>): void;
}

/**
 * Answers a request whose head has been checked and whose body has been read, where it is a sound query.
 *
 * @returns Whether it did. All else is for the GraphQL server, as are errors, those of an execution included.
 */
export type AnswerQuery = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * The short way of queries: they are held to the same limits and rules of access as on the GraphQL server's own way,
 * executed by the same schema, and answered the same. What is left out is what that server does for requests of any
 * kind, on any runtime, several times as much work as the answer to a usual query.
 */
export function createAnswerQuery(options: QueriesOptions): AnswerQuery {
  const {
    guard,
    shared,
    references,
    documents,
    settled,
    cache,
    cors,
    maxAge,
    authenticate,
    maskError,
    noted,
  } = options;
  const { gate, door, limits } = guard;
  const prepare = createPrepareQuery(schema, limits, options.introspection);
  const execute = createExecuteQuery(schema);

  /** Executes a query; undefined where that comes to errors, with which the request is settled. */
  const make = async (request: IncomingMessage, args: ExecutionArgs): Promise<Made | undefined> => {
    const refusal = await gate.admit(args);
    const result = refusal ? { errors: [refusal] } : await gate.run(args, execute);
    if (result.data && !result.errors) {
      return { answer: createAnswer(result.data), cost: result.extensions?.['cost'] as CostReport };
    }
    const errors = result.errors?.map((error) => maskError(error) as GraphQLError);
    settled.settle(request, { ...result, ...(errors && { errors }) });
    return undefined;
  };

  return async (request, response) => {
    const params = readParams(request);
    const mediaType = mediaTypeFor(request.headers.accept);
    const found = params && mediaType && find(documents, params);
    const { operationName = null, variables = null } = params ?? {};
    const document = found && prepare(found.query, operationName);
    // Variables that are nested too deep could not even be made a key of.
    if (!found || !document || !mediaType || checkVariables(variables)) return false;
    const viewer = await viewerOf(authenticate, request);
    if (!viewer) return false;

    const context: GuardedContext = { ...shared, references, viewer, address: door.addressOf(request) };
    noted({ document, operationName, contextValue: context });
    const isPublic = request.headers.authorization === undefined;
    const freshness = { isPublic, maxAge: isPublic && found.isPersisted ? maxAge : 0 };
    const send = ({ answer, cost }: Made) =>
      sendAnswer(request, response, { answer, cost, mediaType, cors, freshness });

    const key = `${operationName ?? ''}\n${JSON.stringify(variables)}\n${found.query}`;
    const sendCached = async (answer: Answer) => {
      const cost = await gate.admitKept(context);
      if (cost) send({ answer, cost });
      return cost !== undefined;
    };
    const args = { schema, document, operationName, variableValues: variables, contextValue: context };
    let made: Made | undefined;
    let hasRun = false;
    const run = async () => {
      hasRun = true;
      made = await make(request, args);
      return made?.answer;
    };
    // Drafts change without the feed.
    if (!canEdit(viewer)) {
      const cached = cache.find(key) ?? (await cache.share(key, run));
      if (cached && !hasRun) return sendCached(cached);
    }
    if (!hasRun) await run();
    if (made) send(made);
    return made !== undefined;
  };
}

interface Made {
  readonly answer: Answer;
  readonly cost: CostReport;
}

/** The document that a request names or brings; undefined where it may not be executed. */
function find(documents: PersistedDocuments, params: QueryParams): Found | undefined {
  try {
    return documents.find(params);
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}

/** Undefined for one who is not let in. */
async function viewerOf(authenticate: Authenticate, request: IncomingMessage): Promise<Viewer | undefined> {
  try {
    return (await authenticate(request.headers.authorization)).viewer;
  } catch (error) {
    if (error instanceof IdentityRefusedError) return undefined;
    throw error;
  }
}
