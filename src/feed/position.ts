import type { SqlTransaction } from '../database/bulk-write.js';
import { type FeedChange, Prisma } from '../generated/prisma/client.js';

/** A published change, before it has a position. */
export interface NewFeedEntry {
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
  /** The entry's original time when restoring an export. Default: now. */
  readonly recordedAt?: Date;
}

/** The NOTIFY channel for wake-ups. The payload is the last position. */
export const FEED_CHANNEL = 'doctrine_wire_feed';

/** The `until` of a development's newest version. */
const NEVER = Prisma.raw('9223372036854775807');

/** The columns copied to a version: everything that lists filter by, except `search`, which the database generates. */
export const FOUND_BY = Prisma.raw(
  'revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, ' +
    'actor_ids, parts, place_countries, countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, ' +
    'headline, summary, quotation, translation, recorded_at, published_at',
);

/**
 * Assigns the next positions to the entries, in order, and writes them to the log. Also ends the developments'
 * current versions and begins new ones. Each development may have one entry per call.
 *
 * Must be the last statement of its transaction. It locks the head row until the commit, so position order is
 * commit order and a rollback returns its positions. Any later statement would block all other writers.
 *
 * The entries of one call share one time, and times never go back even if the clock does. So the record at a
 * moment is the record at a position.
 *
 * The same statement notifies listeners: PostgreSQL sends the wake-up with the commit, and none on rollback. The
 * lock it takes for that is held no longer than the head's.
 *
 * @returns The last position assigned; undefined without entries.
 */
export async function appendToFeed(
  tx: SqlTransaction,
  entries: readonly NewFeedEntry[],
): Promise<bigint | undefined> {
  if (entries.length === 0) return undefined;
  const developments = entries.map(({ developmentId }) => developmentId);
  const revisions = entries.map(({ revision }) => revision);
  const changes = entries.map(({ change }) => change);
  const times = entries.map(({ recordedAt }) => recordedAt?.toISOString() ?? null);
  const last = entries.at(-1)?.recordedAt?.toISOString() ?? null;
  const [head] = await tx.$queryRaw<{ position: bigint }[]>`
    WITH head AS (
      UPDATE feed_head
      SET position = position + ${entries.length}::int,
          recorded_at = greatest(recorded_at, coalesce(${last}::timestamptz, clock_timestamp()))
      RETURNING epoch, position, position - ${entries.length}::int AS before, recorded_at
    ), written AS (
      INSERT INTO feed_entry (position, epoch, development_id, revision, change, recorded_at)
      SELECT head.before + entry.ordinal, head.epoch, entry.development_id, entry.revision,
             entry.change::"FeedChange", coalesce(entry.recorded_at, head.recorded_at)
      FROM head, unnest(${developments}::uuid[], ${revisions}::int[], ${changes}::text[], ${times}::timestamptz[])
           WITH ORDINALITY AS entry (development_id, revision, change, recorded_at, ordinal)
      RETURNING position, development_id
    ), ended AS (
      UPDATE development_version AS known SET until = written.position
      FROM written WHERE known.id = written.development_id AND known.until = ${NEVER}
      RETURNING known.id
    ), begun AS (
      INSERT INTO development_version (id, position, ${FOUND_BY})
      SELECT id, position, ${FOUND_BY} FROM written JOIN development ON id = development_id
      WHERE (SELECT count(*) FROM ended) >= 0 -- End a version before the next one of its development begins.
    )
    SELECT head.position FROM head, pg_notify(${FEED_CHANNEL}, head.position::text)`;
  return head?.position;
}

/**
 * The CTEs that give developments their positions in the statement that inserts them: `appended` holds the last one.
 *
 * The statement commits by itself, so the lock on the head row is held while PostgreSQL works and never while this
 * process does. The head is locked after `inserted` and `others` are written.
 *
 * @param inserted The CTE that inserts the developments and returns all that a version keeps of them.
 * @param others The CTEs that insert everything else.
 */
export function appendInserted(
  entries: readonly NewFeedEntry[],
  inserted: Prisma.Sql,
  others: readonly Prisma.Sql[],
): Prisma.Sql {
  const written = Prisma.join(
    [inserted, ...others].map((name) => Prisma.sql`(SELECT count(*) FROM ${name})`),
    ' + ',
  );
  return Prisma.sql`
    head AS (
      UPDATE feed_head
      SET position = position + ${entries.length}::int, recorded_at = greatest(recorded_at, clock_timestamp())
      WHERE ${written} > 0
      RETURNING epoch, position, position - ${entries.length}::int AS before, recorded_at
    ), entries AS (
      INSERT INTO feed_entry (position, epoch, development_id, revision, change, recorded_at)
      SELECT head.before + entry.ordinal, head.epoch, entry.development_id, entry.revision, entry.change::"FeedChange",
             head.recorded_at
      FROM head, unnest(
        ${entries.map(({ developmentId }) => developmentId)}::uuid[], ${entries.map(({ revision }) => revision)}::int[],
        ${entries.map(({ change }) => change)}::text[]
      ) WITH ORDINALITY AS entry (development_id, revision, change, ordinal)
      RETURNING position, development_id
    ), versions AS (
      INSERT INTO development_version (id, position, ${FOUND_BY})
      SELECT id, position, ${FOUND_BY} FROM entries JOIN ${inserted} ON id = development_id
    ), appended AS (
      SELECT head.position FROM head, pg_notify(${FEED_CHANNEL}, head.position::text)
    )`;
}
