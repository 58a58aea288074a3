import { machine, print, writeResults } from '../report.js';

/** Median times of one query, in milliseconds. */
export interface Measured {
  readonly name: string;
  readonly present: number;
  readonly past: number;
}

export interface AsOfResults {
  readonly measured: readonly Measured[];
  readonly bar: number;
  readonly count: number;
  readonly rounds: number;
  readonly postgres: string;
}

export async function report({ measured, bar, postgres, ...run }: AsOfResults): Promise<void> {
  const rows = measured.map(({ name, present, past }) => [
    name,
    present.toFixed(1),
    past.toFixed(1),
    (past / present).toFixed(2),
    past / present <= bar ? 'reached' : 'not reached',
  ]);
  print([['question', 'present, ms', 'past, ms', 'ratio', `at most ${bar}`], ...rows]);
  const file = await writeResults('as-of', { ...run, bar, machine: machine(postgres), measured });
  console.log(`\nWritten to ${file}.`);
}
