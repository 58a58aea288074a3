import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { type DevelopmentKind, Prisma } from '../generated/prisma/client.js';
import { NO_EARLIEST } from './dates/fuzzy-date.js';

/** The length of a timeline's spans. Weeks start on Monday (ISO 8601). */
export type Interval = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** The number of developments of a kind in a span of time. Both days are inclusive. */
export interface TimelineBucket {
  /** Null for developments without an earliest day. */
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: DevelopmentKind;
  readonly count: number;
  /** The number of those whose latest day is in the span too. */
  readonly certain: number;
}

/**
 * Counts developments by span and kind, oldest span first. Developments without an earliest day come first;
 * kinds are ordered by name. Omits empty spans. One SQL statement.
 *
 * Each development counts once, in the span of its earliest day, so the counts add up to the number of
 * rows.
 *
 * @param rows A SELECT without a semicolon, one row per development, with the columns `kind`,
 *   `occurred_earliest` and `occurred_latest` (dates).
 */
export function countTimeline(
  db: Transaction,
  rows: Prisma.Sql,
  interval: Interval,
): Promise<TimelineBucket[]> {
  const unit = interval.toLowerCase();
  const end = Prisma.sql`(span + ${`1 ${unit}`}::interval)`;
  // Groups by day first: a million developments have only some thousands of distinct days.
  // Timestamps throughout, never instants: no day depends on the session's time zone.
  return read<TimelineBucket>(
    db,
    Prisma.sql`
    SELECT to_char(span, 'YYYY-MM-DD') AS "from",
           to_char(${end} - interval '1 day', 'YYYY-MM-DD') AS "to",
           kind::text AS kind,
           sum(developments)::int AS count,
           coalesce(sum(developments) FILTER (WHERE occurred_latest < ${end}), 0)::int AS certain
    FROM (
      SELECT kind, occurred_latest, developments,
             date_trunc(${unit}, nullif(occurred_earliest, ${NO_EARLIEST}::date)::timestamp) AS span
      FROM (
        SELECT kind, occurred_earliest, occurred_latest, count(*) AS developments
        FROM (${rows}) AS development
        GROUP BY kind, occurred_earliest, occurred_latest
      ) AS day
    ) AS dated
    GROUP BY span, kind
    ORDER BY span NULLS FIRST, kind::text COLLATE "C"
  `,
  );
}
