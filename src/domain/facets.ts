import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';
import type { DevelopmentList } from './development/read/list.js';
import { BadArgumentError } from './errors.js';
import { REFERENCE_KINDS } from './references/lookup.js';

const { sql, raw } = Prisma;

/** Where the values of a facet come from. */
type FacetSource =
  /** A column with at most one value for each development. */
  | { readonly column: string }
  /** A column of ids, each at most once, and the table that they are of. */
  | { readonly ids: string; readonly table: string }
  /** The countries of participants and places. */
  | { readonly countries: true };

/** The properties that developments can be counted by, named like the conditions of the filter. */
const FACETS = {
  kind: { column: 'kind' },
  eventType: { column: 'event_type' },
  changeType: { column: 'change_type' },
  disputed: { column: 'disputed' },
  participant: REFERENCE_KINDS.Actor,
  country: { countries: true },
  topic: REFERENCE_KINDS.Topic,
  treaty: REFERENCE_KINDS.Treaty,
  weaponSystem: REFERENCE_KINDS.WeaponSystem,
  doctrine: REFERENCE_KINDS.Doctrine,
  source: REFERENCE_KINDS.Source,
} as const satisfies Readonly<Record<string, FacetSource>>;

export type Facet = keyof typeof FACETS;

type Sourced<Source> = {
  [Name in Facet]: (typeof FACETS)[Name] extends Source ? Name : never;
}[Facet];
type ColumnFacet = Sourced<{ readonly column: string }>;
type ReferenceFacet = Sourced<{ readonly ids: string }>;
/** Facets with rows in `development_mention`. */
type MentionedFacet = Exclude<Facet, ColumnFacet>;

const isColumn = (facet: Facet): facet is ColumnFacet => 'column' in FACETS[facet];
const isReference = (facet: Facet): facet is ReferenceFacet => 'ids' in FACETS[facet];
const isMentioned = (facet: Facet): facet is MentionedFacet => !isColumn(facet);

/** A value of a facet, with the number of developments that have it. */
export interface FacetValue {
  /** The enum value, `true` or `false`, the country code, or the slug. */
  readonly value: string;
  /** The id, if the value has a slug; otherwise null. */
  readonly id: string | null;
  /** At least 1. */
  readonly count: number;
}

/** The most frequent values of a facet. */
export interface FacetCounts {
  /** Largest count first, then by value. */
  readonly values: readonly FacetValue[];
  /** The number of values that are not listed. */
  readonly more: number;
}

type CountedList = Pick<DevelopmentList, 'rows' | 'days' | 'mentions'>;

export const MAX_VALUES = 100;

/**
 * Checks how many values of each facet to return.
 *
 * @throws {BadArgumentError} Unless it is from 1 to {@link MAX_VALUES}.
 */
export function checkFirst(first: number): number {
  if (first >= 1 && first <= MAX_VALUES) return first;
  throw new BadArgumentError('first', `Expected first from 1 to ${MAX_VALUES}; got ${first}.`);
}

/**
 * Counts a list by several facets with one SQL statement. Each count equals the length of the list with
 * the value added to its filter.
 *
 * Values with an index of mentions are counted one by one in that index, if there are far fewer values than
 * rows. Otherwise the rows are scanned: once for all facets of ids, once for countries, once for columns.
 *
 * @param first How many values to return of each facet, checked by {@link checkFirst}.
 */
export async function countFacets(
  db: Transaction,
  list: CountedList,
  facets: readonly Facet[],
  first: number,
): Promise<ReadonlyMap<Facet, FacetCounts>> {
  const counted = new Map(facets.map((facet) => [facet, { values: [] as FacetValue[], more: 0 }]));
  if (counted.size === 0) return counted;
  const ranked = await read<FacetValue & { facet: Facet; values: number }>(
    db,
    sql`
    WITH ${Prisma.join(tables(list, [...counted.keys()]))}
    SELECT facet, value, id::text AS id, count::int AS count, "values"::int AS "values"
    FROM (
      SELECT *, row_number() OVER (PARTITION BY facet ORDER BY count DESC, value COLLATE "C") AS rank,
             count(*) OVER (PARTITION BY facet) AS "values"
      FROM (${Prisma.join(
        [...counted.keys()].flatMap((facet) => valuesOf(facet, list)),
        ' UNION ALL ',
      )}) AS facets (facet, value, id, count)
    ) AS ranked
    WHERE rank <= ${first}
    ORDER BY facet, rank`,
  );
  for (const { facet, values, ...value } of ranked) {
    const known = counted.get(facet);
    known?.values.push(value);
    if (known) known.more = values - known.values.length;
  }
  return counted;
}

/** The common table expressions that the facets need. */
function tables(list: CountedList, facets: readonly Facet[]): Prisma.Sql[] {
  const columns = facets.filter(isColumn).map((facet) => FACETS[facet].column);
  const references = facets.filter(isReference);
  const mentioned = facets.filter(isMentioned);
  return [
    ...(columns.length > 0 ? [countColumns(list, columns)] : []),
    ...(list.mentions && mentioned.length > 0 ? [chooseIndexed(list, mentioned)] : []),
    ...(references.length > 0 ? [countIds(list, references)] : []),
    ...(facets.includes('country') ? [countCountries(list)] : []),
  ];
}

