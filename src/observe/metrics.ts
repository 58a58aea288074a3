import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { Counter, collectDefaultMetrics, Gauge, type Registry } from 'prom-client';
import type { Probe } from '../database/probe.js';
import type { FanOut, FanOutFigures } from '../feed/fan-out.js';
import type { Lag } from '../feed/lag.js';
import type { Tail } from '../feed/tail.js';
import type { ResponseCacheFigures } from '../http/cache/response-cache.js';
import { VERSION } from '../version.js';
import { PREFIX } from './request-metrics.js';

export interface MetricsOptions {
  readonly log: Logger;
  /** Has the metrics of requests already. */
  readonly registry: Registry;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly lag: Probe<Lag>;
  readonly pool: Pick<Pool, 'totalCount' | 'idleCount' | 'waitingCount'>;
  readonly cache: CacheFigures;
}

/** The response cache, as far as metrics read it. */
export interface CacheFigures {
  readonly figures: ResponseCacheFigures;
}

/**
 * Answers `/metrics` in the text format of Prometheus: figures of the requests, the feed, the database's
 * connections and the process.
 *
 * @returns A listener that answers the request and returns true, or leaves it and returns false.
 */
export function createMetrics({
  registry,
  ...options
}: MetricsOptions): (request: IncomingMessage, response: ServerResponse) => boolean {
  collectDefaultMetrics({ register: registry });
  addFeed(registry, options);
  addPool(registry, options.pool);
  addCache(registry, options.cache);
  new Gauge({
    name: `${PREFIX}build_info`,
    help: 'Which version runs; always 1.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version: VERSION }, 1);

  return ({ url = '', method }, response) => {
    if (method !== 'GET' || url.split('?')[0] !== '/metrics') return false;
    registry.metrics().then(
      (text) => response.writeHead(200, { 'Content-Type': registry.contentType }).end(text),
      (error: unknown) => {
        options.log.error({ err: error }, 'the metrics could not be collected');
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

  gauge('feed_position', 'The newest position of the feed that this instance has read.', () =>
    Number(tail.head.position),
  );
  const behind = (figure: 'entries' | 'seconds') => async () => (await lag())?.[figure] ?? Number.NaN;
  gauge(
    'feed_lag_entries',
    'Entries of the log that this instance has not read; NaN where the database does not say.',
    behind('entries'),
  );
  gauge(
    'feed_lag_seconds',
    'How old the first of them is; NaN where the database does not say.',
    behind('seconds'),
  );
  gauge('feed_subscribers', 'Subscriptions that are open.', () => fanOut.figures.subscribers);
  gauge('feed_replaying', 'Those that have not caught up, or fell behind.', () => fanOut.figures.replaying);
  gauge(
    'feed_buffered_bytes',
    'Bytes that wait for clients, for each subscription those on its connection.',
    () => fanOut.buffered(),
  );
  gauge('feed_groups', 'Groups of subscriptions that share their executions.', () => fanOut.figures.groups);
  counter('feed_executions_total', 'Selections executed for an item of the feed.', 'executions');
  counter('feed_fell_behind_total', 'How often a slow subscriber went back to replaying.', 'fellBehind');
  counter('feed_cut_off_total', 'Subscribers cut off because they took nothing for too long.', 'cutOff');
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
  gauge('bytes', 'Bytes of memory that they take.', 'bytes');
  counter('hits', 'Queries answered from the response cache.', 'hits');
  counter('misses', 'Queries whose answer was not in the response cache.', 'misses');
  counter('shared', 'Misses answered by the execution of another request.', 'shared');
  counter('dropped', 'Answers dropped because the record changed.', 'dropped');
}

function addPool(registry: Registry, pool: MetricsOptions['pool']): void {
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
  new Gauge({
    name: `${PREFIX}database_waiting`,
    help: 'Work that waits for a connection to the database.',
    registers: [registry],
    async collect() {
      await setImmediate(); // What other figures ask of the pool at this moment does not wait: it is handed over in a turn.
      this.set(pool.waitingCount);
    },
  });
}
