import { Command, InvalidArgumentError } from 'commander';
import { runAsOf } from './as-of/run.js';
import { runFanOut } from './fanout/run.js';
import { runQuery } from './query/run.js';
import { dropRecords } from './record/kept.js';

const program = new Command('bench').description('Benchmarks; bench/README.md says what they measure.');

program
  .command('fanout')
  .description('the feed to many clients, beside a raw broadcast and plain Yoga')
  .option('--only <scenario...>', 'one-selection, many-selections, sse, idle, resume', [])
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .action(runFanOut);

program
  .command('as-of')
  .description('questions as of a point in the past, beside the same questions of the present')
  .option('--count <developments>', 'how many are generated, each with three revisions', Number, 100_000)
  .option('--rounds <count>', 'how often each is measured', parseCount, 5)
  .action(runAsOf);

program
  .command('query')
  .description('any question, beside PostGraphile, hand-written SQL and a bare server')
  .option('--count <developments>', 'how many the record has', Number, 1_000_000)
  .option(
    '--only <scenario...>',
    'page, participant, search, relevance, timeline, facets, "facets of all", repeated',
    [],
  )
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .option('--seconds <count>', 'for how long each time', parseCount, 4)
  .action(runQuery);

program
  .command('drop')
  .description('drops the databases with generated records, which other commands keep for the next run')
  .action(async () => {
    for (const name of await dropRecords()) console.log(`${name} dropped`);
  });

await program.parseAsync();

function parseCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Expected 1 to 99.');
  return Number(text);
}
