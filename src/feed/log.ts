import type { Transaction } from '../database/open.js';
import { type ReadOptions, read } from '../database/read.js';
import {
  type DevelopmentStatus,
  type FeedChange,
  Prisma,
  type ReferenceKind,
} from '../generated/prisma/client.js';
import { type DevelopmentChange, FIRST_HASH, SHORT_HASH, shortHash } from './hash-chain.js';

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
  readonly change: 'REFERENCE_CHANGED';
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

/** A position of the feed (0 is before the first), with its history. */
export interface FeedHead {
  readonly epoch: string;
  readonly position: bigint;
  /** The first 8 bytes of the hash of the entry at the position, in hexadecimal. */
  readonly hash: string;
}

/** Selects the part of a hash that cursors carry. */
const short = (column: string) => Prisma.raw(`left(encode(${column}, 'hex'), ${SHORT_HASH})`);

/** Reads the head. */
export async function readHead(db: Transaction): Promise<FeedHead> {
  // In SQL, like every read of a start: Prisma's first query on a model loads a compiler of 60 MB.
  const [head] = await read<FeedHead>(
    db,
    Prisma.sql`SELECT epoch::text AS epoch, position, ${short('hash')} AS hash FROM feed_head`,
  );
  if (!head) throw new Error('The record has no feed_head.');
  return head;
}

/** The head with its whole hash. */
export interface FullHead {
  readonly epoch: string;
  readonly position: bigint;
  /** The hash of the last entry, in hexadecimal. */
  readonly hash: string;
  /** When the last entry got its position; null before the first. */
  readonly recordedAt: Date | null;
}

/** Reads the head with its whole hash. */
export async function readFullHead(db: Transaction): Promise<FullHead> {
  const [head] = await read<FullHead>(
    db,
    Prisma.sql`
      SELECT epoch::text AS epoch, position, encode(hash, 'hex') AS hash, recorded_at AS "recordedAt" FROM feed_head`,
  );
  if (!head) throw new Error('The record has no feed_head.');
  return head;
}

/** Reads the whole hash at a position, in hexadecimal; undefined beyond the end of the log. */
export async function readHash(db: Transaction, position: bigint): Promise<string | undefined> {
  if (position === 0n) return FIRST_HASH;
  const [entry] = await read<{ hash: string }>(
    db,
    Prisma.sql`SELECT encode(hash, 'hex') AS hash FROM feed_entry WHERE position = ${position}::bigint`,
  );
  return entry?.hash;
}

/** Reads the position that a revision got; undefined if it is a draft's, which the log does not have. */
export async function readEntryHead(
  db: Transaction,
  developmentId: string,
  revision: number,
): Promise<FeedHead | undefined> {
  const [entry] = await read<FeedHead>(
    db,
    Prisma.sql`
      SELECT head.epoch::text AS epoch, entry.position, ${short('entry.hash')} AS hash
      FROM feed_entry AS entry, feed_head AS head
      WHERE entry.development_id = ${developmentId}::uuid AND entry.revision = ${revision}`,
  );
  return entry;
}

/** Reads the position that a revision of a reference got. */
export async function readReferenceHead(
  db: Transaction,
  referenceId: string,
  revision: number,
): Promise<FeedHead | undefined> {
  const [entry] = await read<FeedHead>(
    db,
    Prisma.sql`
      SELECT head.epoch::text AS epoch, entry.position, ${short('entry.hash')} AS hash
      FROM feed_entry AS entry, feed_head AS head
      WHERE entry.reference_id = ${referenceId}::uuid AND entry.revision = ${revision}`,
  );
  return entry;
}

/** Reads the head, and the part of the hash at a position that cursors carry; null if the log ends before it. */
export async function readHeadAndHash(
  db: Transaction,
  position: bigint,
): Promise<{ readonly head: FeedHead; readonly hash: string | null }> {
  const [found] = await read<FeedHead & { hashThere: string | null }>(
    db,
    Prisma.sql`
      SELECT head.epoch::text AS epoch, head.position, ${short('head.hash')} AS hash, ${short('entry.hash')} AS "hashThere"
      FROM feed_head AS head LEFT JOIN feed_entry AS entry ON entry.position = ${position}::bigint`,
  );
  if (!found) throw new Error('The record has no feed_head.');
  const { hashThere, ...head } = found;
  return { head, hash: position === 0n ? shortHash(FIRST_HASH) : hashThere };
}

/** Reads the part of the hashes that cursors carry, for at most `limit` positions after one, in order. */
export async function readHashes(db: Transaction, after: bigint, limit: number): Promise<readonly string[]> {
  const rows = await read<{ hash: string }>(
    db,
    Prisma.sql`
      SELECT ${short('hash')} AS hash FROM feed_entry WHERE position > ${after} ORDER BY position LIMIT ${limit}`,
  );
  return rows.map(({ hash }) => hash);
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

/** The number of the revision that readers knew. None for a development that is new to them. */
const BEFORE = sql`CASE WHEN entry.change <> 'PUBLISHED' THEN entry.revision - 1 END`;

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
      SELECT entry.position, (SELECT epoch::text FROM feed_head) AS epoch, ${short('entry.hash')} AS hash,
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
      LEFT JOIN LATERAL (${revisionAt(BEFORE)}) AS known ON true
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
  if (change === 'REFERENCE_CHANGED') {
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
