import type { Transaction } from '../database/open.js';
import type { DevelopmentStatus, FeedChange } from '../generated/prisma/client.js';

/** A line of the feed log, with the revision that it tells of. */
export interface FeedEntry {
  readonly position: bigint;
  readonly epoch: string;
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
  /** When it was given its position: no later one has an earlier time. */
  readonly toldAt: Date;
  /** When the development was first written down. */
  readonly recordedAt: Date;
  /** When it was published first. */
  readonly publishedAt: Date | null;
  readonly reason: string | null;
  readonly changedFields: readonly string[];
  readonly after: RevisionState;
  /** What readers knew before: null for a development that joins the record. */
  readonly before: RevisionState | null;
  /** About how much the two snapshots take, in bytes: what the database stores, compressed where they are long. */
  readonly size: number;
}

/** What a revision left: its snapshot is the domain's, the feed only carries it. */
export interface RevisionState {
  readonly snapshot: unknown;
  readonly status: DevelopmentStatus;
}

/** The last position that was given out, 0 in an empty record, and the epoch it belongs to. */
export interface FeedHead {
  readonly epoch: string;
  readonly position: bigint;
}

/** Reads the head: one row by its key. */
export async function readHead(db: Transaction): Promise<FeedHead> {
  // In SQL, like all that a start reads: Prisma loads its compiler, of 60 MB, for the first query on a model.
  const [head] = await db.$queryRaw<FeedHead[]>`SELECT epoch::text AS epoch, position FROM feed_head`;
  if (!head) throw new Error('The record has no feed_head.');
  return head;
}

/** Reads how often what developments refer to has changed. */
export async function readReferenceVersion(db: Transaction): Promise<bigint> {
  const [head] = await db.$queryRaw<{ version: bigint }[]>`SELECT version FROM reference_head`;
  if (!head) throw new Error('The record has no reference_head.');
  return head.version;
}

/** What a look at the log finds. */
export interface LogPage {
  readonly entries: readonly FeedEntry[];
  /**
   * How often what developments refer to (actors, sources, topics, …) has changed, as of the same instant: it has no
   * entries. The database counts, with the commit that changes any of it.
   */
  readonly referenceVersion: bigint;
}

/**
 * Reads the entries after a position, in position order, at most `limit` of them. One SQL statement.
 *
 * Never skips one: a later position is visible only when all before it are, because whoever gives
 * positions out holds the head's lock until the commit.
 */
export async function readLog(db: Transaction, after: bigint, limit: number): Promise<LogPage> {
  const rows = await db.$queryRaw<(EntryRow | NoEntry)[]>`
    SELECT head.version AS "referenceVersion", entry.*
    FROM reference_head AS head LEFT JOIN LATERAL (
      SELECT entry.position, entry.epoch::text AS epoch, entry.development_id::text AS "developmentId",
             entry.revision, entry.change::text AS change, entry.recorded_at AS "toldAt",
             development.recorded_at AS "recordedAt", development.published_at AS "publishedAt",
             told.reason, told.changed_fields AS "changedFields",
             told.snapshot AS "afterSnapshot", told.status::text AS "afterStatus",
             known.snapshot AS "beforeSnapshot", known.status::text AS "beforeStatus",
             pg_column_size(told.snapshot) + coalesce(pg_column_size(known.snapshot), 0) AS size
      FROM (SELECT * FROM feed_entry WHERE position > ${after} ORDER BY position LIMIT ${limit}) AS entry
      JOIN development ON development.id = entry.development_id
      JOIN revision AS told ON told.development_id = entry.development_id AND told.number = entry.revision
      LEFT JOIN revision AS known
        ON known.development_id = entry.development_id AND known.number = entry.revision - 1
       AND entry.change <> 'PUBLISHED'
    ) AS entry ON true
    ORDER BY entry.position`;
  const [head] = rows;
  if (!head) throw new Error('The record has no reference_head.');
  return {
    referenceVersion: head.referenceVersion,
    entries: rows
      .filter((row) => row.position !== null)
      .map(({ referenceVersion: _, afterSnapshot, afterStatus, beforeSnapshot, beforeStatus, ...entry }) => ({
        ...entry,
        after: { snapshot: afterSnapshot, status: afterStatus },
        before: beforeStatus && { snapshot: beforeSnapshot, status: beforeStatus },
      })),
  };
}

/** Reads the entries alone, as {@link readLog} does. */
export async function readEntries(
  db: Transaction,
  after: bigint,
  limit: number,
): Promise<readonly FeedEntry[]> {
  return (await readLog(db, after, limit)).entries;
}

type EntryRow = Omit<FeedEntry, 'after' | 'before'> & {
  referenceVersion: bigint;
  afterSnapshot: unknown;
  afterStatus: DevelopmentStatus;
  beforeSnapshot: unknown;
  beforeStatus: DevelopmentStatus | null;
};

interface NoEntry {
  readonly referenceVersion: bigint;
  readonly position: null;
}
