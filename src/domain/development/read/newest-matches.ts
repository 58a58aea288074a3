import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';

const { sql } = Prisma;

/** Maximum number of ranked matches, the newest first: ranking all matches of a common word takes seconds. */
const MAX_RANKED = 1_000;
/** So many matches are cheap to read and sort. */
const FEW = 5_000;
/** If at least one row in so many matches, a walk by date soon finds enough of them. */
const DENSE = 4;

/** The rows of a list with a text. */
interface Matches {
  readonly rows: Prisma.Sql;
  readonly within?: ((period: Prisma.Sql) => Prisma.Sql) | undefined;
}

/**
 * Returns the newest matches of a list as a sub-select, at most {@link MAX_RANKED}.
 *
 * There are three ways to the same rows. PostgreSQL finds the cheaper of two: reading all matches, and walking all rows by
 * date. If matches are many but not dense, such as those of two frequent words, both read tens of thousands of rows. Then
 * the index of words is asked for one year after another until there are enough.
 */
export async function newestMatches(db: Transaction, { rows, within }: Matches): Promise<Prisma.Sql> {
  return within && (await isBetween(db, rows)) ? newestByYear(within) : newestOf(rows);
}

/** Returns the newest rows as PostgreSQL finds them. */
export const newestOf = (rows: Prisma.Sql): Prisma.Sql =>
  sql`SELECT * FROM (${rows}) AS it ORDER BY it.occurred_earliest DESC, it.id DESC LIMIT ${MAX_RANKED}`;

/**
 * Returns the newest rows by walking the years from the newest. The limit ends the walk, because a nested loop keeps the
 * order of its outer rows.
 *
 * @param within Returns the rows that match a `tsquery` too.
 */
export function newestByYear(within: NonNullable<Matches['within']>): Prisma.Sql {
  const edge = (aggregate: string, direction: string) => sql`(
    SELECT ${Prisma.raw(aggregate)}(extract(year FROM edge.day))::int
    FROM unnest(enum_range(NULL::"DevelopmentStatus")) AS of (status) CROSS JOIN LATERAL (
      SELECT occurred_earliest AS day FROM development WHERE development.status = of.status
      ORDER BY occurred_earliest ${Prisma.raw(direction)} LIMIT 1
    ) AS edge)`;
  return sql`
    SELECT it.*
    FROM generate_series(${edge('max', 'DESC')}, ${edge('min', 'ASC')}, -1) AS period (year)
    CROSS JOIN LATERAL (${newestOf(within(sql`('''@' || period.year || '''')::tsquery`))}) AS it
    LIMIT ${MAX_RANKED}`;
}

/** Whether the matches are many, but not dense, by the planner's statistics. */
async function isBetween(db: Transaction, rows: Prisma.Sql): Promise<boolean> {
  const [explained] = await read<{ 'QUERY PLAN': readonly Explained[] }>(
    db,
    sql`EXPLAIN (FORMAT JSON) ${rows}`,
  );
  const matches = explained?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0;
  if (matches < FEW) return false;
  const [table] = await read<{ count: number }>(
    db,
    sql`SELECT reltuples::float8 AS count FROM pg_class WHERE oid = 'development'::regclass`,
  );
  return matches * DENSE < (table?.count ?? 0);
}

interface Explained {
  readonly Plan: { readonly 'Plan Rows': number };
}
