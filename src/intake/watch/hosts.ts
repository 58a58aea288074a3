import { setTimeout as sleep } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { FetchFailedError, RefusedAddressError } from '../../files/fetch/errors.js';
import { type FetchOptions, fetchAddress } from '../../files/fetch/fetch-address.js';
import { parseRobots, type Robots } from './robots.js';

/** The robots.txt of a host forbids the address. */
class ForbiddenByRobotsError extends RefusedAddressError {}

const MAX_HOSTS = 1_000;
const ROBOTS_BYTES = 512 * 1024;
const ROBOTS_TIMEOUT = 15_000;
/** How long a robots.txt is kept, and one that could not be read, in milliseconds. */
const KEPT = 24 * 3_600_000;
const KEPT_FAILURE = 10 * 60_000;

/** What the watcher owes to the hosts that it asks. */
export interface Hosts {
  /**
   * Waits until a host may be asked again.
   *
   * @throws {RefusedAddressError} If its robots.txt forbids the address, or cannot be read.
   */
  before(url: URL): Promise<void>;
}

export interface HostsOptions {
  /** The least time between two requests to a host, in milliseconds. A `Crawl-delay` can make it longer. */
  readonly pause: number;
  readonly fetch: Pick<FetchOptions, 'allowed' | 'userAgent' | 'signal' | 'resolve'>;
}

export function createHosts({ pause, fetch }: HostsOptions): Hosts {
  const robots = new LRUCache<string, Promise<Robots | FetchFailedError>>({ max: MAX_HOSTS });
  /** The time of the last request to each host, which may lie ahead. */
  const asked = new LRUCache<string, number>({ max: MAX_HOSTS });

  const turn = async ({ host }: URL, least: number) => {
    const now = performance.now();
    const at = Math.max(now, (asked.get(host) ?? Number.NEGATIVE_INFINITY) + Math.max(pause, least));
    asked.set(host, at);
    if (at > now) await sleep(at - now, undefined, { ...(fetch.signal ? { signal: fetch.signal } : {}) });
  };

  const readRobots = async (url: URL): Promise<Robots | FetchFailedError> => {
    const { href } = new URL('/robots.txt', url);
    const options = {
      ...fetch,
      maxBytes: ROBOTS_BYTES,
      timeout: ROBOTS_TIMEOUT,
      before: (to: URL) => turn(to, 0),
    };
    try {
      const { status, body } = await fetchAddress(href, options);
      if (status === 200) return parseRobots(href, body.toString('utf8'));
      // RFC 9309: without a robots.txt everything is allowed, and with a server in trouble nothing.
      if (status >= 400 && status < 500 && status !== 429) return parseRobots(href, '');
      return new FetchFailedError(
        `${href} answers with the status ${status}, so ${url.host} is not asked for more.`,
      );
    } catch (error) {
      if (error instanceof FetchFailedError) return error;
      // A robots.txt that leads to a private address says nothing.
      if (error instanceof RefusedAddressError) return parseRobots(href, '');
      throw error;
    }
  };

  const robotsOf = async (url: URL) => {
    const { origin } = url;
    const known = robots.get(origin);
    if (known) return known;
    const reading = readRobots(url);
    robots.set(origin, reading, { ttl: KEPT });
    try {
      const read = await reading;
      if (read instanceof FetchFailedError) robots.set(origin, reading, { ttl: KEPT_FAILURE });
      return read;
    } catch (error) {
      robots.delete(origin);
      throw error;
    }
  };

  return {
    before: async (url) => {
      const rules = await robotsOf(url);
      if (rules instanceof FetchFailedError) throw rules;
      if (!rules.isAllowed(url.href))
        throw new ForbiddenByRobotsError(
          `The robots.txt of ${url.host} forbids ${url.pathname}${url.search}.`,
        );
      await turn(url, rules.crawlDelay);
    },
  };
}
