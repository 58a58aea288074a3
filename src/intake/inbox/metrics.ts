import type { Registry } from 'prom-client';
import type { Database } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { addDatabaseGauge } from '../database-gauge.js';
import { countInboxByState } from './items.js';

/** More articles of a state are counted as this many, so that a scrape stays cheap. */
const MAX_COUNTED = 1_000_000;
/** The publications that the times are of. */
const PERIOD = '30 days';

/** Adds the metrics of the inbox: all instances report the same. */
export function addInboxMetrics(registry: Registry, db: Database): void {
  addDatabaseGauge(registry, {
    name: 'inbox_items',
    help: 'Articles in the inbox by state: unread, snoozed, drafted, dismissed.',
    labelNames: ['state'],
    read: async () =>
      (await countInboxByState(db, {}, MAX_COUNTED)).map(({ state, count }) => ({
        labels: { state: state.toLowerCase() },
        value: count,
      })),
  });
  addDatabaseGauge(registry, {
    name: 'inbox_publication_seconds',
    help: 'Seconds from the arrival of an article to the publication of what an editor made of it, in the last 30 days.',
    labelNames: ['quantile'],
    read: async () => {
      const { median, high, longest } = await readTimes(db);
      const values = { '0.5': median, '0.9': high, '1': longest };
      // As a summary without observations has it.
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
    read: async () => [{ labels: {}, value: (await readTimes(db)).count }],
  });
}

interface Times {
  readonly count: number;
  /** In seconds. Null if nothing was published. */
  readonly median: number | null;
  readonly high: number | null;
  readonly longest: number | null;
}

async function readTimes(db: Database): Promise<Times> {
  const [times] = await read<Times>(
    db,
    Prisma.sql`
      SELECT count(*)::int AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS median,
             percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS high, max(seconds) AS longest
      FROM (
        SELECT extract(epoch FROM development.published_at - item.received_at)::float8 AS seconds
        FROM inbox_mark AS mark
        JOIN inbox_item AS item ON item.id = mark.item_id
        JOIN development ON development.id = mark.development_id
        WHERE mark.act = 'DRAFTED' AND development.published_at > now() - ${PERIOD}::interval
      ) AS published`,
  );
  if (!times) throw new Error('An aggregate has one row.');
  return times;
}
