import { Counter, Gauge, type Registry } from 'prom-client';
import type { Database } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { addDatabaseGauge, type OnGaugeError } from '../database-gauge.js';

const PREFIX = 'doctrine_wire_';

/** What a watcher reports. */
export interface WatchMetrics {
  readonly watching: Gauge;
  readonly arrivals: Counter;
  readonly failures: Counter;
}

/** Adds the metrics of watched feeds. Those of the database are read when they are asked for. */
export function createWatchMetrics(registry: Registry, db: Database, onError: OnGaugeError): WatchMetrics {
  const registers = [registry];
  addDatabaseGauge(registry, {
    name: 'watched_feeds',
    help: 'Watched feeds by state: ok, failing, paused.',
    labelNames: ['state'],
    read: async () => (await readStates(db)).map(({ state, count }) => ({ labels: { state }, value: count })),
    onError,
  });
  return {
    watching: new Gauge({
      name: `${PREFIX}watching`,
      help: 'Whether this instance fetches the watched feeds: 1 for one of all instances.',
      registers,
    }),
    arrivals: new Counter({
      name: `${PREFIX}watch_arrivals_total`,
      help: 'Items of watched feeds that were saved, as new inbox items or versions.',
      registers,
    }),
    failures: new Counter({
      name: `${PREFIX}watch_failures_total`,
      help: 'Requests of watched feeds that failed.',
      registers,
    }),
  };
}

const readStates = (db: Database) =>
  read<{ state: string; count: number }>(
    db,
    Prisma.sql`
      SELECT state, count(feed.id)::int AS count FROM unnest(ARRAY['ok', 'failing', 'paused']) AS state
      LEFT JOIN watched_feed AS feed
        ON state = CASE WHEN feed.is_paused THEN 'paused' WHEN feed.failures > 0 THEN 'failing' ELSE 'ok' END
      GROUP BY state`,
  );
