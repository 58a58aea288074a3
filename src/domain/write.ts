import { createHash } from 'node:crypto';
import type pg from 'pg';
import { driverTransaction, type SqlTransaction } from '../database/bulk-write.js';
import type { Database, Transaction } from '../database/open.js';
import { IdempotencyKeyReusedError } from '../errors.js';
import { appendToFeed, type NewFeedEntry } from '../feed/position.js';
import { Prisma } from '../generated/prisma/client.js';
import { parseInput, text } from './input.js';

/** Who writes, where to, and whom to tell. */
export interface Writer {
  readonly db: Database;
  /** The name that revisions carry: the token's, or that of a part of the system. */
  readonly editor: string;
  /**
   * Wakes the readers of the feed, up to a position, or without one where something else may have changed that they
   * look for. Called after the commit: whoever wakes finds the change.
   */
  wake(position?: bigint): void;
}

/** A write as its caller asked for it. */
export interface WriteRequest {
  readonly operation: string;
  readonly input: unknown;
  /** Makes a repeated request return the first one's result; 1 to 200 characters, per editor. */
  readonly idempotencyKey?: string | null | undefined;
  /** How long the transaction may take, in milliseconds; the database's default where not given. */
  readonly timeout?: number;
}

/** What the work of a write comes to. */
export interface Written<T> {
  readonly result: T;
  /** The published changes, for the feed. */
  readonly feed: readonly NewFeedEntry[];
  /** Whether it may have changed what developments refer to (actors, sources, topics, …), which has no entries. */
  readonly references?: boolean;
}

/**
 * Runs a write in one transaction: its rows, its idempotency key and, last, its feed entries.
 *
 * @throws {IdempotencyKeyReusedError} When the key was used with another operation or input.
 */
export async function write<T extends Prisma.InputJsonValue>(
  writer: Writer,
  request: WriteRequest,
  work: (tx: Transaction) => Promise<Written<T>>,
): Promise<T> {
  const key = request.idempotencyKey ?? undefined;
  if (key !== undefined) parseInput(text(200), key, 'idempotencyKey');
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
  if (position !== undefined || references) writer.wake(position);
  return result;
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
 * Runs a transaction again that another one has come before. It then finds what that one wrote: a
 * slug that was free a moment ago is taken.
 */
async function againAfterConflict<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
    }
  }
}

/**
 * Returns true when another transaction came first: it took a unique key (P2002) or a lock (P2034). Statements in SQL
 * report PostgreSQL's own codes.
 */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) {
    // The drivers of PostgreSQL and of the embedded database each have their own error class.
    return error instanceof Error && 'code' in error && CONFLICTS.includes(String(error.code));
  }
  if (error.code !== 'P2010') return error.code === 'P2002' || error.code === 'P2034';
  const { driverAdapterError } = error.meta as { driverAdapterError?: { cause?: { originalCode?: string } } };
  return CONFLICTS.includes(driverAdapterError?.cause?.originalCode ?? '');
}

/** A unique key that is taken, a deadlock, and a serialisation failure. */
const CONFLICTS: readonly string[] = ['23505', '40P01', '40001'];

const transactionOptions = ({ timeout }: WriteRequest) => (timeout === undefined ? {} : { timeout });

/** Takes the key for this request, or returns what the first request with it came to. */
async function claimKey<T>(
  tx: Transaction,
  editor: string,
  key: string,
  { operation, input }: WriteRequest,
): Promise<T | undefined> {
  const requestHash = createHash('sha256')
    .update(JSON.stringify([operation, input]))
    .digest('hex');
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

async function saveResult(
  tx: Transaction,
  editor: string,
  key: string,
  result: Prisma.InputJsonValue,
): Promise<void> {
  await tx.idempotencyKey.update({ where: { editor_key: { editor, key } }, data: { result } });
}
