import { Prisma } from '../../generated/prisma/client.js';
import type { Known } from './comparisons.js';
import { conditionsOf } from './conditions.js';
import { occurredBranches } from './occurred.js';
import type { DevelopmentFilter, OrderColumn } from './types.js';

const { sql } = Prisma;

/**
 * Returns the filter as an SQL condition on `it`, a row of `development` or `development_version`.
 *
 * Columns can be null, so the condition can be NULL: `not` must treat that as false.
 *
 * @throws {InvalidInputError} For a malformed date or country code.
 */
export function whereOf(filter: DevelopmentFilter, known: Known): Prisma.Sql {
  const within = (part: DevelopmentFilter) => whereOf(part, known);
  const { and, or, not } = filter;
  return everyOf([
    ...conditionsOf(filter).map(({ condition, value }) => condition.where(value, known)),
    ...(or ? [anyOf(or.map(within))] : []),
    ...(not ? [sql`(${whereOf(not, { ...known, isNegated: true })}) IS NOT TRUE`] : []),
    ...(and ?? []).map(within),
  ]);
}

/**
 * Splits a filter into disjoint conditions by status and date, so that each is one index scan in the
 * order of a date.
 */
export function branchesOf(
  { status, occurred, ...rest }: DevelopmentFilter,
  order: OrderColumn,
  known: Known,
): Prisma.Sql[] {
  const conditionOf = (part: DevelopmentFilter) => whereOf(part, known);
  const statuses = status?.length
    ? [...new Set(status)].map((one) => conditionOf({ status: [one] }))
    : [conditionOf({ status })];
  const dates =
    occurred && (order === 'occurredEarliest' || order === 'occurredLatest')
      ? occurredBranches(occurred, order)
      : [conditionOf({ occurred })];
  const common = conditionOf(rest);
  return statuses.flatMap((one) => dates.map((date) => everyOf([one, date, common])));
}

const ALL = sql`true`;

const everyOf = (conditions: Prisma.Sql[]) =>
  conditions.length > 0 ? sql`(${Prisma.join(conditions, ' AND ')})` : ALL;
const anyOf = (conditions: Prisma.Sql[]) => sql`(${Prisma.join(conditions, ' OR ')})`;
