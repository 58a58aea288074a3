import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { DevelopmentList } from './list.js';

const { sql } = Prisma;

/** A development by its place in the order of days. */
export interface Place {
  readonly id: string;
  /** The earliest day on which it can have occurred. */
  readonly earliest: string;
}

/**
 * Finds the development of a list that is next to each place in the order of EARLIEST, in the order of the places. One SQL
 * statement, which reads the start of an index range for each place.
 */
export async function findNeighbours(
  db: Transaction,
  list: DevelopmentList,
  side: 'previous' | 'next',
  places: readonly Place[],
): Promise<(string | undefined)[]> {
  const [comparison, direction] = side === 'next' ? ['>', 'ASC'] : ['<', 'DESC'];
  const order = Prisma.raw(`it.occurred_earliest ${direction}, it.id ${direction}`);
  const nearest = (rows: Prisma.Sql) => sql`(
    SELECT it.id, it.occurred_earliest FROM (${rows}) AS it
    WHERE (it.occurred_earliest, it.id) ${Prisma.raw(comparison ?? '')} (place.earliest, place.id)
    ORDER BY ${order} LIMIT 1)`;
  const branches = list.branches('occurredEarliest').map(nearest);
  const rows = await read<{ at: number; id: string }>(
    db,
    sql`
    SELECT place.at::int AS at, neighbour.id::text AS id
    FROM unnest(${places.map(({ id }) => id)}::uuid[], ${places.map(({ earliest }) => earliest)}::date[])
           WITH ORDINALITY AS place (id, earliest, at),
    LATERAL (SELECT it.id FROM (${Prisma.join(branches, ' UNION ALL ')}) AS it ORDER BY ${order} LIMIT 1) AS neighbour`,
  );
  const found = new Map(rows.map(({ at, id }) => [at, id]));
  return places.map((_, index) => found.get(index + 1));
}
