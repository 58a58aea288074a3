import { LRUCache } from 'lru-cache';
import type { FeedEvent } from '../event.js';
import type { Render } from './group.js';
import type { Payload } from './outlet.js';

/**
 * How long a rendered event may be reused, in milliseconds. It bounds the age of actors' and sources' names; the
 * development itself is shown as the change left it.
 */
const KEPT_FOR = 1_000;
/** Expired entries are evicted only for room, so the cache always grows to this size. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Wraps `null`, which lru-cache cannot store. */
interface Rendered {
  readonly payload: Payload | null;
}

export interface SharedRenders {
  /** Adds the cache to a group's render. */
  share(render: Render): Render;
  /** Forgets everything: an erasure has changed what events show. */
  clear(): void;
}

/** Caches rendered events briefly, so that subscribers who replay the same entries share executions. */
export function createSharedRenders(): SharedRenders {
  const rendered = new LRUCache<string, Rendered, () => Promise<Payload | null>>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ payload }) => (payload?.json.length ?? 0) + 100,
    ttl: KEPT_FOR,
    // Concurrent fetches of a key share one execution.
    fetchMethod: async (_key, _stale, { context: render }) => ({ payload: await render() }),
  });
  let groups = 0;

  return {
    share: (render) => {
      groups += 1;
      const group = groups;
      return async (event) => {
        const { payload } = await rendered.forceFetch(`${group} ${keyOf(event)}`, {
          context: () => render(event),
        });
        return payload;
      };
    },
    clear: () => rendered.clear(),
  };
}

function keyOf(event: FeedEvent): string {
  const key = `${event.kind} ${event.at.position}`;
  if (event.kind === 'RESET') return `${key} ${event.cause}`;
  return event.kind === 'LATEST' ? `${key} ${event.edge}` : key;
}
