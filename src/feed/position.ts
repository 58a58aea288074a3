import type { Transaction } from '../database/open.js';
import type { FeedChange } from '../generated/prisma/client.js';

/** A published change, before it has a position. */
export interface NewFeedEntry {
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
}

/** Where PostgreSQL says that the feed has grown: the payload is the last position. */
export const FEED_CHANNEL = 'doctrine_wire_feed';

/**
 * Gives the entries the next positions, in their order, and writes them to the log.
 *
 * Must be the last statement of its transaction. It locks the head row until the commit, so
 * positions are given out in the order in which transactions commit, and a transaction that is
 * rolled back gives its positions back. Anything after it would hold up every other writer.
 *
 * The same statement notifies whoever listens, at the commit and not at all on a rollback: no process
 * can die in between. The lock that PostgreSQL takes for it is held no longer than the head's.
 *
 * @returns The last position that was given out; undefined where there are no entries.
 */
export async function appendToFeed(
  tx: Transaction,
  entries: readonly NewFeedEntry[],
): Promise<bigint | undefined> {
  if (entries.length === 0) return undefined;
  const developments = entries.map(({ developmentId }) => developmentId);
  const revisions = entries.map(({ revision }) => revision);
  const changes = entries.map(({ change }) => change);
  const [head] = await tx.$queryRaw<{ position: bigint }[]>`
    WITH head AS (
      UPDATE feed_head SET position = position + ${entries.length}::int
      RETURNING epoch, position, position - ${entries.length}::int AS before
    ), written AS (
      INSERT INTO feed_entry (position, epoch, development_id, revision, change, recorded_at)
      SELECT head.before + entry.ordinal, head.epoch, entry.development_id, entry.revision,
             entry.change::"FeedChange", clock_timestamp()
      FROM head, unnest(${developments}::uuid[], ${revisions}::int[], ${changes}::text[])
           WITH ORDINALITY AS entry (development_id, revision, change, ordinal)
    )
    SELECT head.position FROM head, pg_notify(${FEED_CHANNEL}, head.position::text)`;
  return head?.position;
}
