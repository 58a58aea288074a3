import type { Transaction } from '../database/open.js';
import { type ReadOptions, read } from '../database/read.js';
import { type DevelopmentStatus, type FeedChange, Prisma } from '../generated/prisma/client.js';

/** An entry of the feed log, with the revision it refers to. */
export interface FeedEntry {
  readonly position: bigint;
  readonly epoch: string;
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
  /** When it got its position. Times never go back from one position to the next. */
  readonly toldAt: Date;
  /** When the development was first recorded. */
  readonly recordedAt: Date;
  /** When the development was first published. */
  readonly publishedAt: Date | null;
  readonly reason: string | null;
  readonly changedFields: readonly string[];
  readonly after: RevisionState;
  /** The state that readers knew before; null for a development that is new to them. */
  readonly before: RevisionState | null;
  /** The approximate size of both snapshots in bytes, as the database stores them (long ones compressed). */
  readonly size: number;
}

/** A development's state after a revision. The snapshot is opaque to the feed. */
export interface RevisionState {
  readonly snapshot: unknown;
  readonly status: DevelopmentStatus;
}

/** The last position (0 in an empty record) and its epoch. */
export interface FeedHead {
  readonly epoch: string;
  readonly position: bigint;
}

/** Reads the head. */
export async function readHead(db: Transaction): Promise<FeedHead> {
  // In SQL, like every read of a start: Prisma's first query on a model loads a compiler of 60 MB.
  const [head] = await read<FeedHead>(db, Prisma.sql`SELECT epoch::text AS epoch, position FROM feed_head`);
  if (!head) throw new Error('The record has no feed_head.');
  return head;
}

/** Reads how often references (actors, sources, topics, …) have changed. */
export async function readReferenceVersion(db: Transaction): Promise<bigint> {
  const [head] = await read<{ version: bigint }>(db, Prisma.sql`SELECT version FROM reference_head`);
  if (!head) throw new Error('The record has no reference_head.');
  return head.version;
}

/** The result of one read of the log. */
export interface LogPage {
  readonly entries: readonly FeedEntry[];
  /**
   * The version of the reference data (actors, sources, topics, …) at the same instant. Changes of reference data have
   * no entries; the database increments the version with the commit that makes them.
   */
  readonly referenceVersion: bigint;
}

/**
 * Reads at most `limit` entries after a position, in position order, in one SQL statement.
 *
 * Never skips an entry: a position is visible only when all lower ones are, because writers hold the head's lock until
 * they commit.
 */
export async function readLog(
  db: Transaction,
  after: bigint,
  limit: number,
  options: ReadOptions = {},
): Promise<LogPage> {
  const rows = await read<EntryRow | NoEntry>(
    db,
    Prisma.sql`
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
    ORDER BY entry.position`,
    options,
  );
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

/** Reads only the entries, like {@link readLog}. */
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
