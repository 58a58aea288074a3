import { open, rename, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command } from 'commander';
import { limitHeapGrowth } from '../database/heap.js';
import type { OpenDatabase } from '../database/open.js';
import { COMMAND_LINE, recordAudit } from '../domain/audit/audit.js';
import { UnreadableFileError, unreadable } from '../files/errors.js';
import { exportRecord } from './export.js';

/**
 * Defines the `export` command. The file gets its name when it is complete; `-` is standard output.
 *
 * @param openRecord Opens the record. Called after the file is opened for writing.
 */
export function exportCommand(
  openRecord: () => Promise<OpenDatabase>,
  command: Command = new Command('export'),
): Command {
  return command
    .argument('<file>', 'a file whose name ends in .ndjson or .jsonl, or - for standard output')
    .action(async (file: string) => {
      limitHeapGrowth();
      if (file !== '-' && !/\.(ndjson|jsonl)$/i.test(file)) {
        throw new UnreadableFileError(`${file}: expected a name that ends in .ndjson or .jsonl, or -.`);
      }
      const target = file === '-' ? standardOutput() : await openTarget(file);
      try {
        const database = await openRecord();
        try {
          // Before the export, whose transaction only reads.
          await recordAudit(database.db, { act: 'EXPORTED', actor: COMMAND_LINE, subject: basename(file) });
          const { references, developments, revisions, positions } = await exportRecord(
            database.db,
            target.write,
          );
          await target.finish();
          process.stderr.write(
            `Exported ${developments} developments with ${revisions} revisions and ${positions} positions of the ` +
              `feed, and ${references} references.\n`,
          );
        } finally {
          await database[Symbol.asyncDispose]();
        }
      } finally {
        await target.close();
      }
    });
}

interface Target {
  readonly write: (lines: readonly string[]) => Promise<void>;
  /** Call it after the last line. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

function standardOutput(): Target {
  return {
    write: (lines) =>
      new Promise((resolve, reject) => {
        process.stdout.write(textOf(lines), (error) => (error ? reject(error) : resolve()));
      }),
    finish: async () => {},
    close: async () => {},
  };
}

async function openTarget(file: string): Promise<Target> {
  const draft = `${file}.part`;
  const handle = await open(draft, 'w').catch((error: unknown) => {
    throw unreadable(file, error);
  });
  let isWhole = false;
  return {
    write: (lines) => handle.appendFile(textOf(lines)),
    finish: async () => {
      await handle.sync();
      await rename(draft, file);
      isWhole = true;
    },
    close: async () => {
      await handle.close();
      if (!isWhole) await rm(draft, { force: true });
    },
  };
}
