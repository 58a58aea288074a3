import { KEPT_COST } from '../../graphql/cost.js';
import { cacheKeyOf } from '../cache/cache-key.js';
import type { ResponseCache } from '../cache/response-cache.js';
import { createPartContext, type RequestContext, type Shared } from '../context.js';
import { chargeHit, type RateLimitOptions } from '../limits/rate-limit.js';
import type { Answer } from '../response/answer.js';
import { prepareOperation } from './operation.js';
import type { GraphQLServer } from './yoga.js';

export interface AskOptions {
  readonly shared: Shared;
  readonly cache: ResponseCache<Answer>;
  readonly rateLimit: RateLimitOptions;
  readonly graphql: GraphQLServer;
}

/**
 * Executes a query of the server's own for a request. It passes the same plugins as a query that the client sends: limits,
 * cost, budget, response cache.
 *
 * @returns The data.
 * @throws {GraphQLError | AggregateError} If the query is refused or has errors.
 */
export type Ask = (query: string, variables: Readonly<Record<string, unknown>>) => Promise<unknown>;

export function createAsk({ shared, cache, rateLimit, graphql }: AskOptions, request: RequestContext): Ask {
  return async (query, variables) => {
    const context = createPartContext(shared, request);
    context.params = { query, variables };
    context.query = query;
    context.cacheKey = cacheKeyOf(context);
    const hit = context.cacheKey === undefined ? undefined : cache.find(context.cacheKey);
    if (hit && (await chargeHit(rateLimit, context, KEPT_COST))) return dataOf(hit);
    const operation = await prepareOperation(graphql, context);
    const { data, errors } = await operation.execute(operation.args);
    context.lifetime.check();
    if (errors) throw new AggregateError(errors);
    return data ?? (context.answer && dataOf(context.answer));
  };
}

const dataOf = ({ body }: Answer): unknown => JSON.parse(`${body}}`).data;
