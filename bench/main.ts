import { Command, InvalidArgumentError } from 'commander';
import { runFanOut } from './fanout/run.js';

const program = new Command('bench').description('Benchmarks; bench/README.md says what they measure.');

program
  .command('fanout')
  .description('the feed to many clients, beside a raw broadcast and plain Yoga')
  .option('--only <scenario...>', 'one-selection, many-selections, sse, idle, resume', [])
  .option('--rounds <count>', 'how often each is measured', parseCount, 3)
  .action(runFanOut);

await program.parseAsync();

function parseCount(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new InvalidArgumentError('Expected 1 to 99.');
  return Number(text);
}
