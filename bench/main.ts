import { Command, InvalidArgumentError } from 'commander';
import { runAsOf } from './as-of/run.js';
import { runCost } from './cost/run.js';
import { runDownloads } from './downloads/run.js';
import { runFanOut } from './fanout/run.js';
import { runImport } from './import/run.js';
import { runIntake } from './intake/run.js';
import { dropRecords } from './kept.js';
import { runPage } from './page/run.js';
import { runPublish } from './publish/run.js';
import { runQuery } from './query/run.js';
import { runScale } from './scale/run.js';

const program = new Command('bench').description('Benchmarks, described in bench/README.md.');

program
  .command('fanout')
  .description('the feed to many clients, compared with a raw broadcast and plain Yoga')
  .option('--only <scenario...>', 'one-selection, many-selections, sse, idle, resume', [])
  .option('--rounds <count>', 'rounds of each measurement', parseCount, 3)
  .action(runFanOut);

program
  .command('as-of')
  .description('queries about the past, compared with the same queries about the present')
  .option('--count <developments>', 'developments to generate, each with three revisions', Number, 100_000)
  .option('--rounds <count>', 'rounds of each measurement', parseCount, 5)
  .action(runAsOf);

program
  .command('query')
  .description('query throughput, compared with PostGraphile, hand-written SQL and a bare server')
  .option('--count <developments>', 'developments in the record', Number, 1_000_000)
  .option(
    '--only <scenario...>',
    'page, "deep page", "page alone", "slug alone", participant, search, relevance, timeline, facets, "facets of all", repeated',
    [],
  )
  .option('--rounds <count>', 'rounds of each measurement', parseCount, 3)
  .option('--seconds <count>', 'seconds for each measurement', parseCount, 4)
  .action(runQuery);

program
  .command('scale')
  .description('how latency grows with the record')
  .option(
    '--counts <developments>',
    'sizes of the records on PostgreSQL',
    parseCounts,
    [10_000, 100_000, 1_000_000],
  )
  .option(
    '--embedded <developments>',
    'sizes of the records in the embedded database',
    parseCounts,
    [10_000, 100_000],
  )
  .option('--turns <count>', 'measurements of each query', Number, 60)
  .action(runScale);

program
  .command('cost')
  .description('how long query shapes take for the points that they are charged')
  .option('--counts <developments>', 'sizes of the records', parseCounts, [20_000, 1_000_000])
  .option('--rounds <count>', 'measurements of each shape', parseCount, 5)
  .action(runCost);

program
  .command('import')
  .description('an import, compared with a bare COPY of the same rows')
  .option('--count <rows>', 'rows to import into PostgreSQL', Number, 1_000_000)
  .option('--embedded <rows>', 'rows to import into the embedded database', Number, 10_000)
  .option('--rounds <count>', 'rounds of each measurement', parseCount, 1)
  .action(runImport);

program
  .command('publish')
  .description('publishing over HTTP, beside a hand-written transaction of the same rows')
  .option('--count <developments>', 'how many are published one at a time, and 16 at once', Number, 1_000)
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .action(runPublish);

program
  .command('downloads')
  .description('downloads of whole records: rows a second, and memory of the server')
  .option('--counts <developments>', 'sizes of the records', parseCounts, [100_000, 1_000_000])
  .action(runDownloads);

program
  .command('page')
  .description('the public page: Lighthouse, and frames of a list of 10,000 developments that scrolls')
  .option('--only <scenario...>', 'lighthouse, scroll', [])
  .option('--count <developments>', 'developments in the record of the list', Number, 20_000)
  .option('--rounds <count>', 'rounds of each measurement', parseCount, 3)
  .action(runPage);

program
  .command('intake')
  .description('quotations and speakers against annotated texts, and the speed of suggestions')
  .requiredOption('--data <path>', 'a folder in the brat format with text/ and attributions/, or a JSON file')
  .option('--mistakes <count>', 'examples of mistakes to print, for each type', Number, 0)
  .action(runIntake);

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

/** Parses numbers separated by commas; none for "none". */
function parseCounts(text: string): number[] {
  const counts = text === 'none' ? [] : text.split(',').map(Number);
  if (counts.every((count) => Number.isInteger(count) && count >= 1_000)) return counts;
  throw new InvalidArgumentError('Expected numbers from 1000, separated by commas, or none.');
}
