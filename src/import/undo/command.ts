import type { Command } from 'commander';
import type { BulkWriter } from '../../domain/write.js';
import { findRuns, parseRun } from './runs.js';
import { type UndoReport, undoRun } from './undo.js';

const SHOWN = 20;

/** Configures the `undo` command. It prints what it does to standard output. */
export function configureUndo(
  open: () => Promise<{ writer: BulkWriter } & AsyncDisposable>,
  command: Command,
  print: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
): void {
  command
    .argument('<run>', 'a run, such as speeches@3; the name of a data set lists its runs')
    .option('--dry-run', 'report what would be done, write nothing')
    .action(async (name: string, { dryRun = false }: { dryRun?: boolean }) => {
      const run = name.includes('@') ? parseRun(name) : undefined;
      const { writer, ...opened } = await open();
      try {
        if (run) for (const line of described(await undoRun(writer, run, { dryRun }), dryRun)) print(line);
        else for (const line of await listed(writer, name)) print(line);
      } finally {
        await opened[Symbol.asyncDispose]();
      }
    });
}

async function listed({ db }: BulkWriter, dataset: string): Promise<string[]> {
  const runs = await findRuns(db, dataset);
  if (runs.length === 0) return [`No revision is from an import of the data set ${dataset}.`];
  return runs.map(
    ({ number, revisions, at }) =>
      `${dataset}@${number}: ${at.toISOString()}, ${revisions} ${revisions === 1 ? 'revision' : 'revisions'}`,
  );
}

function described(
  { retracted, reverted, drafts, undoneBefore, kept }: UndoReport,
  isDry: boolean,
): string[] {
  const counts = [
    `${retracted} retracted`,
    `${reverted} reverted`,
    ...(drafts > 0 ? [`${drafts} drafts left to the next import`] : []),
    ...(undoneBefore > 0 ? [`${undoneBefore} undone before`] : []),
    `${kept.length} kept`,
  ].join(', ');
  const more = kept.length - SHOWN;
  return [
    ...kept.slice(0, SHOWN).map(({ slug, reason }) => `${slug}: ${reason}.`),
    ...(more > 0 ? [`… and ${more} more.`] : []),
    `${isDry ? 'Dry run, nothing was written: ' : ''}${counts}.`,
  ];
}
