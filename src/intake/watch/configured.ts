import type { Logger } from 'pino';
import type { Config } from '../../config/config.js';
import type { Database } from '../../database/open.js';
import { createDocumentReader } from '../reader/document-reader.js';
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

/** How long a feed or an article may take, in milliseconds. Nobody waits for it. */
const READ_TIMEOUT = 30_000;

/** Starts the watcher as the environment says, and logs what it does. */
export function startConfiguredWatcher({
  db,
  config,
  log,
  metrics,
  wake,
}: ConfiguredOptions): AsyncDisposable {
  const { intake, publicUrl } = config;
  // One of its own, so that a slow feed keeps no editor waiting.
  const reader = createDocumentReader({
    timeout: READ_TIMEOUT,
    onDefect: (error) => log.error({ err: error }, 'a document could not be parsed because of a defect'),
  });
  const watcher = startWatcher({
    ...{ db, reader, allowed: intake.allowed, pause: intake.pause },
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
    onWarning: ({ url }, warning) =>
      log.warn({ url, warning }, 'articles of a watched feed could not be read'),
    onError: (error) => log.error({ err: error }, 'watched feeds could not be fetched; trying again'),
  });
  return {
    async [Symbol.asyncDispose]() {
      // The watcher ends its polls first. The reader then fails the documents that they wait for.
      const ending = watcher[Symbol.asyncDispose]();
      await reader[Symbol.asyncDispose]();
      await ending;
    },
  };
}
