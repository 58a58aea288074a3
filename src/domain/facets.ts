import type { Transaction } from '../database/open.js';
import { BadArgumentError } from '../errors.js';
import { Prisma } from '../generated/prisma/client.js';
import type { DevelopmentList } from './development/list.js';

const { sql } = Prisma;

/** What developments can be counted by, each as the condition of the filter that has the name has it. */
export type Facet = keyof typeof TERMS | keyof typeof REFERENCES | 'country';

/** Facets whose values stand in a column, of which a development has one or none. */
const TERMS = {
  kind: 'kind',
  eventType: 'event_type',
  changeType: 'change_type',
  disputed: 'disputed',
} as const;

/** Facets whose values have ids and slugs, of which a development has any number, each once: the ids' column, and the table. */
const REFERENCES = {
  participant: ['actor_ids', 'actor'],
  topic: ['topic_ids', 'topic'],
  treaty: ['treaty_ids', 'treaty'],
  weaponSystem: ['weapon_system_ids', 'weapon_system'],
  doctrine: ['doctrine_ids', 'doctrine'],
  source: ['source_ids', 'source'],
} as const;

/** A value of a facet, with how many developments have it. */
export interface FacetValue {
  /** The enum's value, `true` or `false`, the country's code, or the slug. */
  readonly value: string;
  /** Of a value with a slug; null for others. */
  readonly id: string | null;
  /** At least 1. */
  readonly count: number;
}

/** The most frequent values of a facet, and how many there are beside them. */
export interface FacetCounts {
  /** By count, the largest first, then by value. */
  readonly values: readonly FacetValue[];
  readonly more: number;
}

export const MAX_VALUES = 100;

/**
 * Counts a list by several facets: one SQL statement, whatever the facets. Each count is what the list
 * comes to with the value added to its filter.
 *
 * It looks at every row of the list once for the facets with ids together, once for those in columns
 * together, and once for countries.
 *
 * @param first How many values to tell of each facet, 1 to {@link MAX_VALUES}.
 * @throws {BadArgumentError} For another `first`.
 */
export async function countFacets(
  db: Transaction,
  { rows }: Pick<DevelopmentList, 'rows'>,
  facets: readonly Facet[],
  first: number,
): Promise<ReadonlyMap<Facet, FacetCounts>> {
  if (first < 1 || first > MAX_VALUES) {
    throw new BadArgumentError(`Expected first from 1 to ${MAX_VALUES}; got ${first}.`);
  }
  const counted = new Map(facets.map((facet) => [facet, { values: [] as FacetValue[], more: 0 }]));
  if (counted.size === 0) return counted;
  const ranked = await db.$queryRaw<(FacetValue & { facet: Facet; values: number })[]>`
    WITH ${Prisma.join(tables(rows, [...counted.keys()]))}
    SELECT facet, value, id::text AS id, count::int AS count, "values"::int AS "values"
    FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value COLLATE "C") AS rank,
             count(*) OVER (PARTITION BY facet) AS "values"
      FROM (${Prisma.join([...counted.keys()].map(valuesOf), ' UNION ALL ')}) AS facets (facet, value, id, count)
    ) AS ranked
    WHERE rank <= ${first}
    ORDER BY facet, rank`;
  for (const { facet, values, ...value } of ranked) {
    const known = counted.get(facet);
    known?.values.push(value);
    if (known) known.more = values - known.values.length;
  }
  return counted;
}

const isTerm = (facet: Facet): facet is keyof typeof TERMS => Object.hasOwn(TERMS, facet);
const isReference = (facet: Facet): facet is keyof typeof REFERENCES => Object.hasOwn(REFERENCES, facet);

/** What is counted before it is told apart by facet; no more than the facets need. */
function tables(rows: Prisma.Sql, facets: readonly Facet[]): Prisma.Sql[] {
  const terms = facets.filter(isTerm).map((facet) => TERMS[facet]);
  const ids = facets.filter(isReference).map((facet) => `it.${REFERENCES[facet][0]}`);
  return [
    ...(terms.length > 0 ? [countTerms(rows, terms)] : []),
    ...(ids.length > 0 ? [countIds(rows, ids)] : []),
    ...(facets.includes('country') ? [countCountries(rows)] : []),
  ];
}

/** All combinations there are: some tens. */
function countTerms(rows: Prisma.Sql, columns: readonly string[]): Prisma.Sql {
  const list = Prisma.raw(columns.join(', '));
  return sql`terms AS (SELECT ${list}, count(*) AS count FROM (${rows}) AS it GROUP BY ${list})`;
}

/** No two things have the same id, of whatever kind, so all kinds are counted at once, and told apart by their tables. */
const countIds = (rows: Prisma.Sql, columns: readonly string[]) => sql`
  ids AS (
    SELECT id, count(*) AS count FROM (SELECT unnest(${Prisma.raw(columns.join(' || '))}) AS id FROM (${rows}) AS it) AS one
    GROUP BY id
  )`;

/** Each country stands once in a row, whoever brings it there. */
const countCountries = (rows: Prisma.Sql) => sql`
  countries AS (
    SELECT code, count(*) AS count FROM (SELECT unnest(it.countries) AS code FROM (${rows}) AS it) AS one GROUP BY code
  )`;

/** A facet's values with their counts. */
function valuesOf(facet: Facet): Prisma.Sql {
  if (isReference(facet)) {
    const table = Prisma.raw(REFERENCES[facet][1]);
    return sql`SELECT ${facet}::text, it.slug, it.id, ids.count FROM ids JOIN ${table} AS it ON it.id = ids.id`;
  }
  if (facet === 'country') return sql`SELECT 'country'::text, code, NULL::uuid, count FROM countries`;
  const column = Prisma.raw(TERMS[facet]);
  return sql`
    SELECT ${facet}::text, ${column}::text, NULL::uuid, sum(count)::bigint FROM terms
    WHERE ${column} IS NOT NULL GROUP BY ${column}`;
}
