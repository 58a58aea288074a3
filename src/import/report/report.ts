import type { Problem } from '../read/row.js';
import type { ProblemCount } from './problems.js';
import type { Tally } from './tally.js';

/** The result of an import. */
export interface ImportReport extends Tally {
  /**
   * `written`; `dry run` if it would have been written; `refused` if bad rows kept everything out; `stopped` if rows
   * became bad during the import. Then the blocks before them stay.
   */
  readonly outcome: 'written' | 'dry run' | 'refused' | 'stopped';
  /** The name of the run, such as `speeches@3`; undefined if nothing was written, and for actors and exports. */
  readonly run?: string | undefined;
  readonly read: number;
  /** How many rows an earlier run had done. The counts include them. */
  readonly resumedAfter: number;
  readonly seconds: number;
  /** Rows a second of this run, including the check. */
  readonly rowsPerSecond: number;
  readonly warnings: readonly string[];
  /** Counts of the problems, the most frequent first. */
  readonly problemCounts: readonly ProblemCount[];
  readonly problemTotal: number;
  /** The first thousand, batch by batch. In a batch, problems that only the record shows come last. */
  readonly problems: readonly Problem[];
}

const SHOWN = 20;

/** Describes at most twenty problems, a line each, then the counts of all. */
export function describeProblems({ problems, problemTotal, problemCounts }: ImportReport): string[] {
  const lines = problems.slice(0, SHOWN).map(describeProblem);
  const more = problemTotal - lines.length;
  if (more === 0) return lines;
  return [
    ...lines,
    `… and ${counted(more)} more. --report FILE writes all of them.`,
    'All problems, by kind:',
    ...problemCounts.map(describeCount),
  ];
}

function describeProblem({ file, line, id, field, value, reason }: Problem): string {
  if (line === 0) return `${file} (id ${JSON.stringify(id)}): ${reason}`;
  const named = id === null || field === 'id' ? '' : ` (id ${JSON.stringify(id)})`;
  return `${file}, line ${line}${named}: ${field}${value === null ? '' : ` is ${value}`}. ${reason}`;
}

function describeCount({ rows, field, columns, says }: ProblemCount): string {
  const from = columns.length === 0 ? '' : ` (from ${columns.join(', ')})`;
  return `  ${counted(rows)} ${rows === 1 ? 'row' : 'rows'}: ${field}${from}: ${says}`;
}

const FORMAT = new Intl.NumberFormat('en-GB');
const counted = (count: number) => FORMAT.format(count);

/** Describes the counts in one line. */
export function describeCounts(report: ImportReport, onError: 'abort' | 'skip'): string {
  const { outcome, read, recorded, changed, alreadyThere, leftOut, retracted, bad, made, run, proposed } =
    report;
  const { resumedAfter } = report;
  const time = `${report.seconds.toFixed(1)} s`;
  const kept = resumedAfter > 0 ? ` The ${resumedAfter} rows of the earlier run stay.` : '';
  if (outcome === 'refused') {
    const remedy = 'Correct them, or skip them with --on-error skip.';
    return `Nothing was written: ${bad} of ${read} rows are bad. ${remedy}${kept} (${time})`;
  }
  const counts = [
    `${read} read`,
    `${recorded} recorded`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(proposed > 0 ? [`${proposed} proposed to editors`] : []),
    ...(retracted > 0 ? [`${retracted} retracted`] : []),
    `${alreadyThere} already there`,
    ...(leftOut > 0 ? [`${leftOut} not selected`] : []),
    `${bad} bad${bad > 0 && onError === 'skip' ? ' (left out)' : ''}`,
  ].join(', ');
  const besides = `made ${number(made.actors, 'actor')}, ${number(made.topics, 'topic')}, ${number(made.sources, 'source')}`;
  const speed = `${time}, ${number(report.rowsPerSecond, 'row')} a second`;
  const named = run === undefined ? '' : ` Run ${run}.`;
  return `${BEFORE[outcome]}${counts}; ${besides}; ${speed}.${named}${resumedAfter > 0 ? ` Resumed after ${resumedAfter} rows.` : ''}`;
}

const number = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

const BEFORE = {
  written: '',
  'dry run': 'Dry run, nothing was written: ',
  stopped:
    'Stopped, because the record changed during the import and rows became bad. Written rows stay. Correct the bad ' +
    'rows, or continue with --resume --on-error skip. So far: ',
} as const;
