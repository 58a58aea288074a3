import { createHash } from 'node:crypto';
import type { BulkWriter } from '../../domain/write.js';
import { ImportStoppedError } from '../errors.js';
import { isMeant } from '../mapping/apply.js';
import type { Mapping } from '../mapping/mapping.js';
import type { Row } from '../read/row.js';
import { numberedRows } from '../read/rows.js';
import type { Checked, Checking } from './check-rows.js';
import type { BatchEnd, Identity, ImportPosition } from './import-progress.js';

export interface Writing<M extends Mapping = Mapping> extends Checking<M> {
  readonly writer: BulkWriter;
  readonly checked: Checked;
  readonly identity: Identity;
  readonly onError: 'abort' | 'skip';
  /** Ends the import after the current block. */
  readonly signal?: AbortSignal | undefined;
}

/** Rows that passed the check. */
export interface Batch extends BatchEnd {
  readonly rows: readonly Row[];
}

/**
 * Reads the good rows once more, in batches. The last batch may be empty.
 *
 * @throws {ImportStoppedError} At the end, if the files have changed since the check.
 */
export async function* goodRows(writing: Writing): AsyncGenerator<Batch> {
  const { checked, mapping, from, batchSize } = writing;
  const hash = createHash('sha256');
  let rows: Row[] = [];
  let bad = 0;
  let leftOut = 0;
  let end = from;
  for await (const { row, number } of numberedRows(writing, (chunk) => hash.update(chunk))) {
    if (number < from) continue;
    end = number + 1;
    if (checked.bad.has(number)) bad += 1;
    else if (!isMeant(mapping, row)) leftOut += 1;
    else rows.push(row);
    if (rows.length < batchSize) continue;
    yield { rows, end, bad, leftOut };
    rows = [];
  }
  if (hash.digest('hex') !== checked.fingerprint) {
    throw new ImportStoppedError(end - rows.length, 'the files changed while they were imported');
  }
  if (end > from) yield { rows, end, bad, leftOut };
}

/** @throws {ImportStoppedError} If the import was told to stop. */
export function stopIfAborted({ signal }: Pick<Writing, 'signal'>, { rows }: ImportPosition): void {
  if (signal?.aborted) throw new ImportStoppedError(rows, 'it was told to');
}
