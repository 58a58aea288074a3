import type { Transaction } from '../database/open.js';
import { type ReadOptions, read } from '../database/read.js';
import {
  type DevelopmentStatus,
  type FeedChange,
  Prisma,
  type ReferenceKind,
} from '../generated/prisma/client.js';
import { type DevelopmentChange, isReferenceChange, type ReferenceChange } from './hash-chain.js';
import { selectShortHash } from './head.js';

/** An entry of the feed log, with the revision it refers to. */
export type FeedEntry = DevelopmentEntry | ReferenceEntry;

interface EntryBase {
  readonly position: bigint;
  /** The epoch of the record when the entry was read. */
  readonly epoch: string;
  /** The part of its hash that cursors carry. */
  readonly hash: string;
  readonly revision: number;
  /** When it got its position. Times never go back from one position to the next. */
  readonly toldAt: Date;
  readonly reason: string | null;
  readonly changedFields: readonly string[];
  /** The approximate size of both snapshots in bytes, as the database stores them (long ones compressed). */
  readonly size: number;
}

/** An entry of a development. */
export interface DevelopmentEntry extends EntryBase {
  readonly change: DevelopmentChange;
  readonly developmentId: string;
  /** When the development was first recorded. */
  readonly recordedAt: Date;
  /** When the development was first published. */
  readonly publishedAt: Date | null;
  readonly after: RevisionState;
  /** The state that readers knew before; null for a development that is new to them. */
  readonly before: RevisionState | null;
}

/** An entry of an actor, source, topic, treaty, weapon system or doctrine. */
export interface ReferenceEntry extends EntryBase {
  readonly change: ReferenceChange;
  readonly kind: ReferenceKind;
  readonly referenceId: string;
  readonly editor: string;
  /** Its snapshot after the change, and before; null when it was created. Opaque to the feed. */
  readonly after: unknown;
  readonly before: unknown;
}

/** A development's state after a revision. The snapshot is opaque to the feed. */
export interface RevisionState {
  readonly snapshot: unknown;
  readonly status: DevelopmentStatus;
  /** When the revision was recorded. */
  readonly recordedAt: Date;
}

/** The result of one read of the log. */
export interface LogPage {
  readonly entries: readonly FeedEntry[];
  /**
   * The version of the reference data (actors, sources, topics, …) at the same instant. The commit of a change
   * increments it.
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
  // The limit is part of the text, and the position a subquery. Then PostgreSQL expects the same number of rows for all
  // values and plans once, which takes longer than the read itself.
  const rows = Prisma.raw(String(limit));
  return readPage(
    db,
    Prisma.sql`SELECT * FROM feed_entry WHERE position > (SELECT ${after}::bigint) ORDER BY position LIMIT ${rows}`,
    { ...options, prepared: true },
  );
}

const { sql } = Prisma;

/** Selects a revision of the entry's development or reference. */
const revisionAt = (number: Prisma.Sql) => sql`
  (SELECT NULL::"ReferenceKind" AS kind, editor, reason, changed_fields, snapshot, status, recorded_at FROM revision
   WHERE development_id = entry.development_id AND number = ${number} OFFSET 0)
  UNION ALL
  (SELECT kind, editor, reason, changed_fields, snapshot, NULL, recorded_at FROM reference_revision
   WHERE reference_id = entry.reference_id AND number = ${number} OFFSET 0)`;

/**
 * The number of the revision that readers may have known. The third and later ones can publish a retracted development
 * again.
 */
const BEFORE = sql`CASE WHEN entry.change <> 'PUBLISHED' OR entry.revision > 2 THEN entry.revision - 1 END`;
/** Whether they have known it: none is of a development that is new to them. */
const WAS_KNOWN = sql`(entry.change <> 'PUBLISHED' OR known.status = 'RETRACTED')`;

/**
 * Reads entries with their revisions, in position order. One SQL statement. `OFFSET 0` holds it to the primary keys.
 *
 * @param selected A sub-select of rows of `feed_entry`.
 */
export async function readPage(
  db: Transaction,
  selected: Prisma.Sql,
  options: ReadOptions = {},
): Promise<LogPage> {
  const found = await read<EntryRow | NoEntry>(
    db,
    Prisma.sql`
    SELECT head.version AS "referenceVersion", entry.*
    FROM reference_head AS head LEFT JOIN LATERAL (
      SELECT entry.position, (SELECT epoch::text FROM feed_head) AS epoch, ${selectShortHash('entry.hash')} AS hash,
             entry.development_id::text AS "developmentId", entry.reference_id::text AS "referenceId",
             told.kind::text AS kind, told.editor,
             entry.revision, entry.change::text AS change, entry.recorded_at AS "toldAt",
             development.recorded_at AS "recordedAt", development.published_at AS "publishedAt",
             told.reason, told.changed_fields AS "changedFields",
             told.snapshot AS "afterSnapshot", told.status::text AS "afterStatus",
             told.recorded_at AS "afterRecordedAt",
             known.snapshot AS "beforeSnapshot", known.status::text AS "beforeStatus",
             known.recorded_at AS "beforeRecordedAt",
             pg_column_size(told.snapshot) + coalesce(pg_column_size(known.snapshot), 0) AS size
      FROM (${selected}) AS entry
      LEFT JOIN LATERAL (
        SELECT recorded_at, published_at FROM development WHERE id = entry.development_id OFFSET 0
      ) AS development ON true
      CROSS JOIN LATERAL (${revisionAt(sql`entry.revision`)}) AS told
      LEFT JOIN LATERAL (${revisionAt(BEFORE)}) AS known ON ${WAS_KNOWN}
    ) AS entry ON true
    ORDER BY entry.position`,
    options,
  );
  const [head] = found;
  if (!head) throw new Error('The record has no reference_head.');
  return {
    referenceVersion: head.referenceVersion,
    entries: found
      .filter((row) => row.position !== null)
      .map(({ referenceVersion: _, ...row }) => entryOf(row)),
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

function entryOf({
  afterSnapshot,
  afterStatus,
  afterRecordedAt,
  beforeSnapshot,
  beforeStatus,
  beforeRecordedAt,
  ...row
}: Omit<EntryRow, 'referenceVersion'>): FeedEntry {
  const { change, developmentId, recordedAt, publishedAt, kind, referenceId, editor, ...entry } = row;
  if (isReferenceChange(change)) {
    return { ...entry, change, kind, referenceId, editor, after: afterSnapshot, before: beforeSnapshot };
  }
  return {
    ...entry,
    change,
    developmentId,
    recordedAt,
    publishedAt,
    after: { snapshot: afterSnapshot, status: afterStatus, recordedAt: afterRecordedAt },
    before:
      beforeStatus === null || beforeRecordedAt === null
        ? null
        : { snapshot: beforeSnapshot, status: beforeStatus, recordedAt: beforeRecordedAt },
  };
}

/** The columns of both kinds of entries. Those of the other kind are null. */
type EntryRow = Omit<DevelopmentEntry, 'change' | 'after' | 'before'> &
  Omit<ReferenceEntry, 'change' | 'after' | 'before'> & {
    change: FeedChange;
    referenceVersion: bigint;
    afterSnapshot: unknown;
    afterStatus: DevelopmentStatus;
    afterRecordedAt: Date;
    beforeSnapshot: unknown;
    beforeStatus: DevelopmentStatus | null;
    beforeRecordedAt: Date | null;
  };

interface NoEntry {
  readonly referenceVersion: bigint;
  readonly position: null;
}
