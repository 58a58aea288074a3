import type { Transaction } from '../database/open.js';
import { type FeedEntry, type FeedHead, readHead } from './log.js';
import type { Tail } from './tail.js';

/**
 * Follows the feed until closed: every entry after `after`, in position order, each exactly once.
 *
 * Reads a page at a time and sleeps once caught up, so a slow consumer costs one page of memory,
 * never a queue. Ask for the next entry when the last one has come, not before.
 *
 * @returns An iterator whose `return()` wakes it even while it sleeps.
 */
export function follow(tail: Tail, after: bigint): AsyncIterableIterator<FeedEntry> {
  let position = after;
  let page: FeedEntry[] = [];
  let closed = false;
  let wake: (() => void) | undefined;
  // Attached before the first read, once: an advance in between is never missed, and nothing piles up.
  const detach = tail.onAdvance(() => wake?.());

  const close = async (): Promise<IteratorReturnResult<undefined>> => {
    closed = true;
    detach();
    wake?.();
    return { done: true, value: undefined };
  };

  const read = async (): Promise<FeedEntry[]> => {
    try {
      return [...(await tail.read(position))];
    } catch (error) {
      await close(); // Whoever reads an iterator that failed does not close it.
      throw error;
    }
  };

  return {
    next: async () => {
      while (!closed) {
        const entry = page.shift();
        if (entry) {
          position = entry.position;
          return { done: false, value: entry };
        }
        if (tail.head.position > position) page = await read();
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
      return close();
    },
    return: close,
    throw: async (error) => {
      await close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** What a follower of the feed is told, with the place in the feed that it has then reached. */
export type FeedEvent =
  | { readonly kind: 'ENTRY'; readonly at: FeedHead; readonly entry: FeedEntry }
  | { readonly kind: 'CAUGHT_UP'; readonly at: FeedHead }
  | { readonly kind: 'RESET'; readonly at: FeedHead; readonly cause: ResetCause };

/** Why a place in the feed cannot be continued. */
export type ResetCause = 'OTHER_EPOCH' | 'FROM_THE_FUTURE';

/**
 * Follows the feed from a place: what came after it, then `CAUGHT_UP` once, then what is new.
 *
 * Without a place it begins at the live edge, with `CAUGHT_UP`. A place that cannot be continued is
 * answered with `RESET` and a fresh place, from which it goes on as if that had been asked for. The
 * live edge is the head of the log when this is called.
 *
 * @returns An iterator whose `return()` wakes it even while it sleeps.
 */
export async function followFrom(
  db: Transaction,
  tail: Tail,
  after: FeedHead | undefined,
): Promise<AsyncIterableIterator<FeedEvent>> {
  const edge = await readHead(db);
  const cause = after && whyNot(after, edge);
  const start = after && !cause ? after : edge;
  const entries = follow(tail, start.position);
  const waiting: FeedEvent[] = [];
  if (cause) waiting.push({ kind: 'RESET', at: edge, cause });
  if (start.position >= edge.position) waiting.push({ kind: 'CAUGHT_UP', at: edge });

  const events: AsyncIterableIterator<FeedEvent> = {
    next: async () => {
      const ready = waiting.shift();
      if (ready) return { done: false, value: ready };
      const { done, value: entry } = await entries.next();
      if (done) return { done, value: undefined };
      const at = { epoch: entry.epoch, position: entry.position };
      if (entry.position === edge.position) waiting.push({ kind: 'CAUGHT_UP', at });
      return { done: false, value: { kind: 'ENTRY', at, entry } };
    },
    return: async () => {
      await entries.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return events;
    },
  };
  return events;
}

function whyNot(after: FeedHead, head: FeedHead): ResetCause | undefined {
  if (after.epoch !== head.epoch) return 'OTHER_EPOCH';
  return after.position > head.position ? 'FROM_THE_FUTURE' : undefined;
}
