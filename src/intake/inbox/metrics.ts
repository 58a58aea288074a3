import type { Registry } from 'prom-client';
import type { Database } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { addDatabaseGauge, type OnGaugeError } from '../database-gauge.js';
import { countInboxByState } from './items.js';

/** The period that publication times are measured over. */
const PERIOD = '30 days';
/** The newest drafts that they are looked for among, so that a scrape takes as long on any record. */
const MAX_DRAFTS = 10_000;
/** Counts of a state stop here, as those of `inboxCounts` do. */
const MAX_COUNTED = 10_000;

/** Adds the metrics of the inbox: all instances report the same. Two SQL statements for each scrape. */
export function addInboxMetrics(registry: Registry, db: Database, onError: OnGaugeError): void {
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
    help: `Articles in the inbox by state: unread, snoozed, drafted, dismissed. At most ${MAX_COUNTED} are counted for each.`,
    labelNames: ['state'],
    read: async () =>
      (await countInboxByState(db, {}, MAX_COUNTED)).map(({ state, count }) => ({
        labels: { state: state.toLowerCase() },
        value: count,
      })),
    onError,
  });
  addDatabaseGauge(registry, {
    name: 'inbox_publication_seconds',
    help: `Seconds from the arrival of an article to the publication of what an editor made of it, in the last 30 days, of the ${MAX_DRAFTS} newest drafts.`,
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
    onError,
  });
  addDatabaseGauge(registry, {
    name: 'inbox_publications',
    help: `Developments that were published in the last 30 days and made from articles of the inbox, of the ${MAX_DRAFTS} newest drafts.`,
    labelNames: [],
    read: async () => [{ labels: {}, value: (await figures()).published }],
    onError,
  });
}

interface Figures {
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
      SELECT count(*)::int AS published, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
             percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS high, max(seconds) AS longest
      FROM (
        SELECT extract(epoch FROM development.published_at - item.received_at)::float8 AS seconds
        FROM (
          SELECT item_id, development_id FROM inbox_mark WHERE act = 'DRAFTED'
          ORDER BY recorded_at DESC LIMIT ${MAX_DRAFTS}
        ) AS mark
        JOIN inbox_item AS item ON item.id = mark.item_id
        JOIN development ON development.id = mark.development_id
        WHERE development.published_at > now() - ${PERIOD}::interval
      ) AS one`,
  );
  if (!figures) throw new Error('An aggregate has one row.');
  return figures;
}
