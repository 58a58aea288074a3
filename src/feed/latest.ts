import type { Transaction } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import { type FeedEntry, readPage } from './log.js';

/** Where `until` ends for the present version of a development. */
const NEVER = 2n ** 63n - 1n;

/**
 * Selects at most `limit` positions after one, in order: of each development the newest up to `upTo`.
 *
 * It takes time for the developments, not for their changes. Versions that are still present are one range of an index,
 * and those replaced after `upTo` are another, which is as short as the time since.
 */
export function latestPositions(after: bigint, upTo: bigint, limit: number): Prisma.Sql {
  const within = Prisma.sql`position > ${after} AND position <= ${upTo} ORDER BY position LIMIT ${limit}`;
  return Prisma.sql`
    SELECT position FROM (
      (SELECT position FROM development_version WHERE until = ${NEVER} AND ${within})
      UNION ALL
      (SELECT position FROM development_version WHERE until > ${upTo} AND until < ${NEVER} AND ${within})
    ) AS version
    ORDER BY position LIMIT ${limit}`;
}

/**
 * Reads at most `limit` entries after a position, in position order: of each development the newest up to `upTo`, a
 * position that the log has reached. One SQL statement.
 */
export async function readLatest(
  db: Transaction,
  after: bigint,
  upTo: bigint,
  limit: number,
): Promise<readonly FeedEntry[]> {
  const { entries } = await readPage(
    db,
    Prisma.sql`
      SELECT feed_entry.* FROM (${latestPositions(after, upTo, limit)}) AS version
      JOIN feed_entry USING (position)`,
  );
  return entries;
}

/** Returns the newest entry of each development among entries in position order, in position order. */
export function latestOf(entries: readonly FeedEntry[]): FeedEntry[] {
  const latest = new Map<string, FeedEntry>();
  for (const entry of entries) {
    if (entry.change === 'REFERENCE_CHANGED') continue;
    latest.delete(entry.developmentId); // A key that is set again would keep its place.
    latest.set(entry.developmentId, entry);
  }
  return [...latest.values()];
}
