import type { FeedEntry } from './log.js';
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
