import { createHash } from 'node:crypto';
import type pg from 'pg';
import { driverTransaction, type SqlTransaction } from '../database/bulk-write.js';
import type { Database, Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import type { DeskWake } from '../feed/bus/bus.js';
import { appendToFeed, type NewFeedEntry } from '../feed/position.js';
import { Prisma, type Role } from '../generated/prisma/client.js';
import { IdempotencyKeyReusedError } from './errors.js';
import { parseInput, text } from './input.js';
import { refusalOf } from './write-refusals.js';

/** The database, editor and wake-up of a write. */
export interface Writer {
  readonly db: Database;
  /** The name in revisions: the token's, or that of a part of the system. */
  readonly editor: string;
  /** The role of the token. Undefined for a part of the system. */
  readonly role?: Role;
  /** The time of its writes, if it loads a history: not before that of the last entry of the feed. Default: now. */
  readonly at?: Date;
  /**
   * Wakes the readers of the feed after the commit, so that they find the change. Without a position, something other
   * than the feed may have changed; with DESK, only something that readers do not see.
   */
  wake(position?: bigint | DeskWake): void;
}

/** A write as requested by its caller. */
export interface WriteRequest {
  readonly operation: string;
  readonly input: unknown;
  /** A repeated request with the same key returns the first result. 1 to 200 characters, unique per editor. */
  readonly idempotencyKey?: string | null | undefined;
  /** The timeout of the transaction in milliseconds. Default: the database's. */
  readonly timeout?: number;
}

/** The outcome of a write. */
export interface Written<T> {
  readonly result: T;
  /** The published changes, to append to the feed. */
  readonly feed: readonly NewFeedEntry[];
  /** Whether it may have changed reference data (actors, sources, topics, …). */
  readonly references?: boolean;
}

/**
 * Runs a write in one transaction: its rows, its idempotency key and, last, its feed entries.
 *
 * @throws {IdempotencyKeyReusedError} If the key was used with another operation or input.
 */
export async function write<T extends Prisma.InputJsonValue>(
  writer: Writer,
  request: WriteRequest,
  work: (tx: Transaction) => Promise<Written<T>>,
): Promise<T> {
  const key = parseKey(request);
  const run = () =>
    writer.db.$transaction(async (tx) => {
      const first = key === undefined ? undefined : await claimKey<T>(tx, writer.editor, key, request);
      if (first !== undefined) return { result: first, position: undefined, references: false };
      const written = await work(tx);
      if (key !== undefined) await saveResult(tx, writer.editor, key, written.result);
      const { result, feed, references = false } = written;
      return { result, references, position: await appendToFeed(tx, feed) };
    }, transactionOptions(request));
  const { result, position, references } = await againAfterConflict(run);
  writer.wake(position !== undefined || references ? position : 'DESK');
  return result;
}

/** @throws {InvalidInputError} If the key is too short or too long. */
export function parseKey({ idempotencyKey }: WriteRequest): string | undefined {
  return idempotencyKey == null ? undefined : parseInput(text(200), idempotencyKey, 'idempotencyKey');
}

/** Returns a hash that identifies the request. A key may only be reused with the same one. */
export function hashOf({ operation, input }: WriteRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest('hex');
}

/** A writer of many rows at once, such as an import. */
export interface BulkWriter extends Writer {
  /** The connections under `db`. */
  readonly pool: pg.Pool;
}

/**
 * Runs a write of many rows in one transaction on the driver: its rows and, last, its feed entries.
 *
 * Runs the work again after a conflict with another transaction, as {@link write} does.
 */
export async function writeMany(
  writer: BulkWriter,
  work: (tx: SqlTransaction) => Promise<readonly NewFeedEntry[]>,
): Promise<void> {
  const position = await againAfterConflict(() =>
    driverTransaction(writer.pool, async (tx) => appendToFeed(tx, await work(tx))),
  );
  writer.wake(position);
}

const ATTEMPTS = 5;

/**
 * Repeats a transaction after a conflict with another one. The next attempt sees the other's rows, such as a slug that is
 * now taken.
 *
 * @throws {ClockBehindError}
 */
export async function againAfterConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw refusalOf(error);
    }
  }
}

/**
 * Returns true when another transaction came first: it took a unique key (P2002) or a lock (P2034). Statements in SQL
 * report PostgreSQL's own codes.
 */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return CONFLICTS.includes(error.code);
  if (error.code !== 'P2010') return error.code === 'P2002' || error.code === 'P2034';
  const { driverAdapterError } = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } };
  return CONFLICTS.includes(driverAdapterError?.cause?.originalCode);
}

/** A unique key that is taken, a deadlock, and a serialisation failure. */
const CONFLICTS: readonly unknown[] = ['23505', '40P01', '40001'];

const transactionOptions = ({ timeout }: WriteRequest) => (timeout === undefined ? {} : { timeout });

/** Claims the key for this request, or returns the result of the first request with it. */
async function claimKey<T>(
  tx: Transaction,
  editor: string,
  key: string,
  request: WriteRequest,
): Promise<T | undefined> {
  const { operation } = request;
  const requestHash = hashOf(request);
  // Waits for another transaction that holds the same key, and then finds its row.
  const { count } = await tx.idempotencyKey.createMany({
    data: [{ editor, key, operation, requestHash }],
    skipDuplicates: true,
  });
  if (count === 1) return undefined;
  const first = await tx.idempotencyKey.findUniqueOrThrow({ where: { editor_key: { editor, key } } });
  if (first.requestHash !== requestHash) throw new IdempotencyKeyReusedError(key, first.operation);
  return first.result as T;
}

/**
 * Returns the result of the first request with the key; undefined if there was none.
 *
 * @throws {IdempotencyKeyReusedError} If the key was used with another operation or input.
 */
export async function findResult<T>(
  db: Transaction,
  editor: string,
  key: string,
  requestHash: string,
): Promise<T | undefined> {
  const [first] = await read<{ operation: string; requestHash: string; result: T }>(
    db,
    Prisma.sql`
      SELECT operation, request_hash AS "requestHash", result FROM idempotency_key
      WHERE editor = ${editor} AND key = ${key}`,
    { prepared: true },
  );
  if (first && first.requestHash !== requestHash) throw new IdempotencyKeyReusedError(key, first.operation);
  return first?.result;
}

async function saveResult(
  tx: Transaction,
  editor: string,
  key: string,
  result: Prisma.InputJsonValue,
): Promise<void> {
  await tx.idempotencyKey.update({ where: { editor_key: { editor, key } }, data: { result } });
}
