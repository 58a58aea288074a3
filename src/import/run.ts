import { analyze } from '../database/analyze.js';
import type { BulkWriter } from '../domain/write.js';
import { type DevelopmentMapping, type DirectMapping, hasId, type Mapping } from './mapping/mapping.js';
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
  nameOf,
  nextRun,
  type Reached,
  saveProgress,
} from './passes/import-progress.js';
import { checkMissing, retractMissing } from './passes/missing-rows.js';
import { checkDirect, writeDirect } from './passes/row-by-row.js';
import type { LocalFile } from './read/local-file.js';
import { openRows } from './read/rows.js';
import { type ProblemSink, Problems } from './report/problems.js';
import { type Progress, silent } from './report/progress.js';
import type { ImportReport } from './report/report.js';
import { noTally, sumOf } from './report/tally.js';

export interface ImportOptions {
  /** The files, read in this order as one data set. */
  readonly files: readonly (string | LocalFile)[];
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
  const paths = options.files.map((file) => (typeof file === 'string' ? file : file.path));
  const names = files.map(({ path }) => path);
  const own = { dataset: datasetOf(mapping), mapping: fingerprintOf(mapping), files: names };
  const reached = options.resume
    ? await findReached(writer.db, { ...own, content: await fingerprintFiles(paths) })
    : undefined;
  const { rows: from, tally: before, isFinished } = reached ?? NOTHING;
  const report = (
    outcome: ImportReport['outcome'],
    { rows, tally, warnings }: Ending,
    identity?: Identity,
  ): ImportReport => {
    const seconds = (performance.now() - started) / 1_000;
    return {
      outcome,
      ...(identity && (hasId(mapping) || mapping.record === 'link') && { run: nameOf(identity) }),
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
    const rows = await check(writer, checking);
    const checked = await withMissing(writer, checking, rows);
    const tally = sumOf(before, checked.tally);
    const isRefused = onError === 'abort' && checked.bad.count > 0;
    if (isRefused) return report('refused', { ...checked, tally: { ...before, bad: tally.bad } });
    if (dryRun) return report('dry run', { ...checked, tally });
    const run = reached?.run ?? (await nextRun(writer.db, own.dataset));
    const identity: Identity = { ...own, run, content: checked.fingerprint };
    if (!checked.writes) {
      await saveProgress(writer.db, identity, { rows: checked.rows, tally, isFinished: true });
      return report('written', { ...checked, tally }, identity);
    }
    progress.start('writing', checked.rows - from);
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
    return report(isDone ? 'written' : 'stopped', { rows: read, tally: position.tally, warnings }, identity);
  } finally {
    progress.stop();
    await problems.flush();
  }
}

type Ending = Pick<Checked, 'rows' | 'tally' | 'warnings'>;

function check(writer: BulkWriter, checking: Checking): Promise<Checked> {
  return hasId(checking.mapping)
    ? checkDevelopments(writer.db, checking as Checking<DevelopmentMapping>)
    : checkDirect(writer.db, checking as Checking<DirectMapping>);
}

async function writeAll(writing: Writing, position: ImportPosition): Promise<boolean> {
  if (!hasId(writing.mapping)) return writeDirect(writing as Writing<DirectMapping>, position);
  const developments = writing as Writing<DevelopmentMapping>;
  const isDone = await writeDevelopments(developments, position);
  if (isDone && writing.mapping.missing === 'retract') await retractMissing(developments, position);
  return isDone;
}

/** Adds the developments whose rows are gone, unless bad rows keep everything out. */
async function withMissing(
  writer: BulkWriter,
  { mapping, problems }: Checking,
  checked: Checked,
): Promise<Checked> {
  if (!hasId(mapping) || mapping.existing === 'skip') return checked;
  const { retracted, proposed } = await checkMissing(writer.db, mapping, checked, problems);
  const tally = { ...checked.tally, retracted, proposed: checked.tally.proposed + proposed };
  return { ...checked, tally, writes: checked.writes || retracted + proposed > 0 };
}
