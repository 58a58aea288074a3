import type { Command } from 'commander';
import { startNewEpoch } from '../feed/epoch.js';
import { withDatabase } from './with-database.js';

/** Applies pending migrations. With --restored, begins a new epoch too. */
export function configureMigrate(command: Command): void {
  command
    .option(
      '--restored',
      'start a new epoch after restoring a backup: older cursors can no longer be continued',
    )
    .action(({ restored }: { restored?: boolean }) =>
      withDatabase(async ({ db, applied }, print) => {
        print(applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`);
        if (!restored) return;
        await startNewEpoch(db);
        print('Started a new epoch: subscribers with an older cursor are told to reload.');
      }),
    );
}
