import { Prisma } from '../../generated/prisma/client.js';

const { sql } = Prisma;

/** PostgreSQL looks values up in a hash table from so many on; `&&` and `<@` compare each pair of two arrays. */
const HASHED = 9;

/** A list of a filter, without duplicates. */
export interface ListValues {
  readonly values: readonly string[];
  readonly type: 'uuid' | 'text';
}

const arrayOf = ({ values, type }: ListValues) => sql`${[...values]}::${Prisma.raw(type)}[]`;

/**
 * Returns the condition that a column of an array has one of the values.
 *
 * @param isNegated Whether it is within `not`, where no index finds the rows, so each is compared.
 */
export function hasOneOf(column: Prisma.Sql, list: ListValues, isNegated: boolean): Prisma.Sql {
  if (!isNegated || list.values.length < HASHED) return sql`${column} && ${arrayOf(list)}`;
  return sql`EXISTS (SELECT FROM unnest(${column}) AS one WHERE one = ANY (${arrayOf(list)}))`;
}

/**
 * Returns the condition that a column of an array has some of the values, and no others.
 *
 * The planner expects few rows of either form, so it finds those with one of the values in the index. With a larger
 * estimate it would walk the list in its order, through rows that hardly ever match.
 */
export function hasOnly(column: Prisma.Sql, list: ListValues): Prisma.Sql {
  const array = arrayOf(list);
  if (list.values.length < HASHED) return sql`${column} && ${array} AND ${column} <@ ${array}`;
  return sql`${column} && ${array} AND
    (SELECT count(*) FROM unnest(${column}) AS one WHERE one = ANY (${array})) = cardinality(${column})`;
}
