import { type FileHandle, open } from 'node:fs/promises';
import { extname } from 'node:path';
import { UnreadableFileError, unreadable } from '../../files/errors.js';
import type { Problem } from '../read/row.js';
import type { ProblemSink } from './problems.js';
import type { ImportReport } from './report.js';

/** A file that all problems go to as they are found, and at the end what the import came to. */
export interface ReportFile extends ProblemSink, AsyncDisposable {
  finish(report: ImportReport): Promise<void>;
}

/**
 * Opens a report: one JSON object, or, where the name asks for NDJSON, one problem a line. What the file held is
 * gone.
 *
 * @throws {UnreadableFileError} Where it cannot be written.
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

/** The problems come first, since the counts are known last; an object whose end is missing was cut short. */
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
