import { Prisma } from '../../generated/prisma/client.js';
import type { SearchText } from './text.js';

const { sql } = Prisma;

/** How many things whose names have a word are searched for by it: those with the shortest names. */
const MAX_NAMED = 200;

/** The names that words are looked up in: whose they are, and the table's and the column's name. */
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

/** As the indexes on names have them. */
const vectorOf = (name: string) => `to_tsvector('english', ${name}) || to_tsvector('simple', ${name})`;

/** What is called so now: a sub-select of ids and names. */
export const named = (words: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    NAMES.map(
      ([id, table, name]) =>
        sql`SELECT ${Prisma.raw(`${id} AS id, ${name} AS name FROM ${table} WHERE (${vectorOf(name)})`)} @@ ${words}`,
    ),
    ' UNION ALL ',
  );

/** A query whose last word may go on. What ends otherwise than in a word is left as it is. */
const prefixed = (query: string) =>
  Prisma.raw(
    `(CASE WHEN ${query}::text LIKE '%''' THEN (${query}::text || ':*')::tsquery ELSE ${query} END)`,
  );

/**
 * The units of texts as queries on a search vector: a sub-select with a row for each unit.
 *
 * - `at`: where the unit stands among all of them, from 1;
 * - `is_used`: whether it is searched for at all. One without words is not, nor one of stop words, unless its
 *   text has nothing else;
 * - `is_telling`: whether it is more than stop words;
 * - `words`: what stands in the development, in English or as it is typed;
 * - `names`: the ids of those that have it in a name now; null where there is none.
 *
 * Both are `tsquery`, made by PostgreSQL from plain text: nothing that is typed can be a syntax error.
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
            -- The beginning of one that is written with hyphens is no word, but its last part is the beginning of one.
            ${column(({ words }) => words.replace(/[^\p{L}\p{N}]+/gu, ' '))}::text[],
            ${column(({ isPrefix }) => isPrefix)}::bool[],
            ${column(({ of }) => of)}::int[]
          ) WITH ORDINALITY AS given (words, apart, is_prefix, of, at)
        ) AS parsed
      ) AS weighed
    ) AS unit`;
}
