import type { Logger } from 'pino';
import type { Config } from '../../config/load.js';
import type { Database } from '../../database/open.js';
import { userAgentOf } from '../user-agent.js';
import type { WatchMetrics } from './metrics.js';
import { startWatcher } from './watcher.js';

interface ConfiguredOptions {
  readonly db: Database;
  readonly config: Pick<Config, 'intake' | 'publicUrl'>;
  readonly log: Logger;
  readonly metrics?: WatchMetrics;
  wake(): void;
}

/** Starts the watcher as the environment says, and logs what it does. */
export function startConfiguredWatcher({
  db,
  config,
  log,
  metrics,
  wake,
}: ConfiguredOptions): AsyncDisposable {
  const { intake, publicUrl } = config;
  return startWatcher({
    ...{ db, allowed: intake.allowed, pause: intake.pause },
    userAgent: userAgentOf(publicUrl),
    wake: () => {
      metrics?.arrivals.inc();
      wake();
    },
    onWatching: (isWatching) => {
      metrics?.watching.set(isWatching ? 1 : 0);
      log.info(
        isWatching ? 'this instance fetches the watched feeds' : 'another instance fetches the watched feeds',
      );
    },
    onFailure: ({ url, failures }, failure) => {
      metrics?.failures.inc();
      log.warn({ url, failures: failures + 1, failure }, 'a watched feed could not be read');
    },
    onError: (error) => log.error({ err: error }, 'watched feeds could not be fetched; trying again'),
  });
}
