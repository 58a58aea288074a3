import type { Problem, Row } from '../read/row.js';
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds.js';
import type { Tally } from './tally.js';

/** A row that only the record shows to be bad. */
export interface RefusedRow {
  readonly row: Row;
  readonly problems: readonly Problem[];
}

/** The result of checking or writing a batch of rows. Its tally does not count the refused rows. */
export interface BatchResult {
  readonly tally: Tally;
  readonly refused: readonly RefusedRow[];
  /** Differences that are reported of other rows. */
  readonly notices?: readonly RefusedRow[];
  /** Whether the second pass has something to write. Default: true. */
  readonly writes?: boolean;
}

/** How many rows have the same kind of problem with the same field. */
export interface ProblemCount {
  readonly kind: ProblemKind;
  /** With `*` for positions in lists: `participants.*.actor`. */
  readonly field: string;
  readonly columns: readonly string[];
  /** The problem, and what to do about it. */
  readonly says: string;
  readonly rows: number;
}

/** How many problems are kept. The others are counted, and written to the sink. */
const KEPT = 1_000;
/** Limits the different counts, because rows may have fields that no two rows share. */
const MOST_COUNTS = 500;

/** Receives all problems in the order in which they are found. */
export interface ProblemSink {
  write(problems: readonly Problem[]): Promise<void>;
}

/** Collects the problems of rows in a bounded amount of memory. */
export class Problems {
  readonly #first: Problem[] = [];
  readonly #counts = new Map<string, ProblemCount & { rows: number }>();
  readonly #sink: ProblemSink | undefined;
  /** Those that the sink has not received yet. */
  #pending: Problem[] = [];
  #total = 0;

  constructor(sink?: ProblemSink) {
    this.#sink = sink;
  }

  /** Adds the problems of one row. */
  add(problems: readonly Problem[]): void {
    this.#total += problems.length;
    this.#first.push(...problems.slice(0, KEPT - this.#first.length));
    if (this.#sink) this.#pending.push(...problems);
    const counts = new Set(problems.map((problem) => this.#countOf(problem)));
    for (const count of counts) count.rows += 1;
  }

  /** Writes to the sink. Call it after each batch, so that little memory waits for it. */
  async flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const pending = this.#pending;
    this.#pending = [];
    await this.#sink?.write(pending);
  }

  get total(): number {
    return this.#total;
  }

  /** The first thousand. */
  get first(): readonly Problem[] {
    return this.#first;
  }

  /** Counts of all problems, the most frequent first. */
  counts(): ProblemCount[] {
    return [...this.#counts.values()].toSorted((a, b) => b.rows - a.rows);
  }

  #countOf({ kind, field, columns, value, reason }: Problem): ProblemCount & { rows: number } {
    const anywhere = field.replaceAll(/\.\d+(?=\.|$)/g, '.*');
    const { says, remedy } = PROBLEM_KINDS[kind];
    const detail = kind === 'BAD_VALUE' ? `${says}. ${withoutValue(reason, value)}` : says;
    const key = JSON.stringify([kind, anywhere, detail]);
    const isOther = this.#counts.size >= MOST_COUNTS && !this.#counts.has(key);
    const count = this.#counts.get(isOther ? kind : key) ?? {
      kind,
      field: isOther ? 'other fields' : anywhere,
      columns: isOther ? [] : columns,
      says: `${isOther ? says : detail}. ${remedy}`,
      rows: 0,
    };
    this.#counts.set(isOther ? kind : key, count);
    return count;
  }
}

/** Makes the reasons of rows with different values equal. */
const withoutValue = (reason: string, value: string | null) =>
  (value === null ? reason : reason.replace(value, () => '…')).replace(/\.$/, '');
