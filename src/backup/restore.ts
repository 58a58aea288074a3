import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { analyze, Growth } from '../database/analyze.js';
import type { Transaction } from '../database/open.js';
import { COMMAND_LINE, recordAudit } from '../domain/audit/audit.js';
import { DomainError } from '../domain/errors.js';
import { type BulkWriter, writeMany } from '../domain/write.js';
import type { ByteSource } from '../files/lines.js';
import { ImportStoppedError } from '../import/errors.js';
import {
  findReached,
  fingerprintFiles,
  type Identity,
  ImportPosition,
  saveProgress,
} from '../import/passes/import-progress.js';
import { type LocalFile, openBytes } from '../import/read/local-file.js';
import { type Progress, silent } from '../import/report/progress.js';
import type { ImportReport } from '../import/report/report.js';
import { noTally, type Tally } from '../import/report/tally.js';
import { readExport } from './read-export.js';
import { blocksOf, countLine, writeBlock } from './restore-blocks.js';
import { beginHistories } from './restore-histories.js';
import { createExportRules } from './rules/export-rules.js';

/** An export is restored into an empty record only, because its ids, slugs and positions could collide. */
export class RecordNotEmptyError extends DomainError {
  override readonly name = 'RecordNotEmptyError';
  readonly code = 'RECORD_NOT_EMPTY';

  constructor(found: readonly string[]) {
    super(
      `Expected an empty record for an export; this one has ${found.join(', ')}. Nothing was written. Name a new ` +
        'database with DATABASE_URL, or a new directory with DATA_DIR; if an import of this export was ' +
        'interrupted, continue with --resume.',
    );
  }
}

export interface RestoreOptions {
  readonly file: string | LocalFile;
  /** Check everything, write nothing. Default: false. */
  readonly dryRun?: boolean | undefined;
  /** Continue where the last run ended. Default: false. */
  readonly resume?: boolean | undefined;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lines of a block. Default: 500. */
  readonly batchSize?: number | undefined;
}

/**
 * Restores an export into an empty record, with its ids, revisions and feed positions. The new record keeps its own epoch,
 * because the old record may have grown since the export.
 *
 * Checks the whole file first, then writes it in blocks, as an import does.
 *
 * @throws {RecordNotEmptyError}
 * @throws {MalformedFileError} If the file is not a whole export, breaks a rule of the API, or breaks its hash chain.
 *   Nothing is written.
 * @throws {ResumeError}
 * @throws {ImportStoppedError}
 */
export async function restoreRecord(writer: BulkWriter, options: RestoreOptions): Promise<ImportReport> {
  const { dryRun = false, progress = silent, batchSize = 500 } = options;
  const started = performance.now();
  const local = typeof options.file === 'string' ? { path: options.file, name: options.file } : options.file;
  const file = await openBytes(local, undefined);
  const own = { dataset: ':record', mapping: '', files: [file.name] };
  const reached = options.resume
    ? await findReached(writer.db, { ...own, content: await fingerprintFiles([local.path]) })
    : undefined;
  if (!reached) await refuseFullRecord(writer.db);
  const position = new ImportPosition(reached ?? { rows: 0, tally: noTally(), isFinished: false });
  const from = position.rows;
  const report = (outcome: ImportReport['outcome'], read: number, tally: Tally): ImportReport => {
    const seconds = (performance.now() - started) / 1_000;
    const rowsPerSecond = Math.round((read - from) / seconds);
    const none = { warnings: [], problemCounts: [], problemTotal: 0, problems: [] };
    return { outcome, read, ...tally, resumedAfter: from, seconds, rowsPerSecond, ...none };
  };
  if (reached?.isFinished) return report('written', from, position.tally);
  try {
    progress.start('checking', file.bytes);
    const hash = createHash('sha256');
    const { lines, tally } = await measure(file, progress, hash);
    if (dryRun) return report('dry run', lines, tally);
    const run = reached?.run ?? 1;
    const identity: Identity = { ...own, run, content: hash.digest('hex') };
    progress.start('writing', lines - from);
    const growth = new Growth(writer.db);
    try {
      for await (const block of blocksOf(file, progress, from, batchSize)) {
        if (options.signal?.aborted) throw new ImportStoppedError(position.rows, 'it was told to');
        await writeBlock(writer, block, identity, position);
        await growth.by(block.lines.length);
        progress.rows(position.rows - from);
      }
    } catch (error) {
      throw position.stopped(error);
    }
    await beginHistories(writer);
    await writeMany(writer, async (tx) => {
      await saveProgress(tx, identity, { rows: lines, tally: position.tally, isFinished: true });
      await recordAudit(tx, {
        act: 'RESTORED',
        actor: COMMAND_LINE,
        subject: basename(file.name),
        detail: { lines },
      });
      return [];
    });
    await analyze(writer.db);
    return report('written', lines, position.tally);
  } finally {
    progress.stop();
  }
}

async function measure(
  file: ByteSource,
  progress: Progress,
  hash: ReturnType<typeof createHash>,
): Promise<{ lines: number; tally: Tally }> {
  let lines = 0;
  const tally = noTally();
  const read = readExport(file, {
    rules: createExportRules(),
    onChunk: (chunk) => {
      hash.update(chunk);
      progress.bytes(chunk.length);
    },
  });
  for await (const line of read) {
    lines += 1;
    countLine(tally, line);
    if (lines % 1_000 === 0) progress.rows(lines);
  }
  return { lines, tally };
}

/** @throws {RecordNotEmptyError} */
async function refuseFullRecord(db: Transaction): Promise<void> {
  const counts = {
    developments: await db.development.count(),
    actors: await db.actor.count(),
    topics: await db.topic.count(),
    sources: await db.source.count(),
    treaties: await db.treaty.count(),
    'weapon systems': await db.weaponSystem.count(),
    doctrines: await db.doctrine.count(),
  };
  const found = Object.entries(counts).filter(([, count]) => count > 0);
  if (found.length > 0) throw new RecordNotEmptyError(found.map(([what, count]) => `${count} ${what}`));
}
