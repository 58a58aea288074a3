import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { SearchText } from './text.js';
import { namedUnits, type QueriedUnit, queriesIn } from './units.js';

const { sql } = Prisma;

/** A word or phrase as a query, with the objects that it names. */
export interface FoundUnit extends QueriedUnit {
  /** Ids of objects with the words in a current name, as a `tsquery`; null if there are none. */
  readonly names: string | null;
}

/** A search text as a query on search vectors. */
export interface SearchQuery {
  /** The query, or whether it matches everything or nothing. */
  readonly query: string | 'ALL' | 'NONE';
  /** The units that are not excluded: hits are ranked by them. */
  readonly sought: readonly FoundUnit[];
}

/** Compiles texts to queries, using current names. One SQL statement; none without texts. */
export async function findQueries(
  db: Transaction,
  texts: readonly SearchText[],
): Promise<ReadonlyMap<string, SearchQuery>> {
  const asked = texts.map((text) => ({ text, alternatives: queriesIn(text) }));
  const units = asked.flatMap(({ alternatives }) => alternatives.flat());
  const rows =
    units.length === 0
      ? []
      : await read<{ names: string | null }>(
          db,
          sql`SELECT names::text AS names FROM (${namedUnits(units)}) AS it ORDER BY at`,
          { prepared: true },
        );
  const names = new Map(units.map((unit, index) => [unit, rows[index]?.names ?? null]));
  return new Map(
    asked.map(({ text, alternatives }) => {
      const found = alternatives.map((some) =>
        some.map((unit) => ({ ...unit, names: names.get(unit) ?? null })),
      );
      return [text.text, queryOf(text, found)];
    }),
  );
}

const isBlank = ({ text }: SearchText) => text.trim() === '';

function queryOf(text: SearchText, alternatives: readonly (readonly FoundUnit[])[]): SearchQuery {
  if (isBlank(text)) return { query: 'ALL', sought: [] };
  if (alternatives.length === 0) return { query: 'NONE', sought: [] };
  const one = ({ isExcluded, words, names }: FoundUnit) =>
    `${isExcluded ? '!' : ''}(${words}${names === null ? '' : ` | ${names}`})`;
  return {
    query: alternatives.map((units) => `(${units.map(one).join(' & ')})`).join(' | '),
    sought: alternatives.flat().filter(({ isExcluded }) => !isExcluded),
  };
}

/** A published revision of a development. */
export interface ShownRevision {
  readonly developmentId: string;
  readonly revision: number;
}

/**
 * Returns the texts that match each revision, using current names, with the same results as {@link
 * findQueries}. One SQL statement; none without texts.
 */
export async function matchTexts(
  db: Transaction,
  texts: readonly SearchText[],
  revisions: readonly ShownRevision[],
): Promise<ReadonlySet<string>[]> {
  const asked = texts.map((text) => ({ text, alternatives: queriesIn(text) }));
  const units = asked.flatMap(({ alternatives }) => alternatives.flat());
  const rows =
    units.length === 0
      ? []
      : await read<{ holders: number[] }>(
          db,
          sql`
          SELECT ARRAY(
            SELECT asked.at::int
            FROM unnest(${revisions.map(({ developmentId }) => developmentId)}::uuid[],
                        ${revisions.map(({ revision }) => revision)}::int[]) WITH ORDINALITY AS asked (id, revision, at)
            JOIN development_version AS version ON version.id = asked.id AND version.revision = asked.revision
            WHERE version.search @@ CASE WHEN it.names IS NULL THEN it.words ELSE it.words || it.names END
          ) AS holders
          FROM (${namedUnits(units)} OFFSET 0) AS it ORDER BY it.at`,
        );
  const holders = new Map(units.map((unit, index) => [unit, new Set(rows[index]?.holders)]));
  return revisions.map((_, index) => {
    const has = (unit: QueriedUnit) => holders.get(unit)?.has(index + 1) !== unit.isExcluded;
    const finds = ({ text, alternatives }: (typeof asked)[number]) =>
      isBlank(text) || alternatives.some((all) => all.every(has));
    return new Set(asked.filter(finds).map(({ text }) => text.text));
  });
}

/**
 * Returns a query as a condition on `it`, a row of `development` or `development_version`.
 *
 * @param period A `tsquery` that rows must match too.
 */
export function foundBy({ query }: SearchQuery, period?: Prisma.Sql): Prisma.Sql {
  if (query === 'ALL') return sql`true`;
  if (query === 'NONE') return sql`false`;
  // As one query, because the index intersects two conditions more slowly.
  return period ? sql`it.search @@ (${query}::tsquery && ${period})` : sql`it.search @@ ${query}::tsquery`;
}

/** Weights of a match in the quotation, translation, summary and headline. */
const WEIGHTS = '{0.1,0.2,0.4,1}';
/** The weight of a match in a name, which is in no text: more than one in a quotation, less than one in a summary. */
const NAME_WEIGHT = 0.2;

/**
 * Returns the relevance of a row, `it`: an integer from 0 to about a million, so that cursors contain it
 * exactly. Words of several texts count once.
 */
export function rankOf(sought: readonly FoundUnit[]): Prisma.Sql {
  const units = new Map(sought.map((unit) => [unit.words, unit]));
  const terms = new Set([...units.values()].flatMap(({ ranked }) => ranked));
  const words = [...terms].map((term) => `'${term}'`).join(' | ');
  const names = [...units.values()].flatMap((unit) => unit.names ?? []);
  const named = names.map((ids) => sql`(it.search @@ ${ids}::tsquery)::int`);
  const rank = sql`ts_rank(${WEIGHTS}::float4[], it.search, ${words}::tsquery)`;
  if (named.length === 0) return sql`round(1e6 * ${rank})::int`;
  // PostgreSQL divides the rank by the number of terms.
  return sql`round(1e6 * (${rank} + ${NAME_WEIGHT / terms.size}::float8 * (${Prisma.join(named, ' + ')})))::int`;
}
