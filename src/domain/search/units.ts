import { Prisma } from '../../generated/prisma/client.js';
import { type Pattern, readUnits, type SoughtUnit, type Step } from './patterns.js';
import type { SearchText } from './text.js';

const { sql, raw } = Prisma;

/** Maximum number of objects matched by name for a word: those with the shortest names. */
const MAX_NAMED = 200;

/** The columns with names of things that developments mention: id column, table, name column. */
const NAMES = [
  ['id', 'actor', 'name'],
  ['actor_id', 'actor_name', 'name'],
  ['id', 'topic', 'name'],
  ['topic_id', 'topic_name', 'name'],
  ['id', 'treaty', 'name'],
  ['id', 'treaty', 'abbreviation'],
  ['id', 'weapon_system', 'name'],
  ['weapon_system_id', 'weapon_system_alias', 'name'],
  ['id', 'doctrine', 'name'],
] as const;

/** Returns the search vector of a column with names. Must match the expression of its index. */
export const namesVector = (column: string): string => `(${column}_words::tsvector)`;

/** Returns objects by current name: a sub-select of ids and names. */
const named = (words: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    NAMES.map(
      ([id, table, name]) =>
        sql`SELECT ${raw(`${id} AS id, ${name} AS name FROM ${table} WHERE ${namesVector(name)}`)} @@ ${words}`,
    ),
    ' UNION ALL ',
  );

/** A word or phrase as a query on search vectors, in the notation of `tsquery`. */
export interface QueriedUnit extends SoughtUnit {
  readonly words: string;
}

/** Returns what each alternative of a text searches for, without alternatives that search for nothing. */
export function queriesIn({ text, alternatives }: SearchText): readonly (readonly QueriedUnit[])[] {
  return alternatives
    .map((units) => readUnits(units, text).map((unit) => ({ ...unit, words: queryOf(unit.patterns) })))
    .filter((units) => units.length > 0);
}

/** Returns patterns in the notation of `tsquery`. Terms have no quotes and backslashes. */
export const queryOf = (patterns: readonly Pattern[]): string =>
  patterns.map((steps) => steps.map(stepOf).join('')).join(' | ');

/**
 * Returns a query for names that have words beginning with all words of a text, for pickers; undefined if it has no
 * words.
 */
export function beginningsQuery(text: string): string | undefined {
  const units = text
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((words) => ({ words, isPhrase: false, isPrefix: true, isExcluded: false }));
  const sought = readUnits(units, text);
  return sought.length === 0 ? undefined : sought.map(({ patterns }) => `(${queryOf(patterns)})`).join(' & ');
}

function stepOf({ terms, prefixes, after }: Step): string {
  const some = [...prefixes.map((prefix) => `'${prefix}':*`), ...terms.map((term) => `'${term}'`)];
  return `${after > 0 ? ` <${after}> ` : ''}${some.length === 1 ? some[0] : `(${some.join(' | ')})`}`;
}

/**
 * Returns which referenced objects have the words of each unit in a current name: a sub-select with a row for each
 * unit, `at` from 1, its `words`, and `names`, a query on the ids; null if there are none. The name of a merged object also
 * gives the one that stands for it: the past mentions the first, the present the second.
 */
export function namedUnits(units: readonly QueriedUnit[]): Prisma.Sql {
  return sql`
    SELECT unit.at, unit.words::tsquery AS words, (
      SELECT string_agg(quote_literal(those.id::text), ' | ')::tsquery FROM (
        SELECT named.id FROM (${named(sql`unit.words::tsquery`)}) AS it
        LEFT JOIN merged_reference AS merged ON merged.id = it.id
        CROSS JOIN unnest(ARRAY[it.id, merged.survivor_id]) AS named (id)
        WHERE named.id IS NOT NULL
        GROUP BY named.id ORDER BY min(length(it.name)), named.id LIMIT ${MAX_NAMED}
      ) AS those
    ) AS names
    FROM unnest(${units.map(({ words }) => words)}::text[]) WITH ORDINALITY AS unit (words, at)`;
}

/** Returns the current names of some objects that have one of the words: a sub-select of ids and names. */
export const namesAmong = (ids: readonly string[], words: string): Prisma.Sql => sql`
  SELECT DISTINCT it.id::text AS id, it.name FROM (${named(sql`${words}::tsquery`)}) AS it
  WHERE it.id = ANY (${[...ids]}::uuid[])`;
