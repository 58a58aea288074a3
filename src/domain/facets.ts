import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { BadArgumentError } from '../errors.js';
import { Prisma } from '../generated/prisma/client.js';
import type { DevelopmentList } from './development/list.js';

const { sql } = Prisma;

/** What of a list is counted. */
type CountedList = Pick<DevelopmentList, 'rows' | 'days' | 'mentions'>;

/** What developments can be counted by, each as the condition of the filter that has the name has it. */
export type Facet = keyof typeof TERMS | MentionedFacet;

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
 * Where mentions can tell, they are counted for each thing there is, by an index. Otherwise, or where that is more
 * than there is to read in the list, it looks at every row once for the facets with ids together, and once for
 * countries; and once for those in columns.
 *
 * @param first How many values to tell of each facet, 1 to {@link MAX_VALUES}.
 * @throws {BadArgumentError} For another `first`.
 */
export async function countFacets(
  db: Transaction,
  list: CountedList,
  facets: readonly Facet[],
  first: number,
): Promise<ReadonlyMap<Facet, FacetCounts>> {
  if (first < 1 || first > MAX_VALUES) {
    throw new BadArgumentError(`Expected first from 1 to ${MAX_VALUES}; got ${first}.`);
  }
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

type ReferenceFacet = keyof typeof REFERENCES;
type MentionedFacet = ReferenceFacet | 'country';

const isTerm = (facet: Facet): facet is keyof typeof TERMS => Object.hasOwn(TERMS, facet);
const isReference = (facet: Facet): facet is ReferenceFacet => Object.hasOwn(REFERENCES, facet);
const isMentioned = (facet: Facet): facet is MentionedFacet => !isTerm(facet);

/** What is counted before it is told apart by facet; no more than the facets need. */
function tables(list: CountedList, facets: readonly Facet[]): Prisma.Sql[] {
  const terms = facets.filter(isTerm).map((facet) => TERMS[facet]);
  const references = facets.filter(isReference);
  const mentioned = facets.filter(isMentioned);
  return [
    ...(terms.length > 0 ? [countTerms(list, terms)] : []),
    ...(list.mentions && mentioned.length > 0 ? [chooseWays(list, mentioned)] : []),
    ...(references.length > 0 ? [countIds(list, references)] : []),
    ...(facets.includes('country') ? [countCountries(list)] : []),
  ];
}

/** All combinations there are: some tens. */
function countTerms({ rows }: CountedList, columns: readonly string[]): Prisma.Sql {
  const list = Prisma.raw(columns.join(', '));
  return sql`terms AS (SELECT ${list}, count(*) AS count FROM (${rows}) AS it GROUP BY ${list})`;
}

/** No more things than these are counted one by one, and the list must have so many rows for each of them. */
const MAX_WALKS = 50_000;
const ROWS_FOR_A_WALK = 4;

/** For each facet whether its things are counted one by one: to walk to a thing takes about as long as four rows do. */
function chooseWays({ days }: CountedList, facets: readonly MentionedFacet[]): Prisma.Sql {
  const names = facets.map((facet) => Prisma.raw(`"${facet}"`));
  const things = facets.map((facet, at) => {
    const some = sql`SELECT FROM ${thingsOf(facet)} LIMIT ${MAX_WALKS + 1}`;
    return sql`(SELECT count(*) FROM (${some}) AS it) AS ${names[at]}`;
  });
  const enough = sql`SELECT ${ROWS_FOR_A_WALK} * greatest(${Prisma.join(names)}) + 1 FROM things`;
  const isWalked = names.map(
    (name) => sql`${name} <= ${MAX_WALKS} AND count > ${ROWS_FOR_A_WALK} * ${name} AS ${name}`,
  );
  return sql`
    things AS MATERIALIZED (SELECT ${Prisma.join(things)}),
    walked AS MATERIALIZED (
      SELECT ${Prisma.join(isWalked)}
      FROM things, (SELECT count(*) AS count FROM (SELECT FROM (${days}) AS it LIMIT (${enough})) AS it) AS list
    )`;
}

const isWalked = (facet: MentionedFacet) => sql`(SELECT ${Prisma.raw(`"${facet}"`)} FROM walked)`;

/** No two things have the same id, of whatever kind, so all kinds are counted at once, and told apart by their tables. */
function countIds({ rows, mentions }: CountedList, facets: readonly ReferenceFacet[]): Prisma.Sql {
  const columns = facets.map((facet) => {
    const column = Prisma.raw(`it.${REFERENCES[facet][0]}`);
    return mentions ? sql`CASE WHEN ${isWalked(facet)} THEN '{}' ELSE ${column} END` : column;
  });
  return sql`
    ids AS (
      SELECT id, count(*) AS count
      FROM (SELECT unnest(${Prisma.join(columns, ' || ')}) AS id FROM (${rows}) AS it) AS one
      GROUP BY id
    )`;
}

/** Each country stands once in a row, whoever brings it there. */
const countCountries = ({ rows }: CountedList) => sql`
  countries AS (
    SELECT code, count(*) AS count FROM (SELECT unnest(it.countries) AS code FROM (${rows}) AS it) AS one GROUP BY code
  )`;

/** What there is to count by: what is told of it, and what it is mentioned as. Of countries all that have two letters. */
const thingsOf = (facet: MentionedFacet) =>
  facet === 'country'
    ? sql`(
      SELECT code AS value, NULL::uuid AS id, country_subject(code) AS subject
      FROM (SELECT chr(one) || chr(other) AS code
            FROM generate_series(65, 90) AS one, generate_series(65, 90) AS other) AS codes
      ) AS thing`
    : sql`(SELECT slug AS value, id, id AS subject FROM ${Prisma.raw(REFERENCES[facet][1])}) AS thing`;

/** A facet's values with their counts, those that were counted one by one beside those that were not. */
function valuesOf(facet: Facet, { mentions }: CountedList): Prisma.Sql[] {
  if (isTerm(facet)) {
    const column = Prisma.raw(TERMS[facet]);
    const values = sql`
      SELECT ${facet}::text, ${column}::text, NULL::uuid, sum(count)::bigint FROM terms
      WHERE ${column} IS NOT NULL GROUP BY ${column}`;
    return [values];
  }
  const counted =
    facet === 'country'
      ? sql`SELECT 'country'::text, code, NULL::uuid, count FROM countries`
      : sql`SELECT ${facet}::text, thing.value, thing.id, ids.count FROM ids JOIN ${thingsOf(facet)} ON thing.id = ids.id`;
  if (!mentions) return [counted];
  // Without OFFSET each count would be made once for the condition and once more for what is told.
  const walked = sql`
    SELECT ${facet}::text, value, id, count
    FROM (SELECT value, id, ${mentions(sql`thing.subject`)} AS count FROM ${thingsOf(facet)} OFFSET 0) AS walks
    WHERE ${isWalked(facet)} AND count > 0`;
  return [sql`${counted} WHERE NOT ${isWalked(facet)}`, walked];
}
