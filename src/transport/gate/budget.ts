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
  return {
    spend: async (client, cost) => {
      let isOver = false;
      const spent = await limiter.consume(client, cost).catch((refused: unknown) => {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        isOver = true;
        return refused;
      });
      const { remainingPoints, msBeforeNext } = spent;
      return { isOver, remaining: remainingPoints, retryAfter: Math.max(1, Math.ceil(msBeforeNext / 1_000)) };
    },
  };
}
