import { randomBytes } from 'node:crypto';
import type { BigIntStats } from 'node:fs';
import { type FileHandle, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { UnreadableFileError, unreadable } from '../../files/errors.js';
import type { Problem } from '../read/row.js';
import type { ProblemSink } from './problems.js';
import type { ImportReport } from './report.js';

/** A file that receives all problems as they are found, and the report at the end. */
export interface ReportFile extends ProblemSink, AsyncDisposable {
  /** Writes the end, and puts the file in its place. Without it, disposing leaves no file. */
  finish(report: ImportReport): Promise<void>;
}

/**
 * Opens a report. A `.json` report is one object, an NDJSON report has a problem a line.
 *
 * It is written beside its place and renamed at the end, so that an earlier report stays until this one is whole.
 *
 * @param inputs The files of the import. The report must be none of them.
 * @throws {UnreadableFileError} If it cannot be written, or would replace an input or something that is no file.
 */
export async function openReport(path: string, inputs: readonly string[]): Promise<ReportFile> {
  const extension = extname(path);
  if (!['.json', '.ndjson', '.jsonl'].includes(extension)) {
    throw new UnreadableFileError(`--report ${path}: expected a name that ends in .json, .ndjson or .jsonl.`);
  }
  await checkPlace(path, inputs);
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.partial`);
  // Exclusively, which follows no symbolic link.
  const file = await open(partial, 'wx').catch((error: unknown) => {
    throw unreadable(`--report ${path}`, error);
  });
  const report = extension === '.json' ? jsonReport(file) : linesReport(file);
  let isOpen = true;
  const close = async () => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: report.write,
    finish: async (result) => {
      await report.finish(result);
      await file.sync();
      await close();
      await checkPlace(path, inputs); // Again: an import takes a while.
      await rename(partial, path);
    },
    [Symbol.asyncDispose]: async () => {
      await close();
      await rm(partial, { force: true });
    },
  };
}

/** Compares files and not names, because one file can have several. */
async function checkPlace(path: string, inputs: readonly string[]): Promise<void> {
  const there = await statsOf(lstat(path, { bigint: true }), path);
  if (!there) return;
  if (there.isSymbolicLink()) {
    throw new UnreadableFileError(
      `--report ${path}: expected a file; it is a symbolic link. Name the file that it leads to.`,
    );
  }
  if (!there.isFile()) throw new UnreadableFileError(`--report ${path}: expected a file or a new name.`);
  for (const input of inputs) {
    const other = await statsOf(stat(input, { bigint: true }), input);
    if (other?.dev === there.dev && other.ino === there.ino) {
      throw new UnreadableFileError(
        `--report ${path}: expected another file than ${input}, which is imported. Choose another name.`,
      );
    }
  }
}

/** Returns undefined if there is no file. */
function statsOf(stats: Promise<BigIntStats>, path: string): Promise<BigIntStats | undefined> {
  return stats.catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw unreadable(`--report ${path}`, error);
  });
}

function linesReport(file: FileHandle): ProblemSink & Pick<ReportFile, 'finish'> {
  return {
    write: (problems) => file.appendFile(problems.map((problem) => `${JSON.stringify(problem)}\n`).join('')),
    finish: async () => {},
  };
}

/** Writes the problems first, because the counts are known last. */
function jsonReport(file: FileHandle): ProblemSink & Pick<ReportFile, 'finish'> {
  let written = 0;
  const write = async (problems: readonly Problem[]) => {
    const texts = problems.map((problem) => JSON.stringify(problem));
    await file.appendFile(`${written === 0 ? '{"problems":[\n' : ',\n'}${texts.join(',\n')}`);
    written += problems.length;
  };
  return {
    write,
    finish: async ({ problems: _, ...report }) => {
      const rest = JSON.stringify(report, null, 2).slice(1);
      await file.appendFile(`${written === 0 ? '{"problems":[' : '\n'}],${rest}\n`);
    },
  };
}
