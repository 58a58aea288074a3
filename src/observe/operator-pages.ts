import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { MigrationState } from '../database/migrate.js';
import type { Database } from '../database/open.js';
import { createProbe, keepGood } from '../database/probe.js';
import type { FanOut } from '../feed/fan-out/fan-out.js';
import { readLag } from '../feed/lag.js';
import type { Tail } from '../feed/tail.js';
import { createHealth } from './health.js';
import { type CacheFigures, createMetrics, type WaitingFigures } from './metrics.js';

/** The timeout of a database probe, in milliseconds. */
const PROBE_TIMEOUT = 2_000;
/** How long complete migrations are cached, in milliseconds. */
const MIGRATIONS_INTERVAL = 30_000;

export interface OperatorPagesOptions {
  readonly log: Logger;
  readonly db: Database;
  readonly pool: Pool;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly registry: Registry;
  readonly cache: CacheFigures;
  readonly slots: WaitingFigures<'busy'>;
  readonly concurrency: WaitingFigures<'atWork'>;
  readMigrationState(): Promise<MigrationState>;
  /** Whether the server is shutting down. */
  isEnding(): boolean;
}

/** Answers a request and returns true, or ignores it and returns false. */
export type Page = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Creates `/health/live`, `/health/ready` and `/metrics`. */
export function createOperatorPages(options: OperatorPagesOptions): Page[] {
  const { log, db, pool, tail, fanOut, registry, cache, slots, concurrency, isEnding } = options;
  const lag = createProbe(() => readLag(db, tail), PROBE_TIMEOUT);
  const migrations = keepGood(
    createProbe(options.readMigrationState, PROBE_TIMEOUT),
    'complete',
    MIGRATIONS_INTERVAL,
  );
  return [
    createHealth({ log, lag, migrations, isEnding }),
    createMetrics({ log, registry, tail, fanOut, lag, pool, cache, slots, concurrency }),
  ];
}
