import type { Problem } from '../read/row.js';
import type { ProblemCount } from './problems.js';
import type { Tally } from './tally.js';

/** What an import came to. */
export interface ImportReport extends Tally {
  /**
   * `written`; `dry run`, when it would have been; `refused`, when bad rows kept all of it out; `stopped`, when
   * rows became bad while others were written, which stay.
   */
  readonly outcome: 'written' | 'dry run' | 'refused' | 'stopped';
  readonly read: number;
  /** How many rows an earlier run was done with; the counts of what became of rows have them too. */
  readonly resumedAfter: number;
  readonly seconds: number;
  /** Rows a second in this run, checking and writing together. */
  readonly rowsPerSecond: number;
  readonly warnings: readonly string[];
  /** What the problems come to, the most frequent first. */
  readonly problemCounts: readonly ProblemCount[];
  readonly problemTotal: number;
  /** The first thousand, a batch of rows after the other; in a batch those come last that only the record shows. */
  readonly problems: readonly Problem[];
}

const SHOWN = 20;

/** The problems as lines for people: at most twenty, then what all of them come to. */
export function describeProblems({ problems, problemTotal, problemCounts }: ImportReport): string[] {
  const lines = problems.slice(0, SHOWN).map(describeProblem);
  const more = problemTotal - lines.length;
  if (more === 0) return lines;
  return [
    ...lines,
    `… and ${counted(more)} more. --report FILE writes all of them.`,
    'All problems, by what they are:',
    ...problemCounts.map(describeCount),
  ];
}

function describeProblem({ file, line, id, field, value, reason }: Problem): string {
  const named = id === null || field === 'id' ? '' : ` (id ${JSON.stringify(id)})`;
  return `${file}, line ${line}${named}: ${field}${value === null ? '' : ` is ${value}`}. ${reason}`;
}

function describeCount({ rows, field, columns, says }: ProblemCount): string {
  const from = columns.length === 0 ? '' : ` (from ${columns.join(', ')})`;
  return `  ${counted(rows)} ${rows === 1 ? 'row' : 'rows'}: ${field}${from}: ${says}`;
}

const FORMAT = new Intl.NumberFormat('en-GB');
const counted = (count: number) => FORMAT.format(count);

/** The counts as one line for people. */
export function describeCounts(report: ImportReport, onError: 'abort' | 'skip'): string {
  const { outcome, read, recorded, changed, alreadyThere, bad, made, resumedAfter } = report;
  const time = `${report.seconds.toFixed(1)} s`;
  const kept = resumedAfter > 0 ? ` The ${resumedAfter} rows of the run before stay as they are.` : '';
  if (outcome === 'refused') {
    const remedy = 'Mend them, or leave them out with --on-error skip.';
    return `Nothing was written: ${bad} of ${read} rows are bad. ${remedy}${kept} (${time})`;
  }
  const counts = [
    `${read} read`,
    `${recorded} recorded`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    `${alreadyThere} already there`,
    `${bad} bad${bad > 0 && onError === 'skip' ? ' (left out)' : ''}`,
  ].join(', ');
  const besides = `made ${made.actors} actors, ${made.topics} topics, ${made.sources} sources`;
  const speed = `${time}, ${report.rowsPerSecond} rows a second`;
  return `${BEFORE[outcome]}${counts}; ${besides}; ${speed}.${resumedAfter > 0 ? ` Resumed after ${resumedAfter} rows.` : ''}`;
}

const BEFORE = {
  written: '',
  'dry run': 'Dry run, nothing was written: ',
  stopped:
    'Stopped, because rows that were good are not any more: somebody changed the record meanwhile. What was ' +
    'written stays; mend these rows, or go on with --resume --on-error skip. So far: ',
} as const;
