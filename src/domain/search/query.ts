import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { SearchText, SearchUnit } from './text.js';
import { unitsOf } from './units.js';

const { sql } = Prisma;

/** A search unit as queries in PostgreSQL's `tsquery` notation. */
export interface FoundUnit {
  readonly words: string;
  /** Ids of objects with the words in a current name; null if there are none. */
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
  if (texts.length === 0) return new Map();
  const rows = await read<FoundUnit & { isUsed: boolean }>(
    db,
    sql`
      SELECT is_used AS "isUsed", words::text AS words, names::text AS names
      FROM (${unitsOf(texts)}) AS it ORDER BY at`,
    { prepared: true },
  );
  const next = rows.values();
  return new Map(
    texts.map((text) => {
      const found = usedUnits(text, () => {
        const { value } = next.next();
        return value?.isUsed ? value : undefined;
      });
      return [text.text, queryOf(text, found)];
    }),
  );
}

interface UsedUnit<T> {
  readonly unit: SearchUnit;
  readonly found: T;
}

/** Pairs units with their results in order. Drops units that are not searched for. */
function usedUnits<T>(
  { alternatives }: SearchText,
  nextFound: () => T | undefined,
): readonly (readonly UsedUnit<T>[])[] {
  return alternatives
    .map((units) =>
      units.flatMap((unit) => {
        const found = nextFound();
        return found === undefined ? [] : [{ unit, found }];
      }),
    )
    .filter((units) => units.length > 0);
}

const isBlank = ({ text }: SearchText) => text.trim() === '';

function queryOf(text: SearchText, alternatives: readonly (readonly UsedUnit<FoundUnit>[])[]): SearchQuery {
  if (isBlank(text)) return { query: 'ALL', sought: [] };
  if (alternatives.length === 0) return { query: 'NONE', sought: [] };
  const one = ({ unit, found }: UsedUnit<FoundUnit>) =>
    `${unit.isExcluded ? '!' : ''}(${found.words}${found.names === null ? '' : ` | ${found.names}`})`;
  return {
    query: alternatives.map((units) => `(${units.map(one).join(' & ')})`).join(' | '),
    sought: alternatives.flat().flatMap(({ unit, found }) => (unit.isExcluded ? [] : [found])),
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
  if (texts.length === 0) return revisions.map(() => new Set());
  const rows = await read<{ isUsed: boolean; holders: number[] }>(
    db,
    sql`
    SELECT it.is_used AS "isUsed", ARRAY(
      SELECT asked.at::int
      FROM unnest(${revisions.map(({ developmentId }) => developmentId)}::uuid[],
                  ${revisions.map(({ revision }) => revision)}::int[]) WITH ORDINALITY AS asked (id, revision, at)
      JOIN development_version AS version ON version.id = asked.id AND version.revision = asked.revision
      WHERE version.search @@ CASE WHEN it.names IS NULL THEN it.words ELSE it.words || it.names END
    ) AS holders
    FROM (${unitsOf(texts)} OFFSET 0) AS it ORDER BY it.at`,
  );
  const next = rows.values();
  const units = texts.map((text) => ({
    text,
    alternatives: usedUnits(text, () => {
      const { value } = next.next();
      return value?.isUsed ? new Set(value.holders) : undefined;
    }),
  }));
  return revisions.map((_, index) => {
    const finds = ({ text, alternatives }: (typeof units)[number]) =>
      isBlank(text) ||
      alternatives.some((all) => all.every(({ unit, found }) => found.has(index + 1) !== unit.isExcluded));
    return new Set(units.filter(finds).map(({ text }) => text.text));
  });
}

/** Returns a query as a condition on `it`, a row of `development` or `development_version`. */
export function foundBy({ query }: SearchQuery): Prisma.Sql {
  if (query === 'ALL') return sql`true`;
  return query === 'NONE' ? sql`false` : sql`it.search @@ ${query}::tsquery`;
}

/** Weights of a match in the quotation, translation, summary and headline. */
const WEIGHTS = '{0.1,0.2,0.4,1}';
/** The weight of a match in a name, which is not in any text. */
const NAME_WEIGHT = 0.1;

/**
 * Returns the relevance of a row, `it`: an integer from 0 to about a million, so that cursors contain it
 * exactly. Words of several texts count once.
 */
export function rankOf(sought: readonly FoundUnit[]): Prisma.Sql {
  const units = new Map(sought.map((unit) => [unit.words, unit]));
  const words = [...units.keys()].map((one) => `(${one})`).join(' | ');
  const names = [...units.values()].flatMap((unit) => unit.names ?? []);
  const named = names.map((ids) => sql`(it.search @@ ${ids}::tsquery)::int`);
  const rank = sql`ts_rank(${WEIGHTS}::float4[], it.search, ${words}::tsquery)`;
  if (named.length === 0) return sql`round(1e6 * ${rank})::int`;
  return sql`round(1e6 * (${rank} + ${NAME_WEIGHT / units.size}::float8 * (${Prisma.join(named, ' + ')})))::int`;
}
