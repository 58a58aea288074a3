import type { Database, Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { FeedEntry } from './feed-document.js';

const { sql } = Prisma;

/** A watched feed, as a poll needs it. */
export interface DueFeed {
  readonly id: string;
  readonly url: string;
  readonly title: string | null;
  readonly include: string | null;
  readonly exclude: string | null;
  readonly language: string | null;
  /** In minutes. */
  readonly interval: number;
  readonly revision: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly failures: number;
}

/** Reads feeds whose time has come, the longest overdue first. */
export const readDue = (db: Database, limit: number): Promise<DueFeed[]> =>
  read<DueFeed>(
    db,
    sql`
      SELECT id::text AS id, url, title, include, exclude, language, "interval", revision, etag,
             last_modified AS "lastModified", failures
      FROM watched_feed WHERE next_at <= now() AND NOT is_paused ORDER BY next_at, id LIMIT ${limit}`,
  );

/** Leaves out the entries that were read before and have not changed. */
export async function withoutSeen(
  db: Database,
  feed: string,
  entries: readonly FeedEntry[],
): Promise<FeedEntry[]> {
  const seen = await read<{ key: string; hash: string }>(
    db,
    sql`SELECT key, hash FROM watched_entry
        WHERE feed_id = ${feed}::uuid AND key = ANY (${entries.map(({ key }) => key)}::text[])`,
  );
  const known = new Map(seen.map(({ key, hash }) => [key, hash]));
  return entries.filter(({ key, hash }) => known.get(key) !== hash);
}

/** @param item The inbox item; null if the rules leave the entry out. */
export async function markSeen(
  tx: Transaction,
  feed: string,
  entry: FeedEntry,
  item: string | null,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO watched_entry (feed_id, key, hash, item_id, seen_at)
    VALUES (${feed}::uuid, ${entry.key}, ${entry.hash}, ${item}::uuid, now())
    ON CONFLICT (feed_id, key) DO UPDATE SET hash = excluded.hash, item_id = excluded.item_id, seen_at = excluded.seen_at`;
}

/** Says that the feed still has these entries, and forgets those that it has not had for long. */
export async function touchSeen(tx: Transaction, feed: string, keys: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE watched_entry SET seen_at = now() WHERE feed_id = ${feed}::uuid AND key = ANY (${[...keys]}::text[])`;
  await tx.$executeRaw`
    DELETE FROM watched_entry WHERE feed_id = ${feed}::uuid AND seen_at < now() - interval '90 days'`;
}
