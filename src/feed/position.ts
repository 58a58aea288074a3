import type { Transaction } from '../database/open.js';
import type { FeedChange } from '../generated/prisma/client.js';

/** A published change, before it has a position. */
export interface NewFeedEntry {
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
}

/**
 * Gives the entries the next positions, in their order, and writes them to the log.
 *
 * Must be the last statement of its transaction. It locks the head row until the commit, so
 * positions are given out in the order in which transactions commit, and a transaction that is
 * rolled back gives its positions back. Anything after it would hold up every other writer.
 */
export async function appendToFeed(tx: Transaction, entries: readonly NewFeedEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const developments = entries.map(({ developmentId }) => developmentId);
  const revisions = entries.map(({ revision }) => revision);
  const changes = entries.map(({ change }) => change);
  await tx.$executeRaw`
    WITH head AS (
      UPDATE feed_head SET position = position + ${entries.length}::int
      RETURNING epoch, position - ${entries.length}::int AS before
    )
    INSERT INTO feed_entry (position, epoch, development_id, revision, change, recorded_at)
    SELECT head.before + entry.ordinal, head.epoch, entry.development_id, entry.revision,
           entry.change::"FeedChange", clock_timestamp()
    FROM head, unnest(${developments}::uuid[], ${revisions}::int[], ${changes}::text[])
         WITH ORDINALITY AS entry (development_id, revision, change, ordinal)`;
}
