import { createHash } from 'node:crypto';
import { databaseMessage } from '../../database/errors.js';
import { DomainError } from '../../domain/errors.js';
import type { BulkWriter } from '../../domain/write.js';
import type { Checked, Checking } from '../check/check-rows.js';
import { ImportStoppedError } from '../errors.js';
import type { Mapping } from '../mapping/mapping.js';
import type { Row } from '../read/row.js';
import { numberedRows } from '../read/rows.js';
import type { BatchResult } from '../report/problems.js';
import { sumOf, type Tally } from '../report/tally.js';
import type { Identity, Reached } from './import-progress.js';

export interface Writing<M extends Mapping = Mapping> extends Checking<M> {
  readonly writer: BulkWriter;
  readonly checked: Checked;
  readonly identity: Identity;
  readonly onError: 'abort' | 'skip';
  /** Ends the import after the current block. */
  readonly signal?: AbortSignal | undefined;
}

/** How far the writing has come. */
export class ImportPosition {
  /** How many rows of the files are done. */
  rows: number;
  tally: Tally;
  /** How many bad rows this run has skipped. */
  #skipped = 0;

  /** @param reached Where an earlier run ended. */
  constructor({ rows, tally }: Reached) {
    this.rows = rows;
    this.tally = tally;
  }

  /** Returns the position after a batch that is written. */
  after({ end, bad }: Batch, { tally, refused }: BatchResult): Reached {
    const block = { ...tally, bad: refused.length + bad - this.#skipped };
    return { rows: end, tally: sumOf(this.tally, block), isFinished: false };
  }

  moveTo({ rows, tally }: Reached, { bad }: Batch): void {
    [this.rows, this.tally, this.#skipped] = [rows, tally, bad];
  }

  /** Returns the error that ends the import, with the rows that stay written. */
  stopped(error: unknown): DomainError {
    if (error instanceof DomainError) return error;
    const reason = databaseMessage(error).replace(/\.$/, '');
    return new ImportStoppedError(this.rows, reason, { cause: error });
  }
}

/** Rows that passed the check. */
export interface Batch {
  readonly rows: readonly Row[];
  /** How many rows of the files are done after this batch. */
  readonly end: number;
  /** How many bad rows this run has skipped so far. */
  readonly bad: number;
}

/**
 * Reads the good rows once more, in batches. The last batch may be empty.
 *
 * @throws {ImportStoppedError} At the end, if the files have changed since the check.
 */
export async function* goodRows(writing: Writing): AsyncGenerator<Batch> {
  const { checked, from, batchSize } = writing;
  const hash = createHash('sha256');
  let rows: Row[] = [];
  let bad = 0;
  let end = from;
  for await (const { row, number } of numberedRows(writing, (chunk) => hash.update(chunk))) {
    if (number < from) continue;
    end = number + 1;
    if (checked.bad.has(number)) bad += 1;
    else rows.push(row);
    if (rows.length < batchSize) continue;
    yield { rows, end, bad };
    rows = [];
  }
  if (hash.digest('hex') !== checked.fingerprint) {
    throw new ImportStoppedError(end - rows.length, 'the files changed while they were imported');
  }
  if (end > from) yield { rows, end, bad };
}

/** @throws {ImportStoppedError} If the import was told to stop. */
export function stopIfAborted({ signal }: Pick<Writing, 'signal'>, { rows }: ImportPosition): void {
  if (signal?.aborted) throw new ImportStoppedError(rows, 'it was told to');
}
