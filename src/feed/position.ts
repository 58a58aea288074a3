import type { SqlTransaction } from '../database/bulk-write.js';
import { Prisma } from '../generated/prisma/client.js';
import { type EntrySubject, isOfReference } from './hash-chain.js';

/** A published change, before it has a position. */
export type NewFeedEntry = EntrySubject & {
  readonly revision: number;
  /** SHA-256 of the salted revision, in hexadecimal. */
  readonly commitment: string;
  /** The entry's original time when restoring an export. Default: now. */
  readonly recordedAt?: Date;
};

/** The NOTIFY channel for wake-ups. The payload is the last position. */
export const FEED_CHANNEL = 'doctrine_wire_feed';

/** The `until` of a development's newest version. */
export const NEVER = Prisma.raw('9223372036854775807');

/** Whether an entry tells of a reference. */
const OF_REFERENCE = Prisma.raw("change IN ('REFERENCE_CHANGED', 'REFERENCE_ERASED')");

/** The columns copied to a version: everything that lists filter by, except `search`, which the database generates. */
export const FOUND_BY = Prisma.raw(
  'revision, kind, status, confidence, disputed, occurred_earliest, occurred_latest, event_type, change_type, ' +
    'actor_ids, parts, place_countries, countries, topic_ids, treaty_ids, weapon_system_ids, doctrine_ids, source_ids, links, ' +
    'words, id_words, recorded_at, published_at, changed_at',
);

/**
 * Assigns the next positions to the entries, in order, and writes them to the log. Also ends the developments'
 * current versions and begins new ones. Each development may have one entry per call; references may have several.
 *
 * Must be the last statement of its transaction. It locks the head row until the commit, so position order is
 * commit order and a rollback returns its positions. Any later statement would block all other writers.
 *
 * The entries of one call share one time, and times never go back even if the clock does. So the record at a
 * moment is the record at a position. The same lock orders the hash chain.
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
  const [head] = await tx.$queryRaw<{ position: bigint }[]>`
    WITH ${chained(entries, Prisma.sql`true`)}, ended AS (
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
 * The CTEs that lock the head, extend the hash chain and write the entries: `head` has the last position, `written` the
 * positions of all.
 *
 * The hash before the first entry comes from the locked row. A read of the log in this statement would not see an entry
 * that another transaction committed while this one waited for the lock.
 *
 * @param condition Evaluated before the head is locked. Nothing is written if it is false.
 */
function chained(entries: readonly NewFeedEntry[], condition: Prisma.Sql): Prisma.Sql {
  const subjects = entries.map((entry) => (isOfReference(entry) ? entry.referenceId : entry.developmentId));
  const revisions = entries.map(({ revision }) => revision);
  const changes = entries.map(({ change }) => change);
  const commitments = entries.map(({ commitment }) => commitment);
  const times = entries.map(({ recordedAt }) => recordedAt?.toISOString() ?? null);
  const last = entries.at(-1)?.recordedAt?.toISOString() ?? null;
  return Prisma.sql`
    known_head AS (
      SELECT position, recorded_at, hash FROM feed_head WHERE ${condition} FOR UPDATE
    ), moment AS MATERIALIZED (
      SELECT position, hash,
             greatest(recorded_at, coalesce(${last}::timestamptz, clock_timestamp()))::timestamptz(3) AS recorded_at
      FROM known_head
    ), entry AS (
      SELECT moment.position + it.ordinal AS position, it.subject, it.revision,
             it.change::"FeedChange" AS change, coalesce(it.recorded_at, moment.recorded_at) AS recorded_at,
             decode(it.commitment, 'hex') AS commitment, moment.hash AS start, moment.recorded_at AS head_recorded_at
      FROM moment, unnest(${subjects}::uuid[], ${revisions}::int[], ${changes}::text[], ${commitments}::text[],
                          ${times}::timestamptz(3)[])
           WITH ORDINALITY AS it (subject, revision, change, commitment, recorded_at, ordinal)
    ), chained AS MATERIALIZED (
      SELECT entry.*, chain_hash(start, position, subject, revision, change, recorded_at, commitment)
                      OVER (ORDER BY position) AS hash
      FROM entry
    ), head AS (
      UPDATE feed_head SET position = last.position, recorded_at = last.head_recorded_at, hash = last.hash
      FROM (SELECT position, head_recorded_at, hash FROM chained ORDER BY position DESC LIMIT 1) AS last
      RETURNING feed_head.position
    ), written AS (
      INSERT INTO feed_entry (position, development_id, reference_id, revision, change, recorded_at, commitment, hash)
      SELECT position, CASE WHEN NOT ${OF_REFERENCE} THEN subject END, CASE WHEN ${OF_REFERENCE} THEN subject END,
             revision, change, recorded_at, commitment, hash
      FROM chained
      RETURNING position, development_id
    )`;
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
  const rows = Prisma.join(
    [inserted, ...others].map((name) => Prisma.sql`(SELECT count(*) FROM ${name})`),
    ' + ',
  );
  return Prisma.sql`
    ${chained(entries, Prisma.sql`${rows} > 0`)}, versions AS (
      INSERT INTO development_version (id, position, ${FOUND_BY})
      SELECT id, position, ${FOUND_BY} FROM written JOIN ${inserted} ON id = development_id
    ), appended AS (
      SELECT head.position FROM head, pg_notify(${FEED_CHANNEL}, head.position::text)
    )`;
}
