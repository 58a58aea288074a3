import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Probe } from '../database/probe.js';
import type { FanOut, FanOutFigures } from '../feed/fan-out/fan-out.js';
import type { Lag } from '../feed/lag.js';
import type { Tail } from '../feed/tail.js';
import type { ResponseCacheFigures } from '../http/cache/response-cache.js';
import { VERSION } from '../version.js';
import { PREFIX } from './request-metrics.js';

export interface MetricsOptions {
  readonly log: Logger;
  /** Contains the metrics of requests. */
  readonly registry: Registry;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly lag: Probe<Lag>;
  readonly pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;
  readonly cache: CacheFigures;
  /** Statements of requests. */
  readonly slots: WaitingFigures<'busy'>;
  /** Queries and mutations. */
  readonly concurrency: WaitingFigures<'atWork'>;
}

/** Work that is done or waits. */
export interface WaitingFigures<Busy extends string> {
  readonly figures: Readonly<Record<Busy | 'waiting', number>>;
}

/** The part of the response cache that metrics read. */
export interface CacheFigures {
  readonly figures: ResponseCacheFigures;
}

/**
 * Serves `/metrics` in the text format of Prometheus: requests, feed, database connections, response cache and process.
 *
 * @returns A listener that answers the request and returns true, or ignores it and returns false.
 */
export function createMetrics({
  registry,
  ...options
}: MetricsOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  collectDefaultMetrics({ register: registry });
  addFeed(registry, options);
  const countWaiting = addPool(registry, options);
  addRequests(registry, options.concurrency);
  addCache(registry, options.cache);
  new Gauge({
    name: `${PREFIX}build_info`,
    help: 'The running version. Always 1.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: VERSION }, 1);

  return ({ url = '', method }, response) => {
    if (method !== 'GET' || url.split('?')[0] !== '/metrics') return false;
    countWaiting(); // Before other metrics ask the database.
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      (error: unknown) => {
        options.log.error({ err: error }, 'metrics could not be collected');
        response.writeHead(500).end();
      },
    );
    return true;
  };
}

function addFeed(
  registry: Registry,
  { tail, fanOut, lag }: Pick<MetricsOptions, 'tail' | 'fanOut' | 'lag'>,
): void {
  const gauge = (name: string, help: string, value: () => number | Promise<number>) =>
    new Gauge({
      name: `${PREFIX}${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set(await value());
      },
    });
  const counter = (name: string, help: string, figure: keyof FanOutFigures) =>
    new Counter({
      name: `${PREFIX}${name}`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(fanOut.figures[figure]);
      },
    });

  gauge('feed_position', 'The newest feed position that this instance has read.', () =>
    Number(tail.head.position),
  );
  const behind = (figure: 'entries' | 'seconds') => async () => (await lag())?.[figure] ?? Number.NaN;
  gauge(
    'feed_lag_entries',
    'Log entries that this instance has not read. NaN if the database does not answer.',
    behind('entries'),
  );
  gauge(
    'feed_lag_seconds',
    'The age of the oldest of them. NaN if the database does not answer.',
    behind('seconds'),
  );
  gauge('feed_subscribers', 'Open subscriptions.', () => fanOut.figures.subscribers);
  gauge(
    'feed_replaying',
    'Subscriptions that are catching up or have fallen behind.',
    () => fanOut.figures.replaying,
  );
  gauge(
    'feed_buffered_bytes',
    'Bytes waiting for clients. A shared connection counts for each of its subscriptions.',
    () => fanOut.buffered(),
  );
  gauge('feed_groups', 'Groups of subscriptions that share executions.', () => fanOut.figures.groups);
  counter('feed_executions_total', 'Executions of a selection for a feed item.', 'executions');
  counter('feed_fell_behind_total', 'How often a slow subscriber went back to replaying.', 'fellBehind');
  counter('feed_cut_off_total', 'Subscribers cut off because they made no progress for too long.', 'cutOff');
}

function addCache(registry: Registry, cache: CacheFigures): void {
  const registers = [registry];
  const gauge = (name: string, help: string, figure: keyof ResponseCacheFigures) =>
    new Gauge({
      name: `${PREFIX}cache_${name}`,
      help,
      registers,
      collect() {
        this.set(cache.figures[figure]);
      },
    });
  const counter = (name: string, help: string, figure: keyof ResponseCacheFigures) =>
    new Counter({
      name: `${PREFIX}cache_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(cache.figures[figure]);
      },
    });
  gauge('entries', 'Answers in the response cache.', 'entries');
  gauge('bytes', 'Bytes of memory that these answers use.', 'bytes');
  counter('hits', 'Queries answered from the response cache.', 'hits');
  counter('misses', 'Queries whose answer was not in the response cache.', 'misses');
  counter('shared', 'Misses answered by the execution of another request.', 'shared');
  counter('dropped', 'Answers dropped because the record changed.', 'dropped');
}

function addRequests(registry: Registry, concurrency: MetricsOptions['concurrency']): void {
  new Gauge({
    name: `${PREFIX}requests_at_work`,
    help: 'Queries and mutations that are being executed.',
    registers: [registry],
    collect() {
      this.set(concurrency.figures.atWork);
    },
  });
  new Gauge({
    name: `${PREFIX}requests_waiting`,
    help: 'Queries and mutations that wait for others of the same client.',
    registers: [registry],
    collect() {
      this.set(concurrency.figures.waiting);
    },
  });
}

/** Returns a function that counts what waits for a connection. */
function addPool(registry: Registry, { pool, slots }: Pick<MetricsOptions, 'pool' | 'slots'>): () => void {
  new Gauge({
    name: `${PREFIX}database_connections`,
    help: 'Connections to the database.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
    },
  });
  const waiting = new Gauge({
    name: `${PREFIX}database_waiting`,
    help: 'Statements and transactions that wait for a database connection.',
    registers: [registry],
  });
  return () => waiting.set(pool.waitingCount + slots.figures.waiting);
}
