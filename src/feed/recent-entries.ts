import type { FeedEntry } from './log.js';

/** The newest entries of the log, kept in memory for followers at the live edge. */
export interface RecentEntries {
  /** Appends entries that follow the newest one. */
  add(entries: readonly FeedEntry[]): void;
  /** Returns at most `limit` entries after a position; undefined if they are no longer in memory. */
  read(after: bigint, limit: number): readonly FeedEntry[] | undefined;
}

const MAX_ENTRIES = 2_000;
const MAX_BYTES = 16 * 1024 * 1024;

export function createRecentEntries(): RecentEntries {
  let kept: readonly FeedEntry[] = [];
  let bytes = 0;
  return {
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
