import type { Command } from 'commander';
import { type Logger, pino } from 'pino';
import { loadConfig } from '../config/load.js';
import { type RunningServer, startServer } from '../server.js';
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
      await stop(server, config.shutdownTimeout, log);
    }
  });
}

/** Disposes of the server, and ends the process after `timeout` milliseconds, whatever hangs. */
async function stop(server: RunningServer, timeout: number, log: Logger): Promise<void> {
  let isStopped = false;
  const end = () => {
    const message = 'the shutdown took longer than SHUTDOWN_TIMEOUT; the process ends now';
    if (!isStopped) log.error({ seconds: timeout / 1_000 }, message);
    process.exit(isStopped ? undefined : 1);
  };
  // Not cleared: a connection that hangs would keep the process alive afterwards.
  setTimeout(end, timeout).unref();
  await server[Symbol.asyncDispose]();
  isStopped = true;
}

function signal(...names: NodeJS.Signals[]): Promise<undefined> {
  return new Promise((resolve) => {
    for (const name of names) process.once(name, () => resolve(undefined));
  });
}
