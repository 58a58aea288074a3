import { analyze } from '../database/analyze.js';
import type { BulkWriter } from '../domain/write.js';
import type { ActorMapping, DevelopmentMapping, Mapping } from './mapping/mapping.js';
import { checkActors, writeActors } from './passes/actors.js';
import type { Checked, Checking } from './passes/check-rows.js';
import { checkDevelopments, writeDevelopments } from './passes/developments.js';
import type { Writing } from './passes/good-rows.js';
import {
  datasetOf,
  findReached,
  fingerprintFiles,
  fingerprintOf,
  type Identity,
  ImportPosition,
  type Reached,
  saveProgress,
} from './passes/import-progress.js';
import { openRows } from './read/rows.js';
import { type ProblemSink, Problems } from './report/problems.js';
import { type Progress, silent } from './report/progress.js';
import type { ImportReport } from './report/report.js';
import { noTally, sumOf } from './report/tally.js';

export interface ImportOptions {
  /** The files, read in this order as one data set. */
  readonly files: readonly string[];
  readonly mapping: Mapping;
  /** Check everything, write nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** On bad rows, refuse the whole import or skip them. Default: `abort`. */
  readonly onError?: 'abort' | 'skip' | undefined;
  /** Continue where the last run of the same import ended, or start if there was none. Default: false. */
  readonly resume?: boolean | undefined;
  readonly progress?: Progress | undefined;
  /** Receives every problem; the report keeps the first thousand. */
  readonly sink?: ProblemSink | undefined;
  /** Ends the import after the current block. */
  readonly signal?: AbortSignal | undefined;
  /** Rows of a block, 1 to 5,000. Default: 500. */
  readonly batchSize?: number | undefined;
}

const NOTHING: Reached = { rows: 0, tally: noTally(), isFinished: false };

/**
 * Imports files into the record: reads and checks every row first, then writes the good ones in blocks, each with its
 * positions in the feed.
 *
 * Run one import at a time, because two could both create the same reference.
 *
 * @returns With `abort`, bad rows make the outcome `refused`, and nothing is written. Rows that become bad during the
 *   import make it `stopped`, and the blocks before them stay.
 * @throws {UnreadableFileError}
 * @throws {MalformedFileError}
 * @throws {MappingError} For columns that a CSV does not have.
 * @throws {ResumeError} If the last import of the data set was another one.
 * @throws {ImportStoppedError} If it ends before its last row. The blocks before stay.
 */
export async function importFiles(writer: BulkWriter, options: ImportOptions): Promise<ImportReport> {
  const { mapping, dryRun = false, onError = 'abort', progress = silent, batchSize = 500 } = options;
  const started = performance.now();
  const files = await Promise.all(options.files.map((file) => openRows(file, mapping)));
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const problems = new Problems(options.sink);
  const own = { dataset: datasetOf(mapping), mapping: fingerprintOf(mapping), files: options.files };
  const reached = options.resume
    ? await findReached(writer.db, { ...own, content: await fingerprintFiles(options.files) })
    : undefined;
  const { rows: from, tally: before, isFinished } = reached ?? NOTHING;
  const report = (outcome: ImportReport['outcome'], { rows, tally, warnings }: Ending): ImportReport => {
    const seconds = (performance.now() - started) / 1_000;
    return {
      outcome,
      read: rows,
      ...tally,
      resumedAfter: from,
      seconds,
      rowsPerSecond: Math.round((rows - from) / seconds),
      warnings,
      problemCounts: problems.counts(),
      problemTotal: problems.total,
      problems: problems.first,
    };
  };
  if (isFinished) return report('written', { rows: from, tally: before, warnings: [] });
  const checking = { mapping, files, progress, problems, batchSize, from };
  try {
    progress.start('checking', bytes);
    const checked = await check(writer, checking);
    const tally = sumOf(before, checked.tally);
    const isRefused = onError === 'abort' && checked.bad.count > 0;
    if (isRefused) return report('refused', { ...checked, tally: { ...before, bad: tally.bad } });
    if (dryRun) return report('dry run', { ...checked, tally });
    progress.start('writing', bytes);
    const identity: Identity = { ...own, content: checked.fingerprint };
    const position = new ImportPosition({ rows: from, tally: before, isFinished: false });
    const { signal } = options;
    const isDone = await writeAll({ ...checking, writer, checked, identity, onError, signal }, position);
    if (isDone)
      await saveProgress(writer.db, identity, {
        rows: position.rows,
        tally: position.tally,
        isFinished: true,
      });
    if (position.tally.recorded > before.recorded) await analyze(writer.db);
    const { rows: read, warnings } = checked;
    return report(isDone ? 'written' : 'stopped', { rows: read, tally: position.tally, warnings });
  } finally {
    progress.stop();
    await problems.flush();
  }
}

type Ending = Pick<Checked, 'rows' | 'tally' | 'warnings'>;

function check(writer: BulkWriter, checking: Checking): Promise<Checked> {
  return checking.mapping.record === 'actor'
    ? checkActors(writer.db, checking as Checking<ActorMapping>)
    : checkDevelopments(writer.db, checking as Checking<DevelopmentMapping>);
}

function writeAll(writing: Writing, position: ImportPosition): Promise<boolean> {
  return writing.mapping.record === 'actor'
    ? writeActors(writing as Writing<ActorMapping>, position)
    : writeDevelopments(writing as Writing<DevelopmentMapping>, position);
}