/** Counts all combinations of the columns: a few dozen. */
function countColumns({ rows }: CountedList, columns: readonly string[]): Prisma.Sql {
  const list = raw(columns.join(', '));
  return sql`terms AS (SELECT ${list}, count(*) AS count FROM (${rows}) AS it GROUP BY ${list})`;
}

/** The index is used for at most this many values, and if the list has this many rows for each of them. */
const MAX_INDEXED = 50_000;
const ROWS_FOR_A_VALUE = 4;

/** Decides for each facet whether to count its values in the index: one costs about as much as four rows. */
function chooseIndexed({ days }: CountedList, facets: readonly MentionedFacet[]): Prisma.Sql {
  const names = facets.map((facet) => raw(`"${facet}"`));
  const numbers = facets.map((facet, at) => {
    const some = sql`SELECT FROM ${valuesIn(facet)} LIMIT ${MAX_INDEXED + 1}`;
    return sql`(SELECT count(*) FROM (${some}) AS it) AS ${names[at]}`;
  });
  const enough = sql`SELECT ${ROWS_FOR_A_VALUE} * greatest(${Prisma.join(names)}) + 1 FROM numbers`;
  const choices = names.map(
    (name) => sql`${name} <= ${MAX_INDEXED} AND count > ${ROWS_FOR_A_VALUE} * ${name} AS ${name}`,
  );
  return sql`
    numbers AS MATERIALIZED (SELECT ${Prisma.join(numbers)}),
    indexed AS MATERIALIZED (
      SELECT ${Prisma.join(choices)}
      FROM numbers, (SELECT count(*) AS count FROM (SELECT FROM (${days}) AS it LIMIT (${enough})) AS it) AS list
    )`;
}

const isIndexed = (facet: MentionedFacet) => sql`(SELECT ${raw(`"${facet}"`)} FROM indexed)`;

/** Ids are unique across tables, so all reference facets are counted in one scan. */
function countIds({ rows, mentions }: CountedList, facets: readonly ReferenceFacet[]): Prisma.Sql {
  const columns = facets.map((facet) => {
    const column = raw(`it.${FACETS[facet].ids}`);
    return mentions ? sql`CASE WHEN ${isIndexed(facet)} THEN '{}' ELSE ${column} END` : column;
  });
  return sql`
    ids AS (
      SELECT id, count(*) AS count
      FROM (SELECT unnest(${Prisma.join(columns, ' || ')}) AS id FROM (${rows}) AS it) AS one
      GROUP BY id
    )`;
}

/** A row lists each country once, however many of its participants and places are in it. */
const countCountries = ({ rows }: CountedList) => sql`
  countries AS (
    SELECT code, count(*) AS count FROM (SELECT unnest(it.countries) AS code FROM (${rows}) AS it) AS one GROUP BY code
  )`;

/** All values there are, with their `subject_id` in `development_mention`: for countries, every pair of letters. */
const valuesIn = (facet: MentionedFacet) =>
  isReference(facet)
    ? sql`(SELECT slug AS value, id, id AS subject FROM ${raw(FACETS[facet].table)}) AS thing`
    : sql`(
      SELECT code AS value, NULL::uuid AS id, country_subject(code) AS subject
      FROM (SELECT chr(one) || chr(other) AS code
            FROM generate_series(65, 90) AS one, generate_series(65, 90) AS other) AS codes
      ) AS thing`;

/** The values of a facet with their counts, from the scan and from the index. */
function valuesOf(facet: Facet, { mentions }: CountedList): Prisma.Sql[] {
  if (isColumn(facet)) {
    const column = raw(FACETS[facet].column);
    const values = sql`
      SELECT ${facet}::text, ${column}::text, NULL::uuid, sum(count)::bigint FROM terms
      WHERE ${column} IS NOT NULL GROUP BY ${column}`;
    return [values];
  }
  const scanned = isReference(facet)
    ? sql`SELECT ${facet}::text, thing.value, thing.id, ids.count FROM ids JOIN ${valuesIn(facet)} ON thing.id = ids.id`
    : sql`SELECT ${facet}::text, code, NULL::uuid, count FROM countries`;
  if (!mentions) return [scanned];
  // OFFSET 0 keeps PostgreSQL from evaluating each count twice, for the condition and for the result.
  const indexed = sql`
    SELECT ${facet}::text, value, id, count
    FROM (SELECT value, id, ${mentions(sql`thing.subject`)} AS count FROM ${valuesIn(facet)} OFFSET 0) AS counts
    WHERE ${isIndexed(facet)} AND count > 0`;
  return [sql`${scanned} WHERE NOT ${isIndexed(facet)}`, indexed];
}
