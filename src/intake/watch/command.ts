import type { Command } from 'commander';
import { pino } from 'pino';
import type { Config } from '../../config/config.js';
import { openDatabase } from '../../database/open.js';
import { startConfiguredWatcher } from './configured.js';

/** The `watch` command: fetches watched feeds until SIGINT or SIGTERM. */
export function watchCommand(config: Config, command: Command): Command {
  return command.action(async () => {
    const log = pino({ level: config.logLevel });
    const database = await openDatabase(config.database);
    try {
      const watcher = startConfiguredWatcher({ db: database.db, config, log, wake: () => {} });
      try {
        log.info('watching feeds');
        const failure = await Promise.race([signal('SIGINT', 'SIGTERM'), database.failed]);
        if (failure) throw failure;
      } finally {
        await watcher[Symbol.asyncDispose]();
      }
    } finally {
      await database[Symbol.asyncDispose]();
    }
  });
}

function signal(...names: NodeJS.Signals[]): Promise<undefined> {
  // Timers of the watcher do not keep the process alive.
  const alive = setInterval(() => {}, 2 ** 30);
  return new Promise((resolve) => {
    for (const name of names)
      process.once(name, () => {
        clearInterval(alive);
        resolve(undefined);
      });
  });
}
