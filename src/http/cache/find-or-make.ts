import { KEPT_COST } from '../../graphql/cost.js';
import type { RequestContext } from '../context.js';
import { chargeHit, type RateLimitOptions } from '../limits/rate-limit.js';
import type { ResponseCache } from './response-cache.js';

/** Documents wait for their queries, which are admitted one by one. */
const ADMIT = async () => () => {};

/** Returns a rendered document from the cache, or makes it once for all who ask for it at the same time. */
export async function findOrMake<T>(
  { cache, rateLimit }: { readonly cache: ResponseCache<T>; readonly rateLimit: RateLimitOptions },
  context: RequestContext,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const hit = cache.find(key);
  if (hit && (await chargeHit(rateLimit, context, KEPT_COST))) return hit;
  return (await cache.share(key, ADMIT, make)) ?? make();
}
