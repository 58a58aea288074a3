import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { SearchText, SearchUnit } from './text.js';
import { unitsOf } from './units.js';

const { sql } = Prisma;

/** A unit as queries, in PostgreSQL's own notation. */
export interface FoundUnit {
  readonly words: string;
  /** The ids of those that are called so now. */
  readonly names: string | null;
}

/** A text that is searched for, as a query on search vectors. */
export interface SearchQuery {
  /** What is searched for, or whether everything or nothing is found. */
  readonly query: string | 'ALL' | 'NONE';
  /** What must be there, and not what must not: hits are ranked by it. */
  readonly sought: readonly FoundUnit[];
}

/** Makes queries of texts, with the names as they are now: one SQL statement, none without texts. */
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

/** The alternatives with what was found for each unit, in turn; without the units that are not searched for. */
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

/** A development as one of its revisions left it, when readers were shown it. */
export interface ShownRevision {
  readonly developmentId: string;
  readonly revision: number;
}

/**
 * Which of the texts find each of the revisions, with the names as they are now: the answers that the queries of
 * {@link findQueries} give. One SQL statement, none without texts.
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

/** The condition that a query is, on `it`, a row of `development` or of `development_version`. */
export function foundBy({ query }: SearchQuery): Prisma.Sql {
  if (query === 'ALL') return sql`true`;
  return query === 'NONE' ? sql`false` : sql`it.search @@ ${query}::tsquery`;
}
