import { Command, InvalidArgumentError } from 'commander';
import type { OpenDatabase } from '../database/open.js';
import { type Finding, RULES } from './report.js';
import { type Extent, type Verification, verifyRecord } from './verify.js';

/** The `verify` command. Writes findings to standard output and exits with code 1 if there are any. */
export function verifyCommand(
  open: () => Promise<OpenDatabase>,
  command: Command = new Command('verify'),
): Command {
  return command
    .option('--limit <lines>', 'maximum number of findings to list; all are counted', parseLimit, 100)
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
  if (findings.total === 0) return `The record is valid: ${checked}.\n`;
  const listed = findings.listed();
  const more = findings.total - listed.length;
  const lines = [
    ...listed.map(describeFinding),
    ...(more > 0 ? [`… and ${counted(more)} more. Raise --limit to list them.`] : []),
    `The record is damaged: ${counted(findings.total)} findings (${findings.counts
      .map(([code, count]) => `${code} ${counted(count)}`)
      .join(', ')}), ${checked}. Nothing was changed. Run verify --help to see the rules. Restore the ` +
      'record from a backup, or let editors revise the developments.',
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
