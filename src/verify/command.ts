import { Command, InvalidArgumentError } from 'commander';
import type { OpenDatabase } from '../database/open.js';
import { type Comparison, type NotedProof, readNotedProof } from './noted-proof.js';
import { type Finding, RULES } from './report.js';
import { type Extent, type Verification, verifyRecord } from './verify.js';

interface Flags {
  readonly limit: number;
  readonly against?: string;
  readonly key?: string;
}

/** Checks an export, and compares it with a proof if there is one. */
type VerifyExport = (
  file: string,
  proof: NotedProof | undefined,
) => Promise<{ readonly message: string; readonly comparison: Comparison | undefined }>;

/**
 * The `verify` command. Writes findings to standard output and exits with code 1 if there are any, or if the record does
 * not continue the proof.
 */
export function verifyCommand(
  open: () => Promise<OpenDatabase>,
  verifyExport: VerifyExport,
  command: Command = new Command('verify'),
): Command {
  return command
    .argument('[export]', 'an export to check instead of the record; needs no database')
    .option(
      '--against <proof>',
      'a proof that you noted earlier: a file or JSON with position and hash, as { proof { … } } answers',
    )
    .option('--key <file>', 'the public key in PEM that must have signed the proof')
    .option('--limit <lines>', 'maximum number of findings to list; all are counted', parseLimit, 100)
    .addHelpText('after', `\nThe rules:\n${describeRules()}`)
    .action(async (file: string | undefined, { limit, against, key }: Flags) => {
      const proof = against === undefined ? undefined : await readNotedProof(against, key);
      if (file !== undefined) {
        const { message, comparison } = await verifyExport(file, proof);
        process.stdout.write(`${message}\n`);
        tell(comparison);
        return;
      }
      const database = await open();
      try {
        const verification = await verifyRecord(database.db, limit, proof);
        process.stdout.write(describe(verification));
        tell(verification.comparison);
        if (verification.findings.total > 0) process.exitCode = 1;
      } finally {
        await database[Symbol.asyncDispose]();
      }
    });
}

function tell(comparison: Comparison | undefined): void {
  if (!comparison) return;
  process.stdout.write(`${comparison.message}\n`);
  if (!comparison.isContinuation) process.exitCode = 1;
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

function describeExtent({ developments, revisions, erased, positions, links }: Extent): string {
  const gone = erased > 0n ? ` (${counted(erased)} erased)` : '';
  return (
    `${counted(developments)} developments, ${counted(revisions)} revisions${gone}, ${counted(positions)} positions ` +
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
