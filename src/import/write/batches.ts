import { createHash } from 'node:crypto';
import type { BulkWriter } from '../../domain/write.js';
import { DomainError } from '../../errors.js';
import { type Checked, type Checking, numberedRows } from '../check/check-rows.js';
import { ImportStoppedError } from '../errors.js';
import type { Mapping } from '../mapping/mapping.js';
import type { Problem, Row } from '../read/row.js';
import { sumOf, type Tally } from '../report/tally.js';
import type { Identity, Reached } from './import-progress.js';

/** What writing goes by. */
export interface Writing<M extends Mapping = Mapping> extends Checking<M> {
  readonly writer: BulkWriter;
  readonly checked: Checked;
  readonly identity: Identity;
  readonly onError: 'abort' | 'skip';
  /** Ends the import after the block at hand. */
  readonly signal?: AbortSignal | undefined;
}

/** How far the writing has come. */
export class Course {
  /** How many rows of the files are done. */
  rows: number;
  tally: Tally;
  /** How many rows this run has passed over as bad. */
  #passedOver = 0;

  /** @param reached What an earlier run is done with. */
  constructor({ rows, tally }: Reached) {
    this.rows = rows;
    this.tally = tally;
  }

  /** Where the import is once the batch is written and came to so much. */
  after({ end, bad }: Batch, block: Tally): Reached {
    const tally = sumOf(this.tally, { ...block, bad: block.bad + bad - this.#passedOver });
    return { rows: end, tally, isFinished: false };
  }

  /** The batch is written. */
  moveTo({ rows, tally }: Reached, { bad }: Batch): void {
    [this.rows, this.tally, this.#passedOver] = [rows, tally, bad];
  }

  /** What kept the import from going on, with what stays. */
  stopped(error: unknown): DomainError {
    if (error instanceof DomainError) return error;
    const reason = error instanceof Error ? lastLine(error.message) : String(error);
    return new ImportStoppedError(this.rows, reason, { cause: error });
  }
}

/** Prisma tells a failure in several lines, of which the last one says what it was. */
const lastLine = (message: string) => message.trim().split('\n').at(-1)?.replace(/\.$/, '') ?? message;

/** Rows that are read and good, as far as the check could tell. */
export interface Batch {
  readonly rows: readonly Row[];
  /** How many rows of the files are done, once these are. */
  readonly end: number;
  /** How many rows were passed over as bad, in this run so far. */
  readonly bad: number;
}

/** How long a block may take, in milliseconds: on a slow disk, with a vacuum beside it. */
export const BLOCK_TIMEOUT = 10 * 60 * 1_000;

/**
 * The good rows in batches, read once more. The last batch may be empty.
 *
 * @throws {ImportStoppedError} At the end, when the files do not hold what was checked.
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

/** Rows that only the record shows to be bad. */
export type Refused = readonly { readonly row: Row; readonly problems: readonly Problem[] }[];

/** @throws {ImportStoppedError} When the import was told to stop. */
export function stopWhereTold({ signal }: Writing, { rows }: Course): void {
  if (signal?.aborted) throw new ImportStoppedError(rows, 'it was told to');
}
