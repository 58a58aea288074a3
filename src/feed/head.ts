import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';
import { FIRST_HASH, SHORT_HASH, shortHash } from './hash-chain.js';

/** A position of the feed (0 is before the first), with its history. */
export interface FeedHead {
  readonly epoch: string;
  readonly position: bigint;
  /** The first 8 bytes of the hash of the entry at the position, in hexadecimal. */
  readonly hash: string;
}

/** Selects the part of a hash that cursors carry. */
export const selectShortHash = (column: string) =>
  Prisma.raw(`left(encode(${column}, 'hex'), ${SHORT_HASH})`);

/** Reads the head. */
export async function readHead(db: Transaction): Promise<FeedHead> {
  // In SQL, like every read of a start: Prisma's first query on a model loads a compiler of 60 MB.
  const [head] = await read<FeedHead>(
    db,
    Prisma.sql`SELECT epoch::text AS epoch, position, ${selectShortHash('hash')} AS hash FROM feed_head`,
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

/** Reads the position that a revision of a development got; undefined if it is a draft's, which the log does not have. */
export const readEntryHead = (db: Transaction, developmentId: string, revision: number) =>
  findHead(db, Prisma.sql`entry.development_id = ${developmentId}::uuid AND entry.revision = ${revision}`);

/** Reads the position that a revision of a reference got. */
export const readReferenceHead = (db: Transaction, referenceId: string, revision: number) =>
  findHead(db, Prisma.sql`entry.reference_id = ${referenceId}::uuid AND entry.revision = ${revision}`);

async function findHead(db: Transaction, condition: Prisma.Sql): Promise<FeedHead | undefined> {
  const [head] = await read<FeedHead>(
    db,
    Prisma.sql`
      SELECT head.epoch::text AS epoch, entry.position, ${selectShortHash('entry.hash')} AS hash
      FROM feed_entry AS entry, feed_head AS head WHERE ${condition}`,
  );
  return head;
}

/** Reads the head, and the part of the hash at a position that cursors carry; null if the log ends before it. */
export async function readHeadAndHash(
  db: Transaction,
  position: bigint,
): Promise<{ readonly head: FeedHead; readonly hash: string | null }> {
  const [found] = await read<FeedHead & { hashThere: string | null }>(
    db,
    Prisma.sql`
      SELECT head.epoch::text AS epoch, head.position, ${selectShortHash('head.hash')} AS hash, ${selectShortHash('entry.hash')} AS "hashThere"
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
      SELECT ${selectShortHash('hash')} AS hash FROM feed_entry WHERE position > ${after} ORDER BY position LIMIT ${limit}`,
  );
  return rows.map(({ hash }) => hash);
}

/** Reads how often references (actors, sources, topics, …) have changed. */
export async function readReferenceVersion(db: Transaction): Promise<bigint> {
  const [head] = await read<{ version: bigint }>(db, Prisma.sql`SELECT version FROM reference_head`);
  if (!head) throw new Error('The record has no reference_head.');
  return head.version;
}
