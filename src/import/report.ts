import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { UnreadableFileError } from './errors.js';
import { unreadable } from './read-lines.js';
import type { Problem } from './row.js';
import type { MadeCounts } from './wanted.js';

/** What an import came to. */
export interface ImportReport {
  /** `written`; `dry run`, when it would have been; `refused`, when bad rows kept all of it out. */
  readonly outcome: 'written' | 'dry run' | 'refused';
  readonly read: number;
  /** New developments or actors. Of a dry run and a refused import, those that were taken back. */
  readonly recorded: number;
  /** Actors that were there and got new values or names. */
  readonly changed: number;
  readonly alreadyThere: number;
  /** Rows with at least one problem. */
  readonly bad: number;
  /** What was made because rows name it. */
  readonly made: Readonly<MadeCounts>;
  readonly seconds: number;
  /** Rows read a second, checking and writing together. */
  readonly rowsPerSecond: number;
  readonly warnings: readonly string[];
  /** In the order of the rows; those that only the record shows come last. */
  readonly problems: readonly Problem[];
}

const SHOWN = 20;

/** The problems as lines for people: at most twenty. */
export function describeProblems({ problems }: ImportReport): string[] {
  const lines = problems.slice(0, SHOWN).map(({ file, line, id, field, value, reason }) => {
    const named = id === null || field === 'id' ? '' : ` (id ${JSON.stringify(id)})`;
    return `${file}, line ${line}${named}: ${field}${value === null ? '' : ` is ${value}`}. ${reason}`;
  });
  const more = problems.length - lines.length;
  return more > 0 ? [...lines, `… and ${more} more. --report FILE writes all of them.`] : lines;
}

/** The counts as one line for people. */
export function describeCounts(report: ImportReport, onError: 'abort' | 'skip'): string {
  const { outcome, read, recorded, changed, alreadyThere, bad, made, seconds, rowsPerSecond } = report;
  if (outcome === 'refused') {
    const remedy = 'Mend them, or leave them out with --on-error skip.';
    return `Nothing was written: ${bad} of ${read} rows are bad. ${remedy} (${seconds.toFixed(1)} s)`;
  }
  const counts = [
    `${read} read`,
    `${recorded} recorded`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    `${alreadyThere} already there`,
    `${bad} bad${bad > 0 && onError === 'skip' ? ' (left out)' : ''}`,
  ].join(', ');
  const besides = `made ${made.actors} actors, ${made.topics} topics, ${made.sources} sources`;
  const speed = `${seconds.toFixed(1)} s, ${rowsPerSecond} rows a second`;
  return `${outcome === 'dry run' ? 'Dry run, nothing was written: ' : ''}${counts}; ${besides}; ${speed}.`;
}

/**
 * Checks that a report can be written before there is anything to report.
 *
 * @throws {UnreadableFileError}
 */
export async function prepareReport(file: string): Promise<void> {
  if (!['.json', '.ndjson', '.jsonl'].includes(extname(file))) {
    throw new UnreadableFileError(`--report ${file}: expected a name that ends in .json, .ndjson or .jsonl.`);
  }
  await saveReport(file, '');
}

/** Writes the whole report as one JSON object, or, where the name asks for NDJSON, one problem a line. */
export async function writeReport(file: string, report: ImportReport): Promise<void> {
  const text =
    extname(file) === '.json'
      ? `${JSON.stringify(report, null, 2)}\n`
      : report.problems.map((problem) => `${JSON.stringify(problem)}\n`).join('');
  await saveReport(file, text);
}

async function saveReport(file: string, text: string): Promise<void> {
  await writeFile(file, text).catch((error: unknown) => {
    throw unreadable(`--report ${file}`, error);
  });
}
