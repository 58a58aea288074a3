import { LRUCache } from 'lru-cache';
import type { Database } from '../database/open.js';
import { type FeedEntry, readEntries } from './log.js';

/** Entries in a page. */
export const PAGE = 100;

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads old parts of the log in cached pages. After a restart all subscribers resume from the same entries, and
 * each page is read from the database once.
 *
 * A full page never changes, because positions have no gaps and entries are never altered.
 *
 * @returns A function that returns the entries after a position up to the end of its page, which must be full.
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
