import type { Registry } from 'prom-client';
import type { Database } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { addDatabaseGauge } from '../database-gauge.js';

/** The period that publication times are measured over. */
const PERIOD = '30 days';

/** Adds the metrics of the inbox: all instances report the same. One SQL statement for each scrape. */
export function addInboxMetrics(registry: Registry, db: Database): void {
  let reading: Promise<Figures> | undefined;
  /** Shares one statement among the gauges of a scrape. */
  const figures = () => {
    reading ??= readFigures(db).finally(() => {
      reading = undefined;
    });
    return reading;
  };
  addDatabaseGauge(registry, {
    name: 'inbox_items',
    help: 'Articles in the inbox by state: unread, snoozed, drafted, dismissed.',
    labelNames: ['state'],
    read: async () => {
      const { unread, snoozed, drafted, dismissed } = await figures();
      const counts = Object.entries({ unread, snoozed, drafted, dismissed });
      return counts.map(([state, value]) => ({ labels: { state }, value }));
    },
  });
  addDatabaseGauge(registry, {
    name: 'inbox_publication_seconds',
    help: 'Seconds from the arrival of an article to the publication of what an editor made of it, in the last 30 days.',
    labelNames: ['quantile'],
    read: async () => {
      const { median, high, longest } = await figures();
      const values = { '0.5': median, '0.9': high, '1': longest };
      // NaN, as in a Prometheus summary without observations.
      return Object.entries(values).map(([quantile, value]) => ({
        labels: { quantile },
        value: value ?? Number.NaN,
      }));
    },
  });
  addDatabaseGauge(registry, {
    name: 'inbox_publications',
    help: 'Developments that were published in the last 30 days and made from articles of the inbox.',
    labelNames: [],
    read: async () => [{ labels: {}, value: (await figures()).published }],
  });
}

interface Figures {
  readonly unread: number;
  readonly snoozed: number;
  readonly drafted: number;
  readonly dismissed: number;
  readonly published: number;
  /** In seconds. Null if nothing was published. */
  readonly median: number | null;
  readonly high: number | null;
  readonly longest: number | null;
}

async function readFigures(db: Database): Promise<Figures> {
  const [figures] = await read<Figures>(
    db,
    Prisma.sql`
      SELECT items.*, times.* FROM (
        SELECT count(*) FILTER (WHERE state = 'UNREAD' OR snoozed_until <= now())::int AS unread,
               count(*) FILTER (WHERE state = 'SNOOZED' AND snoozed_until > now())::int AS snoozed,
               count(*) FILTER (WHERE state = 'DRAFTED')::int AS drafted,
               count(*) FILTER (WHERE state = 'DISMISSED')::int AS dismissed
        FROM inbox_item
      ) AS items, (
        SELECT count(*)::int AS published, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
               percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS high, max(seconds) AS longest
        FROM (
          SELECT extract(epoch FROM development.published_at - item.received_at)::float8 AS seconds
          FROM inbox_mark AS mark
          JOIN inbox_item AS item ON item.id = mark.item_id
          JOIN development ON development.id = mark.development_id
          WHERE mark.act = 'DRAFTED' AND development.published_at > now() - ${PERIOD}::interval
        ) AS one
      ) AS times`,
  );
  if (!figures) throw new Error('An aggregate has one row.');
  return figures;
}
