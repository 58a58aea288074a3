import type { Transaction } from '../database/open.js';
import type { DevelopmentKind, Prisma } from '../generated/prisma/client.js';
import { NO_EARLIEST } from './fuzzy-date.js';

/** The width of a timeline's buckets. Weeks begin on Monday (ISO 8601). */
export type Interval = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** How many developments of a kind fall into a span of time; both days are inclusive. */
export interface TimelineBucket {
  /** Null for developments that have no first day. */
  readonly from: string | null;
  readonly to: string | null;
  readonly kind: DevelopmentKind;
  readonly count: number;
}

/**
 * Counts developments by span and kind, oldest first, those without a first day before all others.
 * One SQL statement; empty spans are left out.
 *
 * Each development counts once, in the span that holds the first day that it can have occurred.
 */
export async function countTimeline(
  db: Transaction,
  where: Prisma.DevelopmentWhereInput,
  interval: Interval,
): Promise<TimelineBucket[]> {
  const days = await db.development.groupBy({
    by: ['occurredEarliest', 'kind'],
    where,
    orderBy: [{ occurredEarliest: 'asc' }, { kind: 'asc' }],
    _count: true,
  });
  const buckets = new Map<string, TimelineBucket>();
  for (const { occurredEarliest, kind, _count: count } of days) {
    const span = spanOf(occurredEarliest.toISOString().slice(0, 10), interval);
    const key = `${span.from} ${kind}`;
    buckets.set(key, { ...span, kind, count: count + (buckets.get(key)?.count ?? 0) });
  }
  return [...buckets.values()].sort((a, b) => compare(a.from, b.from) || compare(a.kind, b.kind));
}

function spanOf(day: string, interval: Interval): { from: string | null; to: string | null } {
  if (day === NO_EARLIEST) return { from: null, to: null };
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const at = (y: number, m: number, d: number) => new Date(Date.UTC(y, m - 1, d)).toISOString().slice(0, 10);
  switch (interval) {
    case 'DAY':
      return { from: day, to: day };
    case 'WEEK': {
      const sinceMonday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      return { from: at(year, month, date - sinceMonday), to: at(year, month, date - sinceMonday + 6) };
    }
    case 'MONTH':
      return { from: at(year, month, 1), to: at(year, month + 1, 0) };
    case 'YEAR':
      return { from: at(year, 1, 1), to: at(year, 12, 31) };
  }
}

function compare(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
