import { Prisma } from '../../generated/prisma/client.js';
import type { SearchText } from './text.js';

const { sql } = Prisma;

/** Maximum number of objects matched by name for a word: those with the shortest names. */
const MAX_NAMED = 200;

/** The columns with names: id column, table, name column. */
const NAMES = [
  ['id', 'actor', 'name'],
  ['actor_id', 'actor_name', 'name'],
  ['id', 'topic', 'name'],
  ['id', 'treaty', 'name'],
  ['id', 'treaty', 'abbreviation'],
  ['id', 'weapon_system', 'name'],
  ['weapon_system_id', 'weapon_system_alias', 'name'],
  ['id', 'doctrine', 'name'],
] as const;

/** Must match the expression of the indexes on names. */
const vectorOf = (name: string) => `to_tsvector('english', ${name}) || to_tsvector('simple', ${name})`;

/** Returns objects by current name: a sub-select of ids and names. */
export const named = (words: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    NAMES.map(
      ([id, table, name]) =>
        sql`SELECT ${Prisma.raw(`${id} AS id, ${name} AS name FROM ${table} WHERE (${vectorOf(name)})`)} @@ ${words}`,
    ),
    ' UNION ALL ',
  );

/** Turns the last word of a query into a prefix. Leaves queries that do not end in a word. */
const prefixed = (query: string) =>
  Prisma.raw(
    `(CASE WHEN ${query}::text LIKE '%''' THEN (${query}::text || ':*')::tsquery ELSE ${query} END)`,
  );

/**
 * Returns the units of texts as queries on a search vector: a sub-select with a row for each unit.
 *
 * - `at`: the number of the unit, starting at 1;
 * - `is_used`: whether it is searched for. False without words, or for stop words unless its text has no others;
 * - `is_telling`: whether it contains more than stop words;
 * - `words`: matches the texts of a development, in English forms or as typed;
 * - `names`: matches ids of objects with the words in a current name; null if there are none.
 *
 * Both are `tsquery`, parsed by PostgreSQL from plain text, so that no input is a syntax error.
 */
export function unitsOf(texts: readonly SearchText[]): Prisma.Sql {
  const units = texts.flatMap(({ alternatives }, of) => alternatives.flat().map((unit) => ({ ...unit, of })));
  const column = <T>(pick: (unit: (typeof units)[number]) => T) => units.map(pick);
  return sql`
    SELECT unit.at, unit.is_used, unit.is_telling, unit.words, CASE WHEN unit.is_used THEN (
      SELECT string_agg(quote_literal(those.id::text), ' | ')::tsquery FROM (
        SELECT it.id FROM (${named(sql`unit.words`)}) AS it
        GROUP BY it.id ORDER BY min(length(it.name)), it.id LIMIT ${MAX_NAMED}
      ) AS those
    ) END AS names
    FROM (
      SELECT at, is_telling, words, numnode(words) > 0 AND (
        is_telling OR NOT coalesce(bool_or(is_telling) OVER (PARTITION BY of), false)
      ) AS is_used
      FROM (
        SELECT at, of, is_prefix OR numnode(english) > 0 AS is_telling,
               CASE WHEN is_prefix
                    THEN ${prefixed('english')} || ${prefixed('plain')} || ${prefixed('apart')}
                    ELSE CASE WHEN english = plain THEN plain ELSE english || plain END END AS words
        FROM (
          SELECT given.at, given.of, given.is_prefix, phraseto_tsquery('english', given.words) AS english,
                 phraseto_tsquery('simple', given.words) AS plain, phraseto_tsquery('simple', given.apart) AS apart
          FROM unnest(
            ${column(({ words }) => words)}::text[],
            -- A prefix of a hyphenated word is not a word, but its last part is a prefix of one.
            ${column(({ words }) => words.replace(/[^\p{L}\p{N}]+/gu, ' '))}::text[],
            ${column(({ isPrefix }) => isPrefix)}::bool[],
            ${column(({ of }) => of)}::int[]
          ) WITH ORDINALITY AS given (words, apart, is_prefix, of, at)
        ) AS parsed
      ) AS weighed
    ) AS unit`;
}
