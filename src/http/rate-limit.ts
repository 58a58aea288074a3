import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';

const MINUTE = 60;

export interface Spent {
  readonly isOver: boolean;
  /** Points that are left until the minute is over. */
  readonly remaining: number;
  /** Until there are points again, in seconds. */
  readonly retryAfter: number;
}

/** What each client may spend in a minute. */
export interface Budget {
  /** Never rejects: without the shared table each instance counts for itself. */
  spend(client: string, points: number): Promise<Spent>;
}

/**
 * Counts in minutes that begin with a client's first request.
 *
 * A client's small requests are taken from the shared count together, up to a thousandth of the budget: that much more
 * it can have on each instance.
 *
 * @param shared Where instances count together, in the table `client_budget`; each for itself, where undefined.
 */
export function createBudget(points: number, shared: Pool | undefined): Budget {
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
        // Who is over it costs the database nothing more.
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: alone,
      })
    : alone;
  const small = Math.floor(points / 1_000);
  const accounts = new LRUCache<string, Account>({ max: 10_000 });

  const consume = async (client: string, cost: number): Promise<Spent> => {
    const before = accounts.get(client);
    if (before) before.unsettled = 0; // What others spend from here on is not in `cost`.
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

/** What is known of a client's minute. */
interface Account {
  /** What was left when the shared count was looked at last. */
  readonly remaining: number;
  /** What was spent since. */
  unsettled: number;
  /** When the minute is over, on the clock of `performance.now()`. */
  readonly ends: number;
}

const secondsOf = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1_000));
