import type { Command } from 'commander';
import { pino } from 'pino';
import { loadConfig } from '../config/load.js';
import { startServer } from '../server.js';
import { welcome } from './welcome.js';

/** Serves until SIGINT or SIGTERM. */
export function configureServe(command: Command): void {
  command.action(async () => {
    const config = loadConfig(process.env);
    const log = pino({ level: config.logLevel });
    const server = await startServer(config, log);
    try {
      log.info({ url: server.url }, 'listening');
      if (server.isNew && config.database.kind === 'embedded') {
        process.stdout.write(`${await welcome(server)}\n`);
      }
      const failure = await Promise.race([signal('SIGINT', 'SIGTERM'), server.failed]);
      if (failure) {
        log.fatal({ err: failure }, 'the embedded database has failed');
        throw failure;
      }
      log.info('shutting down');
    } finally {
      await server[Symbol.asyncDispose]();
    }
  });
}

function signal(...names: NodeJS.Signals[]): Promise<undefined> {
  return new Promise((resolve) => {
    for (const name of names) process.once(name, () => resolve(undefined));
  });
}
