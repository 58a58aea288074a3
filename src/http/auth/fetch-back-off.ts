import type { JWKSCacheInput } from 'jose';

/** The shortest and the longest pause after a failed fetch, in milliseconds. It doubles with each failure. */
const SHORTEST = 1_000;
const LONGEST = 30_000;

/** A fetch was not tried, because the last one has just failed. */
class BackOffError extends Error {
  override readonly name = 'BackOffError';
}

/**
 * Limits the fetches of an issuer's keys while they fail: jose has one fetch in flight, but starts the next one with the
 * next token.
 *
 * @param cache Where jose notes that it has got usable keys.
 */
export function createBackOff(cache: JWKSCacheInput, fetchNow: typeof fetch = fetch): typeof fetch {
  let failures = 0;
  let until = Number.NEGATIVE_INFINITY;
  let fetchedAt: number | undefined;
  return async (...request) => {
    const uat = 'uat' in cache ? cache.uat : undefined;
    if (uat !== fetchedAt) failures = 0;
    else if (failures > 0 && performance.now() < until) {
      throw new BackOffError('The keys are not fetched again so soon after a failure.');
    }
    fetchedAt = uat;
    failures += 1; // Until jose has noted that it was none.
    try {
      return await fetchNow(...request);
    } finally {
      const longest = Math.min(SHORTEST * 2 ** (failures - 1), LONGEST);
      until = performance.now() + longest * (0.75 + Math.random() / 4);
    }
  };
}
