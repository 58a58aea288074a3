import { LRUCache } from 'lru-cache';
import type { Database } from '../database/open.js';
import { type FeedEntry, readEntries } from './log.js';

/** Entries in a page. */
export const PAGE = 100;

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads old parts of the log by whole pages, each from the database once for all who come for it at
 * about the same time: after a restart, all subscribers come back for the same entries.
 *
 * A page that is full never changes, because positions have no gaps and entries are never altered.
 *
 * @returns A function that gives the entries after a position to the end of its page, which must be full.
 */
export function createLogPages(db: Database): (after: bigint) => Promise<readonly FeedEntry[]> {
  const pages = new LRUCache<bigint, readonly FeedEntry[]>({
    maxSize: MAX_BYTES,
    sizeCalculation: (entries) => entries.reduce((sum, { size }) => sum + size, 1),
    fetchMethod: (start) => readEntries(db, start, PAGE),
  });
  return async (after) => {
    const offset = after % BigInt(PAGE);
    const page = await pages.forceFetch(after - offset);
    return page.slice(Number(offset));
  };
}
