import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { RequestMetrics } from '../../observe/request-metrics.js';
import type { RequestContext, RequestPlugin, Spending } from '../context.js';
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

/** Counts what each client spends in a minute: prices before requests, and work after them. */
export interface RateLimiter {
  /** What a millisecond of work costs. */
  readonly pointsPerMillisecond: number;
  /** Takes points for a request. Never rejects: without the shared table each instance counts by itself. */
  spend(client: string, points: number): Promise<Spent>;
  /**
   * Charges what a client has used, e.g. after a response. Returns at once: the shared count follows.
   *
   * A client can be charged more than it had left. Then its next request is refused.
   */
  charge(client: string, spending: Spending): void;
  /** Until a client that has spent its budget has points again, in seconds; undefined for others. */
  overdrawnFor(client: string): number | undefined;
}

export interface RateLimiterOptions {
  /** The budget of a client for a minute. */
  readonly points: number;
  /** The work that takes a whole budget, in seconds. */
  readonly seconds: number;
  /** Where instances count together, in the table `client_budget`; undefined where each counts by itself. */
  readonly shared: Pool | undefined;
  /** Called with the error of a charge that could not be counted. */
  onError(error: unknown): void;
}

/**
 * Creates the limiter; a client's minute begins with its first request.
 *
 * Small amounts of a client are settled with the shared count together, up to a thousandth of the budget:
 * a client can have that much more on each instance.
 */
export function createRateLimiter({ points, seconds, shared, onError }: RateLimiterOptions): RateLimiter {
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
  const pointsPerMillisecond = points / (1_000 * seconds);
  const small = Math.floor(points / 1_000);
  const accounts = new LRUCache<string, Account>({ max: 10_000 });

  const openAccount = (client: string): Account | undefined => {
    const account = accounts.get(client);
    return account && performance.now() < account.ends ? account : undefined;
  };

  /** Settles whole points with the shared count. The rest, and what is spent meanwhile, stays unsettled. */
  const settle = async (client: string, owed: number): Promise<Spent> => {
    const whole = Math.floor(owed);
    // A new one has nothing left until the shared count is known, so that others settle at once too.
    const account: Account = openAccount(client) ?? {
      ...NEW_ACCOUNT,
      ends: performance.now() + 1_000 * MINUTE,
    };
    account.unsettled = owed - whole;
    accounts.set(client, account);
    let isOver = false; // Not by the points consumed, which the limiter does not know of a client that it has blocked.
    const spent = await limiter.consume(client, whole).catch((refused: unknown) => {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      isOver = true;
      return refused;
    });
    const { remainingPoints: remaining, msBeforeNext } = spent;
    Object.assign(account, { remaining, isOver, ends: performance.now() + msBeforeNext });
    return { isOver, remaining: Math.floor(remaining), retryAfter: secondsOf(msBeforeNext) };
  };

  /** Adds to an open account. Returns whether it must be settled now. */
  const isDue = (account: Account, amount: number): boolean =>
    account.unsettled + amount > Math.min(small, account.remaining);

  return {
    pointsPerMillisecond,
    spend: async (client, cost) => {
      const account = openAccount(client);
      if (!account || isDue(account, cost)) return settle(client, (account?.unsettled ?? 0) + cost);
      account.unsettled += cost;
      const retryAfter = secondsOf(account.ends - performance.now());
      return { isOver: false, remaining: Math.floor(account.remaining - account.unsettled), retryAfter };
    },
    charge: (client, spending) => {
      const amount = spending.points + spending.milliseconds * pointsPerMillisecond;
      const account = openAccount(client);
      if (account && !isDue(account, amount)) account.unsettled += amount;
      else settle(client, (account?.unsettled ?? 0) + amount).catch(onError);
    },
    overdrawnFor: (client) => {
      const account = openAccount(client);
      return account?.isOver ? secondsOf(account.ends - performance.now()) : undefined;
    },
  };
}

/** A client's minute, as this instance knows it. */
interface Account {
  /** The points left when the shared count was last read. */
  remaining: number;
  /** Whether more had been spent than there was. */
  isOver: boolean;
  /** The points spent since. Work costs fractions. */
  unsettled: number;
  /** When the minute is over, on the clock of `performance.now()`. */
  ends: number;
}

const NEW_ACCOUNT = { remaining: 0, isOver: false, unsettled: 0 } as const;

const secondsOf = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1_000));

export interface RateLimitOptions {
  readonly limits: Limits;
  readonly limiter: RateLimiter;
  readonly metrics: RequestMetrics;
}

/**
 * Takes the price of each operation from its client's budget, and refuses those above it. A client without budget is
 * refused before its document is parsed.
 */
export function useRateLimit(options: RateLimitOptions): RequestPlugin {
  return {
    onParse: ({ context }) => {
      const retryAfter = options.limiter.overdrawnFor(context.client);
      if (retryAfter !== undefined) throw overBudget(options.limits, undefined, retryAfter);
    },
    onContextBuilding: async ({ context }) => {
      const { price } = context;
      if (price === undefined) throw new Error('An operation reached the rate limit without a price.');
      const spent = await spend(options, context, price);
      if (spent.isOver) throw overBudget(options.limits, price, spent.retryAfter);
      admit(options, context, price, spent);
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
 * Creates the charge for subscriptions: a point for each entry that is looked at, in a replay or live.
 *
 * @returns A function that returns for how long the client's subscriptions pause, in milliseconds. They end for no
 *   budget.
 */
export function chargeEntries({ spend }: RateLimiter): (client: string, entries: number) => Promise<number> {
  return async (client, entries) => {
    if (entries === 0) return 0;
    const { isOver, retryAfter } = await spend(client, entries);
    return isOver ? retryAfter * 1_000 : 0;
  };
}

function spend({ limiter }: RateLimitOptions, context: RequestContext, points: number): Promise<Spent> {
  context.unpaid = 0;
  return limiter.spend(context.client, points);
}

function admit(
  { limits, metrics, limiter }: RateLimitOptions,
  context: RequestContext,
  points: number,
  { remaining, retryAfter }: Spent,
): void {
  metrics.admitted(points);
  context.call.cost = points;
  const worked = () => Math.round(context.work.milliseconds * limiter.pointsPerMillisecond);
  context.budget = {
    remaining: Math.max(0, remaining),
    resetsAt: new Date(Date.now() + retryAfter * 1_000),
  };
  context.cost = {
    requested: points,
    // Read when the answer is written: until then the request works.
    get actual() {
      return points + worked();
    },
    limit: limits.cost,
    get remaining() {
      return Math.max(0, remaining - worked());
    },
  };
}

const overBudget = (limits: Limits, cost: number | undefined, retryAfter: number): GraphQLError =>
  refuse(
    `Expected requests that cost at most ${limits.budget} points a minute (BUDGET_PER_MINUTE), the work for them ` +
      `included; ${cost === undefined ? 'they are spent' : `this one of ${cost} would be more`}. ` +
      `Come back in ${retryAfter} s, or ask for less at a time.`,
    {
      code: 'TOO_MANY_REQUESTS',
      limit: 'BUDGET_PER_MINUTE',
      maximum: limits.budget,
      ...(cost !== undefined && { got: cost }),
      retryAfter,
    },
    { status: 429, headers: { 'Retry-After': String(retryAfter) } },
  );
