import { judge } from '../bars.js';
import { type BenchDatabase, createDatabase } from '../database.js';
import { Figures } from '../figures.js';
import { machine, printTable, writeResults } from '../report.js';
import { BARS } from './bars.js';
import { SCENARIOS } from './scenarios/index.js';

export interface RunOptions {
  /** Names of scenarios; all where none is given. */
  readonly only: readonly string[];
  readonly rounds: number;
}

/**
 * Measures how the feed is sent to many clients, beside other servers.
 *
 * @throws {WrongAnswersError} When clients were sent something else than they should have been.
 */
export async function runFanOut({ only, rounds }: RunOptions): Promise<void> {
  const names = only.length > 0 ? only : Object.keys(SCENARIOS);
  const unknown = names.find((name) => !SCENARIOS[name]);
  if (unknown) {
    throw new Error(`There is no "${unknown}". Expected some of: ${Object.keys(SCENARIOS).join(', ')}.`);
  }
  const figures = new Figures();
  await using database = await createDatabase();
  stopOnSignals(database);
  const started = machine(database.version);
  const progress = (text: string) => console.error(text);
  for (const name of names) await SCENARIOS[name]?.({ figures, rounds, database, progress });
  const verdicts = judge(BARS, figures);
  printTable(figures, verdicts);
  const file = await writeResults('fanout', {
    machine: started,
    rounds,
    figures: figures.all,
    bars: verdicts,
  });
  console.log(`\nAll answers were right. The figures are in ${file}.`);
}

/** Leaves nothing behind: the processes end with this one. */
function stopOnSignals(database: BenchDatabase): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await database[Symbol.asyncDispose]();
      process.exit(130);
    });
  }
}
