import { Prisma } from '../../generated/prisma/client.js';
import type { RecordCheck } from '../check.js';
import { each } from '../read.js';

const { sql } = Prisma;

/** By the database's clock. A minute is the tolerance for clocks that differ. */
const FUTURE = sql`recorded_at > clock_timestamp() + interval '1 minute'`;

/** FUTURE_TIME: entries. */
export const entriesAreOfThePast: RecordCheck = async (tx, findings) => {
  const entries = each<{ position: bigint; at: Date }>(
    tx,
    sql`SELECT position, recorded_at AS at FROM feed_entry WHERE ${FUTURE} ORDER BY position`,
  );
  for await (const { position, at } of entries) {
    findings.add('FUTURE_TIME', `position ${position}`, 'a time up to now', at.toISOString());
  }
};

/** FUTURE_TIME: revisions. */
export const revisionsAreOfThePast: RecordCheck = async (tx, findings) => {
  const revisions = each<{ name: string; number: number; at: Date }>(
    tx,
    sql`SELECT coalesce(development.slug, it.development_id::text) AS name, it.number, it.recorded_at AS at
        FROM (SELECT development_id, number, recorded_at FROM revision WHERE ${FUTURE}) AS it
        LEFT JOIN development ON development.id = it.development_id
        ORDER BY it.development_id, it.number`,
  );
  for await (const { name, number, at } of revisions) {
    findings.add('FUTURE_TIME', `${name}, revision ${number}`, 'a time up to now', at.toISOString());
  }
};
