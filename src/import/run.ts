import type { Transaction } from '../database/open.js';
import { type Writer, write } from '../domain/write.js';
import type { NewFeedEntry } from '../feed/position.js';
import { type Checked, checkRows, expectSameRows } from './check-rows.js';
import type { Mapping } from './mapping.js';
import { type Progress, silent } from './progress.js';
import { openRows, type RowFile } from './read-rows.js';
import type { ImportReport } from './report.js';
import type { Problem, Row } from './row.js';
import type { MadeCounts } from './wanted.js';
import { writeActors } from './write-actors.js';
import { writeDevelopments } from './write-developments.js';

export interface ImportOptions {
  /** The files, read in this order as one data set. */
  readonly files: readonly string[];
  readonly mapping: Mapping;
  /** Do everything, then take it back. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** What bad rows do: refuse the whole import, or stay out of it. Default: `abort`. */
  readonly onError?: 'abort' | 'skip' | undefined;
  readonly progress?: Progress | undefined;
  /** Rows written at once, 1 to 1,000. Default: 250. */
  readonly batchSize?: number | undefined;
}

/** What became of the rows so far. */
export class Outcome {
  recorded = 0;
  changed = 0;
  alreadyThere = 0;
  badRows = 0;
  readonly made: MadeCounts = { actors: 0, topics: 0, sources: 0 };
  readonly problems: Problem[] = [];

  /** Notes the problems of one row. */
  refuse(problems: readonly Problem[]): void {
    this.badRows += 1;
    this.problems.push(...problems);
  }
}

/**
 * Imports files into the record: reads and checks every row first, then writes the good ones in one
 * transaction, so that the feed gets one block of positions or the record stays as it was.
 *
 * @returns What became of the rows. With `abort`, bad rows make the outcome `refused`.
 * @throws {UnreadableFileError}
 * @throws {MalformedFileError}
 * @throws {MappingError} For columns that a CSV does not have.
 */
export async function importFiles(writer: Writer, options: ImportOptions): Promise<ImportReport> {
  const { mapping, dryRun = false, onError = 'abort', progress = silent, batchSize = 250 } = options;
  const started = performance.now();
  const files = await Promise.all(options.files.map((file) => openRows(file, mapping)));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  progress.start('checking', bytes);
  try {
    const checked = await checkRows(mapping, files, progress);
    const report = (outcome: ImportReport['outcome'], found: Outcome): ImportReport => {
      const seconds = (performance.now() - started) / 1_000;
      const kept = outcome === 'refused' ? new Outcome() : found; // What was written has been taken back.
      return {
        outcome,
        read: checked.rows,
        recorded: kept.recorded,
        changed: kept.changed,
        alreadyThere: found.alreadyThere,
        bad: checked.bad.size + found.badRows,
        made: kept.made,
        seconds,
        rowsPerSecond: Math.round(checked.rows / seconds),
        warnings: checked.warnings,
        problems: [...checked.problems, ...found.problems],
      };
    };
    if (onError === 'abort' && checked.bad.size > 0) return report('refused', new Outcome());
    progress.start('writing', bytes);
    const batches = () => goodRows(files, checked, progress, batchSize);
    const { outcome, kept } = await writeAll(writer, mapping, batches, { dryRun, onError });
    if (kept) return report('written', outcome);
    return report(onError === 'abort' && outcome.badRows > 0 ? 'refused' : 'dry run', outcome);
  } finally {
    progress.stop();
  }
}

/** Reads the files again, for the rows without problems. */
async function* goodRows(
  files: readonly RowFile[],
  { rows: expected, bad }: Checked,
  progress: Progress,
  batchSize: number,
): AsyncGenerator<Row[]> {
  let batch: Row[] = [];
  let rows = 0;
  for (const file of files) {
    for await (const row of file.rows(progress.bytes)) {
      if (!bad.has(rows)) batch.push(row);
      rows += 1;
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
      progress.rows(rows);
    }
  }
  expectSameRows(expected, rows);
  if (batch.length > 0) yield batch;
  progress.rows(rows);
}

/** Thrown inside the transaction to take it back. */
class TakenBack extends Error {}

const A_DAY = 24 * 60 * 60 * 1_000;

async function writeAll(
  writer: Writer,
  mapping: Mapping,
  batches: () => AsyncGenerator<Row[]>,
  { dryRun, onError }: { dryRun: boolean; onError: 'abort' | 'skip' },
): Promise<{ outcome: Outcome; kept: boolean }> {
  const outcome = new Outcome();
  const authorship = { editor: writer.editor, reason: reasonOf(mapping) };
  try {
    await write(writer, { operation: 'import', input: null, timeout: A_DAY }, async (tx) => {
      await waitForOtherImports(tx);
      const feed: NewFeedEntry[] = [];
      for await (const rows of batches()) {
        if (mapping.record === 'actor') await writeActors(tx, mapping, rows, outcome);
        else
          for (const entry of await writeDevelopments(tx, mapping, rows, authorship, outcome))
            feed.push(entry);
      }
      if (dryRun || (onError === 'abort' && outcome.badRows > 0)) throw new TakenBack();
      return { result: null as unknown as object, feed };
    });
    return { outcome, kept: true };
  } catch (error) {
    if (error instanceof TakenBack) return { outcome, kept: false };
    throw error;
  }
}

const reasonOf = (mapping: Mapping) => (mapping.record === 'actor' ? null : (mapping.reason ?? null));

/** Two imports at once would both find a name missing and both make it. */
async function waitForOtherImports(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('doctrine-wire import'))`;
}
