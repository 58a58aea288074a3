import { Command, InvalidArgumentError } from 'commander';
import type { OpenDatabase } from '../database/open.js';
import { type Finding, RULES } from './report.js';
import { type Extent, type Verification, verifyRecord } from './verify.js';

/**
 * The `verify` command. What it finds goes to standard output; the process's exit code is 1 where it finds
 * anything.
 */
export function verifyCommand(
  open: () => Promise<OpenDatabase>,
  command: Command = new Command('verify'),
): Command {
  return command
    .option('--limit <lines>', 'how many findings to list at most; all are counted', parseLimit, 100)
    .addHelpText('after', `\nThe rules:\n${describeRules()}`)
    .action(async ({ limit }: { limit: number }) => {
      const database = await open();
      try {
        const verification = await verifyRecord(database.db, limit);
        process.stdout.write(describe(verification));
        if (verification.findings.total > 0) process.exitCode = 1;
      } finally {
        await database[Symbol.asyncDispose]();
      }
    });
}

function describe({ extent, findings }: Verification): string {
  const checked = `${describeExtent(extent)} checked`;
  if (findings.total === 0) return `The record is whole: ${checked}.\n`;
  const listed = findings.listed();
  const more = findings.total - listed.length;
  const lines = [
    ...listed.map(describeFinding),
    ...(more > 0 ? [`… and ${counted(more)} more. List more of them with --limit.`] : []),
    `The record is damaged: ${counted(findings.total)} found (${findings.counts
      .map(([code, count]) => `${code} ${counted(count)}`)
      .join(', ')}), ${checked}. Nothing was changed. See verify --help for the rules; restore the record ` +
      'from a copy that is whole, or revise what editors can revise.',
  ];
  return `${lines.join('\n')}\n`;
}

const describeFinding = ({ code, concerns, expected, found }: Finding) =>
  `${code} ${concerns}: expected ${expected}; found ${found}.`;

function describeExtent({ developments, revisions, positions, links }: Extent): string {
  return (
    `${counted(developments)} developments, ${counted(revisions)} revisions, ${counted(positions)} positions ` +
    `and ${counted(links)} links`
  );
}

const FORMAT = new Intl.NumberFormat('en-GB');
const counted = (count: number | bigint) => FORMAT.format(count);

const describeRules = () =>
  Object.entries(RULES)
    .map(([code, rule]) => `  ${code}: ${rule}`)
    .join('\n');

function parseLimit(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Expected a number of lines such as 100.');
}
