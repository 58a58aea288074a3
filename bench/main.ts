import { Command, InvalidArgumentError } from 'commander';
import { runAsOf } from './as-of/run.js';
import { runFanOut } from './fanout/run.js';
import { runImport } from './import/run.js';
import { dropRecords } from './kept.js';
import { runPublish } from './publish/run.js';
import { runQuery } from './query/run.js';
import { runScale } from './scale/run.js';

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
    'page, "deep page", participant, search, relevance, timeline, facets, "facets of all", repeated',
    [],
  )
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .option('--seconds <count>', 'for how long each time', parseCount, 4)
  .action(runQuery);

program
  .command('scale')
  .description('how the time of an answer grows with the record')
  .option(
    '--counts <developments>',
    'how many the records have on PostgreSQL',
    parseCounts,
    [10_000, 100_000, 1_000_000],
  )
  .option(
    '--embedded <developments>',
    'how many those of the embedded database have',
    parseCounts,
    [10_000, 100_000],
  )
  .option('--turns <count>', 'how often each question is asked', Number, 60)
  .action(runScale);

program
  .command('import')
  .description('an import, beside a bare COPY of the same rows')
  .option('--count <rows>', 'how many are imported into PostgreSQL', Number, 1_000_000)
  .option('--embedded <rows>', 'how many into the embedded database', Number, 10_000)
  .option('--rounds <count>', 'how often each is measured', parseCount, 1)
  .action(runImport);

program
  .command('publish')
  .description('publishing over HTTP, beside a hand-written transaction of the same rows')
  .option('--count <developments>', 'how many are published one at a time, and 16 at once', Number, 1_000)
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .action(runPublish);

program
  .command('drop')
  .description('drops the generated records, which other commands keep for the next run')
  .action(async () => {
    for (const name of await dropRecords()) console.log(`${name} dropped`);
  });

await program.parseAsync();

function parseCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Expected 1 to 99.');
  return Number(text);
}

/** Numbers with commas in between; none for "none". */
function parseCounts(text: string): number[] {
  const counts = text === 'none' ? [] : text.split(',').map(Number);
  if (counts.every((count) => Number.isInteger(count) && count >= 1_000)) return counts;
  throw new InvalidArgumentError('Expected numbers from 1000, with commas in between, or none.');
}
