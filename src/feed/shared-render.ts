import { LRUCache } from 'lru-cache';
import type { FeedEvent } from './event.js';
import type { Render } from './group.js';
import type { Payload } from './outlet.js';

/**
 * How long what was made for an event may be sent, in milliseconds. A development is shown as the change
 * left it, which stays true; this bounds how old the names of actors and sources in it can be.
 */
const KEPT_FOR = 1_000;
/** What is out of date goes only when there is no more room: this is what the memory costs for good. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Lru-cache keeps objects: an event that comes to nothing has none. */
interface Rendered {
  readonly payload: Payload | null;
}

/**
 * Keeps for a moment what was made for events, so that those who replay the same do not make it again.
 *
 * @returns Gives a group's render a memory.
 */
export function createSharedRenders(): (render: Render) => Render {
  const rendered = new LRUCache<string, Rendered, () => Promise<Payload | null>>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ payload }) => (payload?.json.length ?? 0) + 100,
    ttl: KEPT_FOR,
    // One at a time for a key: who comes meanwhile waits for the same.
    fetchMethod: async (_key, _stale, { context: render }) => ({ payload: await render() }),
  });
  let groups = 0;

  return (render) => {
    groups += 1;
    const group = groups;
    return async (event) => {
      const { payload } = await rendered.forceFetch(`${group} ${keyOf(event)}`, {
        context: () => render(event),
      });
      return payload;
    };
  };
}

const keyOf = (event: FeedEvent): string =>
  `${event.kind} ${event.at.position} ${event.kind === 'RESET' ? event.cause : ''}`;
