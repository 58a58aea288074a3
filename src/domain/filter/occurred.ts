import { Prisma } from '../../generated/prisma/client.js';
import { NO_EARLIEST, NO_LATEST, parseFuzzyDate } from '../dates/fuzzy-date.js';
import type { DevelopmentFilter } from './types.js';

const { sql } = Prisma;

type Wanted = NonNullable<DevelopmentFilter['occurred']>;

/** Few dates span more than a year: decades and open intervals. They have an index of their own. */
const LONG = sql`it.occurred_latest - it.occurred_earliest > 366`;

/**
 * CERTAIN: every day the date can mean lies in the range. POSSIBLE: at least one does.
 *
 * Adds implied bounds on the other end of the column. Without them the planner would scan an index from
 * its end and expect far too many rows.
 */
export function occurredWithin(wanted: Wanted): Prisma.Sql {
  const { start, end, conditions } = read(wanted);
  if (wanted.certainty === 'CERTAIN' || start === undefined || end === undefined) return every(conditions);
  return every([...conditions, sql`(${near(start)} OR ${LONG})`]);
}

/**
 * Splits the condition into disjoint ones. Each bounds the order's column on both sides as far as the range
 * does.
 */
export function occurredBranches(wanted: Wanted, order: 'occurredEarliest' | 'occurredLatest'): Prisma.Sql[] {
  const { start, end, conditions } = read(wanted);
  if (wanted.certainty === 'CERTAIN') return [every(conditions)];
  if (order === 'occurredEarliest') {
    if (start === undefined) return [every(conditions)];
    return [
      every([...conditions, near(start)]),
      every([...conditions, sql`it.occurred_earliest < ${start}::date - 366`, LONG]),
    ];
  }
  if (end === undefined) return [every(conditions)];
  return [
    every([...conditions, sql`it.occurred_latest <= ${end}::date + 366`]),
    every([...conditions, sql`it.occurred_latest > ${end}::date + 366`, LONG]),
  ];
}

/** Implied by ending on `start` or later and spanning at most a year. */
const near = (start: string) => sql`it.occurred_earliest >= ${start}::date - 366`;

const every = (conditions: Prisma.Sql[]) =>
  conditions.length > 0 ? sql`(${Prisma.join(conditions, ' AND ')})` : sql`true`;

function read({ within, certainty }: Wanted) {
  const { earliest, latest } = parseFuzzyDate(within, 'within');
  const start = earliest === NO_EARLIEST ? undefined : earliest;
  const end = latest === NO_LATEST ? undefined : latest;
  const from = (column: Prisma.Sql) => (start === undefined ? [] : [sql`${column} >= ${start}::date`]);
  const until = (column: Prisma.Sql) => (end === undefined ? [] : [sql`${column} <= ${end}::date`]);
  const [first, last] = [sql`it.occurred_earliest`, sql`it.occurred_latest`];
  const conditions =
    certainty === 'CERTAIN'
      ? [...from(first), ...until(last), ...from(last), ...until(first)]
      : [...from(last), ...until(first)];
  return { start, end, conditions };
}
