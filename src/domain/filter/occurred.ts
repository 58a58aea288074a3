import { Prisma } from '../../generated/prisma/client.js';
import { NO_EARLIEST, NO_LATEST, parseFuzzyDate } from '../dates/fuzzy-date.js';
import type { DevelopmentFilter } from './prepare.js';

const { sql } = Prisma;

type Wanted = NonNullable<DevelopmentFilter['occurred']>;

/** Dates that span more days are few, decades and open intervals, and have an index of their own: see the migrations. */
const LONG = sql`it.occurred_latest - it.occurred_earliest > 366`;

/**
 * CERTAIN: every day that it can be lies within. POSSIBLE: at least one does.
 *
 * What follows from the condition is said too, as far as it bounds a column on the side where the condition does not:
 * without, an index would be walked from its end, and the planner would expect far too many rows.
 */
export function occurredWithin(wanted: Wanted): Prisma.Sql {
  const { start, end, conditions } = read(wanted);
  if (wanted.certainty === 'CERTAIN' || start === undefined || end === undefined) return every(conditions);
  return every([...conditions, sql`(${near(start)} OR ${LONG})`]);
}

/**
 * The condition as several, of which a date meets one at most, and each of which bounds the column on both sides as far
 * as the dates asked for do.
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

/** Whatever can have occurred on the day or later, and spans no more than a year, cannot begin before that. */
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
