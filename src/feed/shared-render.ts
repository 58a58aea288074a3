import { LRUCache } from 'lru-cache';
import type { FeedEvent } from './event.js';
import type { Render } from './group.js';
import type { FeedEntry } from './log.js';
import type { Payload } from './outlet.js';
import type { Tail } from './tail.js';

/** Keeps for a moment what was made for events, so that those who replay the same do not make it again. */
export interface SharedRenders {
  /** Gives a group's render a memory. */
  share(render: Render): Render;
  /** Takes note of changes: what was made for their developments before them is made again. */
  note(entries: readonly FeedEntry[]): void;
}

/**
 * How long what was made for an event may be sent, in milliseconds. It shows developments as they were
 * when it was made, so this bounds how old "as of now" can be.
 */
const KEPT_FOR = 1_000;
const MAX_BYTES = 64 * 1024 * 1024;
const MAX_CHANGED = 10_000;

/** What was made for an event, and how far the log had been read before it was made. */
interface Rendered {
  readonly payload: Payload | null;
  readonly asOf: bigint;
}

export function createSharedRenders(tail: Pick<Tail, 'head'>): SharedRenders {
  const rendered = new LRUCache<string, Rendered, () => Promise<Payload | null>>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ payload }) => (payload?.json.length ?? 0) + 100,
    ttl: KEPT_FOR,
    // One at a time for a key: who comes meanwhile waits for the same.
    fetchMethod: async (_key, _stale, { context: render }) => {
      const asOf = tail.head.position;
      return { payload: await render(), asOf };
    },
  });
  /** The newest position of each development that changed lately. */
  const changed = new LRUCache<string, bigint>({ max: MAX_CHANGED, ttl: KEPT_FOR });
  let groups = 0;

  return {
    share: (render) => {
      groups += 1;
      const group = groups;
      return async (event) => {
        const key = `${group} ${keyOf(event)}`;
        const newest = event.kind === 'ENTRY' ? changed.get(event.entry.developmentId) : undefined;
        const known = rendered.peek(key);
        const { payload } = await rendered.forceFetch(key, {
          forceRefresh: newest !== undefined && known !== undefined && known.asOf < newest,
          context: () => render(event),
        });
        return payload;
      };
    },
    note: (entries) => {
      for (const { developmentId, position } of entries) changed.set(developmentId, position);
    },
  };
}

const keyOf = (event: FeedEvent): string =>
  `${event.kind} ${event.at.position} ${event.kind === 'RESET' ? event.cause : ''}`;
