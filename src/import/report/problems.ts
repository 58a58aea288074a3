import type { Problem } from '../read/row.js';
import { PROBLEM_KINDS, type ProblemKind } from './problem-kinds.js';

/** How many rows have the same kind of problem with the same field. */
export interface ProblemCount {
  readonly kind: ProblemKind;
  /** A `*` stands for places in lists: `participants.*.actor`. */
  readonly field: string;
  readonly columns: readonly string[];
  /** What is wrong, and what to do about it. */
  readonly says: string;
  readonly rows: number;
}

/** How many problems are kept as they are; others are only counted, and told to whoever writes them down. */
const KEPT = 1_000;
/** How many different counts there are at most: rows may have fields that no two rows share. */
const MOST_COUNTS = 500;

/** Is told of all problems, in the order in which they are found. */
export interface ProblemSink {
  write(problems: readonly Problem[]): Promise<void>;
}

/** Collects the problems of rows in a bounded amount of memory. */
export class Problems {
  readonly #first: Problem[] = [];
  readonly #counts = new Map<string, ProblemCount & { rows: number }>();
  readonly #sink: ProblemSink | undefined;
  /** Those that the sink was not told of yet. */
  #pending: Problem[] = [];
  #total = 0;

  constructor(sink?: ProblemSink) {
    this.#sink = sink;
  }

  /** Takes the problems of one row. */
  add(problems: readonly Problem[]): void {
    this.#total += problems.length;
    this.#first.push(...problems.slice(0, KEPT - this.#first.length));
    if (this.#sink) this.#pending.push(...problems);
    const counts = new Set(problems.map((problem) => this.#countOf(problem)));
    for (const count of counts) count.rows += 1;
  }

  /** Tells the sink; to be called now and then, so that not much waits for it. */
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

  /** What all of them come to, the most frequent first. */
  counts(): ProblemCount[] {
    return [...this.#counts.values()].toSorted((a, b) => b.rows - a.rows);
  }

  #countOf({ kind, field, columns, reason }: Problem): ProblemCount & { rows: number } {
    const anywhere = field.replaceAll(/\.\d+(?=\.|$)/g, '.*');
    const { says, remedy } = PROBLEM_KINDS[kind];
    const detail = kind === 'BAD_VALUE' ? `${says}. ${gist(reason)}` : says;
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

/** What was expected, without what came. */
const gist = (reason: string) => reason.split(/[;.](?: |$)/)[0] ?? reason;
