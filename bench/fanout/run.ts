import { judge } from '../bars.js';
import { type BenchDatabase, createDatabase } from '../database.js';
import { Figures } from '../figures.js';
import { machine, printTable, writeResults } from '../report.js';
import { BARS } from './bars.js';
import { SCENARIOS } from './scenarios/index.js';

export interface RunOptions {
  /** Names of scenarios. Default: all. */
  readonly only: readonly string[];
  readonly rounds: number;
}

/**
 * Measures how the feed reaches many clients, compared with other servers.
 *
 * @throws {WrongAnswersError} If clients received wrong items.
 */
export async function runFanOut({ only, rounds }: RunOptions): Promise<void> {
  const names = only.length > 0 ? only : Object.keys(SCENARIOS);
  const unknown = names.find((name) => !SCENARIOS[name]);
  if (unknown) {
    throw new Error(`No scenario "${unknown}". Expected some of: ${Object.keys(SCENARIOS).join(', ')}.`);
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
  console.log(`\nAll clients received the right items. The figures are in ${file}.`);
}

/** Ends all child processes with this one. */
function stopOnSignals(database: BenchDatabase): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      await database[Symbol.asyncDispose]();
      process.exit(130);
    });
  }
}
