import type { Transaction } from '../database/open.js';
import { Prisma } from '../generated/prisma/client.js';
import { isOfReference } from './hash-chain.js';
import { type FeedEntry, readPage } from './log.js';

/** Where `until` ends for the present version of a development. */
const NEVER = 2n ** 63n - 1n;

/**
 * Selects at most `limit` positions after one, in order: of each development the newest up to `upTo`, and of each
 * reference too if they are asked for. Otherwise the erasures of references, which every follower needs.
 *
 * It takes time for the developments, not for their changes. Versions that are still present are one range of an index,
 * and those replaced after `upTo` are another, which is as short as the time since.
 */
export function latestPositions(
  after: bigint,
  upTo: bigint,
  limit: number,
  withReferences = false,
): Prisma.Sql {
  const within = Prisma.sql`position > ${after} AND position <= ${upTo} ORDER BY position LIMIT ${limit}`;
  const ofReferences = withReferences
    ? latestOfReferences(after, upTo, limit)
    : Prisma.sql`SELECT position FROM feed_entry WHERE change = 'REFERENCE_ERASED' AND ${within}`;
  return Prisma.sql`
    SELECT position FROM (
      (SELECT position FROM development_version WHERE until = ${NEVER} AND ${within})
      UNION ALL
      (SELECT position FROM development_version WHERE until > ${upTo} AND until < ${NEVER} AND ${within})
      UNION ALL
      (${ofReferences})
    ) AS version
    ORDER BY position LIMIT ${limit}`;
}

/** Takes time for the changes of references, which are few: a partial index has their entries alone. */
function latestOfReferences(after: bigint, upTo: bigint, limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT position FROM feed_entry AS entry
    WHERE reference_id IS NOT NULL AND position > ${after} AND position <= ${upTo} AND NOT EXISTS (
      SELECT FROM feed_entry AS next
      WHERE next.reference_id = entry.reference_id AND next.revision = entry.revision + 1 AND next.position <= ${upTo}
    )
    ORDER BY position LIMIT ${limit}`;
}

/**
 * Reads at most `limit` entries after a position, in position order: of each development the newest up to `upTo`, a
 * position that the log has reached, and of each reference too if they are asked for; otherwise all erasures of references.
 * One SQL statement.
 */
export async function readLatest(
  db: Transaction,
  after: bigint,
  upTo: bigint,
  limit: number,
  withReferences: boolean,
): Promise<readonly FeedEntry[]> {
  const { entries } = await readPage(
    db,
    Prisma.sql`
      SELECT feed_entry.* FROM (${latestPositions(after, upTo, limit, withReferences)}) AS version
      JOIN feed_entry USING (position)`,
  );
  return entries;
}

/** Returns the entries that {@link readLatest} reads, among entries in position order, in that order. */
export function latestOf(entries: readonly FeedEntry[], withReferences: boolean): FeedEntry[] {
  const latest = new Map<string, FeedEntry>();
  for (const entry of entries) {
    if (entry.change === 'REFERENCE_CHANGED' && !withReferences) continue;
    const id = idOf(entry, withReferences);
    latest.delete(id); // A key that is set again would keep its place.
    latest.set(id, entry);
  }
  return [...latest.values()];
}

/** Without references, each of their erasures is told. */
function idOf(entry: FeedEntry, withReferences: boolean): string {
  if (!isOfReference(entry)) return entry.developmentId;
  return withReferences ? entry.referenceId : `${entry.referenceId} ${entry.revision}`;
}
