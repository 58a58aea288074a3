import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { type FuzzyDate, NO_EARLIEST } from '../dates/fuzzy-date.js';
import { mentioningAt } from '../filter/mention.js';

const { sql } = Prisma;

/** One end of the published developments that mention an object, in the order of their earliest days. */
export interface OccurrenceKey {
  readonly id: string;
  readonly end: 'first' | 'last';
}

/**
 * Finds the date of the first or last development of each object, in the order of the keys; null if there is none. Skips
 * dates without a beginning. One SQL statement, which reads one entry of an index for each key.
 */
export async function findOccurrences(
  db: Transaction,
  keys: readonly OccurrenceKey[],
): Promise<(FuzzyDate | null)[]> {
  const ids = keys.map(({ id }) => id);
  const areLast = keys.map(({ end }) => end === 'last');
  const endOf = (isLast: boolean) => {
    const direction = Prisma.raw(isLast ? 'DESC' : 'ASC');
    return sql`(
      SELECT development_id FROM development_mention
      WHERE subject_id = asked.id AND status = 'PUBLISHED' AND occurred_earliest > ${NO_EARLIEST}::date
      ORDER BY occurred_earliest ${direction}, development_id ${direction} LIMIT 1)`;
  };
  const rows = await read<{ at: number; occurred: FuzzyDate }>(
    db,
    sql`
    SELECT asked.at::int AS at, revision.snapshot->'occurred' AS occurred
    FROM unnest(${ids}::uuid[], ${areLast}::bool[]) WITH ORDINALITY AS asked (id, is_last, at)
    JOIN development ON development.id = CASE WHEN asked.is_last THEN ${endOf(true)} ELSE ${endOf(false)} END
    JOIN revision ON revision.development_id = development.id AND revision.number = development.revision`,
    { prepared: true },
  );
  const dates = new Map(rows.map(({ at, occurred }) => [at, occurred]));
  return keys.map((_, index) => dates.get(index + 1) ?? null);
}

/**
 * Finds the same as of a feed position. One SQL statement, which reads the entries of an index about each object: those of
 * versions that have ended since, and present ones up to the one that is found.
 */
export async function findOccurrencesAt(
  db: Transaction,
  keys: readonly OccurrenceKey[],
  at: bigint,
): Promise<(FuzzyDate | null)[]> {
  const endOf = (isLast: boolean) => {
    const direction = Prisma.raw(isLast ? 'DESC' : 'ASC');
    return sql`
      SELECT it.id FROM ${mentioningAt(sql`asked.id`, at)} AS it
      WHERE it.status = 'PUBLISHED' AND it.occurred_earliest > ${NO_EARLIEST}::date AND asked.is_last = ${isLast}
      ORDER BY it.occurred_earliest ${direction}, it.id ${direction} LIMIT 1`;
  };
  const rows = await read<{ at: number; occurred: FuzzyDate }>(
    db,
    sql`
    SELECT asked.at::int AS at, revision.snapshot->'occurred' AS occurred
    FROM unnest(${keys.map(({ id }) => id)}::uuid[], ${keys.map(({ end }) => end === 'last')}::bool[])
           WITH ORDINALITY AS asked (id, is_last, at)
    CROSS JOIN LATERAL ((${endOf(true)}) UNION ALL (${endOf(false)})) AS it
    JOIN development_version AS version ON version.id = it.id AND version.position <= ${at} AND version.until > ${at}
    JOIN revision ON revision.development_id = it.id AND revision.number = version.revision`,
  );
  const dates = new Map(rows.map(({ at: index, occurred }) => [index, occurred]));
  return keys.map((_, index) => dates.get(index + 1) ?? null);
}
