import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestMetrics } from '../../observe/request-metrics.js';
import type { RequestContext, RequestPlugin } from '../context.js';
import { refuse } from '../response/refusal.js';
import type { Limits } from './limits.js';

const MINUTE = 60;

interface Spent {
  readonly isOver: boolean;
  /** Points that are left until the minute is over. */
  readonly remaining: number;
  /** Until there are points again, in seconds. */
  readonly retryAfter: number;
}

/** Counts what each client spends in a minute. */
export interface RateLimiter {
  /** Never rejects: without the shared table each instance counts by itself. */
  spend(client: string, points: number): Promise<Spent>;
}

/**
 * Creates the limiter; a client's minute begins with its first request.
 *
 * Small requests of a client are settled with the shared count together, up to a thousandth of the budget:
 * a client can have that much more on each instance.
 *
 * @param points The budget of a client for a minute.
 * @param shared Where instances count together, in the table `client_budget`; undefined where each counts by itself.
 */
export function createRateLimiter(points: number, shared: Pool | undefined): RateLimiter {
  const alone = new RateLimiterMemory({ keyPrefix: '', points, duration: MINUTE });
  const limiter = shared
    ? new RateLimiterPostgres({
        storeClient: shared,
        storeType: 'pool',
        keyPrefix: '',
        tableName: 'client_budget',
        tableCreated: true,
        points,
        duration: MINUTE,
        // A client above its budget costs the database nothing more.
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: alone,
      })
    : alone;
  const small = Math.floor(points / 1_000);
  const accounts = new LRUCache<string, Account>({ max: 10_000 });

  const consume = async (client: string, cost: number): Promise<Spent> => {
    const before = accounts.get(client);
    if (before) before.unsettled = 0; // Spending from here on is not in `cost`.
    let isOver = false;
    const spent = await limiter.consume(client, cost).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      isOver = true;
      return refused;
    });
    const { remainingPoints: remaining, msBeforeNext } = spent;
    const unsettled = accounts.get(client)?.unsettled ?? 0;
    accounts.set(client, { remaining, unsettled, ends: performance.now() + msBeforeNext });
    return { isOver, remaining, retryAfter: secondsOf(msBeforeNext) };
  };

  return {
    spend: async (client, cost) => {
      const account = accounts.get(client);
      const isOpen = account !== undefined && performance.now() < account.ends;
      const unsettled = (isOpen ? account.unsettled : 0) + cost;
      if (!isOpen || unsettled > Math.min(small, account.remaining)) return consume(client, unsettled);
      account.unsettled = unsettled;
      const retryAfter = secondsOf(account.ends - performance.now());
      return { isOver: false, remaining: account.remaining - unsettled, retryAfter };
    },
  };
}

/** A client's minute, as this instance knows it. */
interface Account {
  /** The points left when the shared count was last read. */
  readonly remaining: number;
  /** The points spent since. */
  unsettled: number;
  /** When the minute is over, on the clock of `performance.now()`. */
  readonly ends: number;
}

const secondsOf = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1_000));

export interface RateLimitOptions {
  readonly limits: Limits;
  readonly limiter: RateLimiter;
  readonly metrics: RequestMetrics;
}

/** Takes the price of each operation from its client's budget, and refuses those above it. */
export function useRateLimit(options: RateLimitOptions): RequestPlugin {
  return {
    onContextBuilding: async ({ context }) => {
      const { charge } = context;
      if (!charge) throw new Error('An operation reached the rate limit without a price.');
      const spent = await spend(options, context, charge.points);
      if (spent.isOver) throw overBudget(options.limits.budget, charge.points, spent.retryAfter);
      if (charge.refusal) throw charge.refusal;
      admit(options, context, charge.points, spent);
    },
    onExecute: ({ args }) => ({
      onExecuteDone: ({ result, setResult }) => {
        const { cost } = args.contextValue as RequestContext;
        if (!('data' in result)) return;
        setResult({ ...result, extensions: { ...result.extensions, cost } });
      },
    }),
  };
}

/** Takes the price of a cached answer; returns false above the client's budget. */
export async function chargeHit(
  options: RateLimitOptions,
  context: RequestContext,
  points: number,
): Promise<boolean> {
  const spent = await spend(options, context, points);
  if (!spent.isOver) admit(options, context, points, spent);
  return !spent.isOver;
}

/**
 * Creates the charge for replays: a point for each entry that a replay looks at.
 *
 * @returns A function that returns for how long the client's replays pause, in milliseconds. They end for no budget.
 */
export function chargeReplays({ spend }: RateLimiter): (client: string, entries: number) => Promise<number> {
  return async (client, entries) => {
    if (entries === 0) return 0;
    const { isOver, retryAfter } = await spend(client, entries);
    return isOver ? retryAfter * 1_000 : 0;
  };
}

const spend = ({ limiter }: RateLimitOptions, context: RequestContext, points: number) =>
  limiter.spend(context.client, points);

function admit(
  { limits, metrics }: RateLimitOptions,
  context: RequestContext,
  points: number,
  { remaining }: Spent,
): void {
  metrics.admitted(points);
  context.call.cost = points;
  context.cost = { requested: points, limit: limits.cost, remaining };
}

const overBudget = (maximum: number, cost: number, retryAfter: number): GraphQLError =>
  refuse(
    `Expected requests that cost at most ${maximum} points a minute (BUDGET_PER_MINUTE); this one of ${cost} ` +
      `would be more. Come back in ${retryAfter} s, or ask for less at a time.`,
    { code: 'TOO_MANY_REQUESTS', limit: 'BUDGET_PER_MINUTE', maximum, got: cost, retryAfter },
    { status: 429, headers: { 'Retry-After': String(retryAfter) } },
  );
