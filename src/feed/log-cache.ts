import { LRUCache } from 'lru-cache';
import type { Database } from '../database/open.js';
import { readHashes } from './head.js';
import { readLatest } from './latest.js';
import { type FeedEntry, readEntries } from './log.js';

/** Reads pages of the log, of which it keeps some. */
export interface CachedPages<Args extends readonly unknown[]> {
  read(...args: Args): Promise<readonly FeedEntry[]>;
  /** Forgets the pages: an erasure has changed entries in them. */
  clear(): void;
}

/** Entries in a page. */
export const PAGE = 100;

/** The memory of each of the three caches. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * Reads old parts of the log in cached pages. After a restart all subscribers resume from the same entries, and
 * each page is read from the database once.
 *
 * A full page changes only by an erasure, because positions have no gaps. Reads the entries after a position up to the end
 * of its page, which must be full.
 */
export function createLogPages(db: Database): CachedPages<[after: bigint]> {
  const pages = new LRUCache<bigint, readonly FeedEntry[]>({
    maxSize: MAX_BYTES,
    sizeCalculation: sizeOf,
    fetchMethod: (start) => readEntries(db, start, PAGE),
  });
  return {
    read: async (after) => {
      const offset = after % BigInt(PAGE);
      const page = await pages.forceFetch(after - offset);
      return page.slice(Number(offset));
    },
    clear: () => pages.clear(),
  };
}

/** How long a page of latest entries is reused, in milliseconds: while subscribers who lost one instance come back. */
const LATEST_KEPT_FOR = 10_000;

/**
 * Reads the latest entries of developments and references in cached pages: see {@link readLatest}.
 *
 * Cached pages never go stale: the newest entry up to a position stays the same.
 */
export function createLatestPages(
  db: Database,
): CachedPages<[after: bigint, upTo: bigint, withReferences: boolean]> {
  interface Asked {
    readonly after: bigint;
    readonly upTo: bigint;
    readonly withReferences: boolean;
  }
  const pages = new LRUCache<string, readonly FeedEntry[], Asked>({
    maxSize: MAX_BYTES,
    sizeCalculation: sizeOf,
    ttl: LATEST_KEPT_FOR,
    fetchMethod: (_key, _stale, { context: { after, upTo, withReferences } }) =>
      readLatest(db, after, upTo, PAGE, withReferences),
  });
  return {
    read: (after, upTo, withReferences) =>
      pages.forceFetch(`${after} ${upTo} ${withReferences}`, { context: { after, upTo, withReferences } }),
    clear: () => pages.clear(),
  };
}

const sizeOf = (entries: readonly FeedEntry[]): number => entries.reduce((sum, { size }) => sum + size, 1);

/** Positions in a page of hashes. */
const HASHES = 1_000;
/** Some 80 bytes a hash: 4 MB. */
const MAX_HASH_PAGES = 50;

/**
 * Reads the hashes of positions in cached pages, so that a thousand subscribers who resume cost a few statements.
 *
 * @returns A function that returns the part of the hash that cursors carry; undefined beyond the end of the log.
 */
export function createHashPages(db: Database): (position: bigint) => Promise<string | undefined> {
  const pages = new LRUCache<bigint, readonly string[]>({
    max: MAX_HASH_PAGES,
    fetchMethod: (start) => readHashes(db, start, HASHES),
  });
  return async (position) => {
    const offset = (position - 1n) % BigInt(HASHES);
    const start = position - 1n - offset;
    const hashes = await pages.forceFetch(start);
    // A page that was read before it was full lacks later positions.
    return hashes[Number(offset)] ?? (await pages.forceFetch(start, { forceRefresh: true }))[Number(offset)];
  };
}

/** The newest entries of the log, kept in memory for followers at the live edge. */
export interface RecentEntries {
  /** Appends entries that follow the newest one. */
  add(entries: readonly FeedEntry[]): void;
  /** Returns at most `limit` entries after a position; undefined if they are no longer in memory. */
  read(after: bigint, limit: number): readonly FeedEntry[] | undefined;
  /** Forgets all entries. */
  clear(): void;
}

const MAX_ENTRIES = 2_000;

export function createRecentEntries(): RecentEntries {
  let kept: readonly FeedEntry[] = [];
  let bytes = 0;
  return {
    clear: () => {
      kept = [];
      bytes = 0;
    },
    add: (entries) => {
      const all = [...kept, ...entries];
      bytes += entries.reduce((sum, { size }) => sum + size, 0);
      let dropped = Math.max(0, all.length - MAX_ENTRIES);
      for (const { size } of all.slice(0, dropped)) bytes -= size;
      while (bytes > MAX_BYTES && dropped < all.length - 1) {
        bytes -= all[dropped]?.size ?? 0;
        dropped += 1;
      }
      kept = all.slice(dropped);
    },
    read: (after, limit) => {
      const first = kept[0];
      if (!first || after + 1n < first.position) return undefined;
      const start = Number(after + 1n - first.position); // Positions have no gaps.
      return kept.slice(start, start + limit);
    },
  };
}
