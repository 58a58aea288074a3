import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { type DevelopmentKind, Prisma } from '../generated/prisma/client.js';
import { NO_EARLIEST } from './dates/fuzzy-date.js';

/** The width of a timeline's buckets. Weeks begin on Monday (ISO 8601). */
export type Interval = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** How many developments of a kind fall into a span of time; both days are inclusive. */
export interface TimelineBucket {
  /** Null for developments that have no first day. */
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: DevelopmentKind;
  readonly count: number;
  /** How many of them certainly fall into the span; the others may also be later. */
  readonly certain: number;
}

/**
 * Counts developments by span and kind, oldest span first, those without a first day before all
 * others; within a span by the kind's name. One SQL statement; empty spans are left out.
 *
 * Each development counts once, in the span that holds the first day that it can have occurred, so
 * that the counts add up to the number of rows. It is `certain` there if its last day lies in the span
 * too; one without a first day never is.
 *
 * @param rows A SELECT without a closing semicolon, one row per development, with the columns `kind`,
 *   `occurred_earliest` and `occurred_latest` (dates).
 */
export function countTimeline(
  db: Transaction,
  rows: Prisma.Sql,
  interval: Interval,
): Promise<TimelineBucket[]> {
  const unit = interval.toLowerCase();
  const end = Prisma.sql`(span + ${`1 ${unit}`}::interval)`;
  // By day first: a million developments lie on some thousands of days, and only those are put into spans.
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
