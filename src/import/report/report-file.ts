import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { UnreadableFileError, unreadable } from '../../files/errors.js';
import type { Problem } from '../read/row.js';
import type { ProblemSink } from './problems.js';
import type { ImportReport } from './report.js';

/** A file that receives all problems as they are found, and the report at the end. */
export interface ReportFile extends ProblemSink, AsyncDisposable {
  finish(report: ImportReport): Promise<void>;
}

/**
 * Opens a report and truncates the file. A `.json` report is one object, an NDJSON report has a problem a line.
 *
 * @throws {UnreadableFileError} If it cannot be written.
 */
export async function openReport(path: string): Promise<ReportFile> {
  if (!['.json', '.ndjson', '.jsonl'].includes(extname(path))) {
    throw new UnreadableFileError(`--report ${path}: expected a name that ends in .json, .ndjson or .jsonl.`);
  }
  const file = await open(path, 'w').catch((error: unknown) => {
    throw unreadable(`--report ${path}`, error);
  });
  return extname(path) === '.json' ? jsonReport(file) : linesReport(file);
}

function linesReport(file: FileHandle): ReportFile {
  return {
    write: (problems) => file.appendFile(problems.map((problem) => `${JSON.stringify(problem)}\n`).join('')),
    finish: async () => {},
    [Symbol.asyncDispose]: () => file.close(),
  };
}

/** Writes the problems first, because the counts are known last. */
function jsonReport(file: FileHandle): ReportFile {
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
    [Symbol.asyncDispose]: () => file.close(),
  };
}
