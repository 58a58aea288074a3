import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { SqlTransaction } from '../../database/bulk-write.js';
import { databaseMessage } from '../../database/errors.js';
import type { Transaction } from '../../database/open.js';
import { DomainError } from '../../domain/errors.js';
import { unreadable } from '../../files/errors.js';
import { ImportStoppedError, ResumeError } from '../errors.js';
import { hasId, type Mapping } from '../mapping/mapping.js';
import type { BatchResult } from '../report/problems.js';
import { sumOf, type Tally } from '../report/tally.js';

/** Identifies an import. */
export interface Identity {
  readonly dataset: string;
  /** SHA-256 of the parsed mapping. */
  readonly mapping: string;
  /** SHA-256 of the files' bytes, in their order. */
  readonly content: string;
  readonly files: readonly string[];
  /** The number of the run within the data set, from 1. */
  readonly run: number;
}

/** Returns the name of a run, which revisions have. */
export const nameOf = ({ dataset, run }: Pick<Identity, 'dataset' | 'run'>): string => `${dataset}@${run}`;

/** How far an import has come. */
export interface Reached {
  /** How many rows of the files are done. */
  readonly rows: number;
  readonly tally: Tally;
  readonly isFinished: boolean;
}

/** How far an earlier run came, and its number. */
export interface Resumed extends Reached {
  readonly run: number;
}

/** Where a batch ends. */
export interface BatchEnd {
  /** How many rows of the files are done after the batch. */
  readonly end: number;
  /** How many bad rows this run has skipped so far. */
  readonly bad: number;
  /** How many rows of this run the mapping has left out so far. */
  readonly leftOut: number;
}

/** How far the second pass has come. */
export class ImportPosition {
  /** How many rows of the files are done. */
  rows: number;
  tally: Tally;
  /** How many bad rows this run has skipped. */
  #skipped = 0;
  #leftOut = 0;

  /** @param reached Where an earlier run ended. */
  constructor({ rows, tally }: Reached) {
    this.rows = rows;
    this.tally = tally;
  }

  /** Returns the position after a batch that is written. */
  after({ end, bad, leftOut }: BatchEnd, { tally, refused }: BatchResult): Reached {
    const block = {
      ...tally,
      bad: refused.length + bad - this.#skipped,
      leftOut: leftOut - this.#leftOut,
    };
    return { rows: end, tally: sumOf(this.tally, block), isFinished: false };
  }

  /** Returns the position after work that no row stands for. */
  plus(tally: Tally): Reached {
    return { rows: this.rows, tally: sumOf(this.tally, tally), isFinished: false };
  }

  moveTo({ rows, tally }: Reached, { bad, leftOut }: BatchEnd): void {
    [this.rows, this.tally, this.#skipped, this.#leftOut] = [rows, tally, bad, leftOut];
  }

  /** Returns the error that ends the import, with the rows that stay written. */
  stopped(error: unknown): DomainError {
    if (error instanceof DomainError) return error;
    const reason = databaseMessage(error).replace(/\.$/, '');
    return new ImportStoppedError(this.rows, reason, { cause: error });
  }
}

/** Returns the key of an import's progress: each data set has one. */
export const datasetOf = (mapping: Mapping): string =>
  hasId(mapping) ? mapping.id.dataset : `:${mapping.record}s`;

/** Returns the same hash for mappings that differ only in how their YAML is written. */
export function fingerprintOf(mapping: Mapping): string {
  return createHash('sha256').update(JSON.stringify(mapping)).digest('hex');
}

/** @throws {UnreadableFileError} */
export async function fingerprintFiles(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    try {
      for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }))
        hash.update(chunk as Buffer);
    } catch (error) {
      throw unreadable(file, error);
    }
  }
  return hash.digest('hex');
}

/** Stores the progress in the transaction of the block that reaches it. */
export async function saveProgress(
  tx: SqlTransaction,
  { dataset, run, mapping, content, files }: Identity,
  { rows, tally, isFinished }: Reached,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO import_progress (dataset, run, mapping, content, files, rows, counts, finished_at)
    VALUES (${dataset}, ${run}::int, ${mapping}, ${content}, ${[...files]}::text[], ${rows}::int, ${JSON.stringify(tally)}::jsonb,
            CASE WHEN ${isFinished}::boolean THEN now() END)
    ON CONFLICT (dataset) DO UPDATE SET
      run = excluded.run, mapping = excluded.mapping, content = excluded.content, files = excluded.files, rows = excluded.rows,
      counts = excluded.counts, updated_at = now(),
      started_at = CASE WHEN import_progress.run = excluded.run THEN import_progress.started_at ELSE now() END,
      finished_at = excluded.finished_at`;
}

/**
 * Returns how far an earlier run of the same import came; undefined if none wrote anything.
 *
 * @throws {ResumeError} If the last import of the data set was another one.
 */
export async function findReached(
  db: Transaction,
  identity: Omit<Identity, 'run'>,
): Promise<Resumed | undefined> {
  const known = await db.importProgress.findUnique({ where: { dataset: identity.dataset } });
  if (!known) return undefined;
  const isFinished = known.finishedAt !== null;
  const changed = [
    ...(known.content === identity.content ? [] : ['the files hold something else']),
    ...(known.mapping === identity.mapping ? [] : ['the mapping says something else']),
  ];
  if (changed.length > 0) throw new ResumeError(identity.dataset, known, changed);
  return { run: known.run, rows: known.rows, tally: known.counts as unknown as Tally, isFinished };
}

/** Returns the number of the next run of a data set. */
export async function nextRun(db: Transaction, dataset: string): Promise<number> {
  const known = await db.importProgress.findUnique({ where: { dataset }, select: { run: true } });
  return (known?.run ?? 0) + 1;
}
