import { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.js';
import type { At } from '../../development/read/view.js';
import { isStorable } from '../../input.js';
import { beginningsQuery, namesVector } from '../../search/units.js';
import type { ReferenceModel } from '../cache.js';
import { REFERENCE_TABLES } from '../tables.js';
import { codeKey, wikidataKey } from './keys.js';
import type { NamedOwner } from './other-names.js';
import { addressKey } from './similar-keys.js';

const { raw, sql } = Prisma;

const MAX_SEARCH = 200;
export const searchInput = z.string().refine((text) => text.length <= MAX_SEARCH && isStorable(text), {
  error: `Expected at most ${MAX_SEARCH} characters of Unicode text, without NUL and lone surrogates.`,
});

/** The most objects that a search lists: those with the shortest names. Sorting a hundred thousand takes too long. */
export const MAX_FOUND = 1_000;

/**
 * Returns the condition on objects with a name that has a word beginning with each of the words, or with them as an id. It
 * can be a name or an id of what was merged into the object, by the position if there is one.
 */
export function named(model: ReferenceModel, words: string, at: At): Prisma.Sql {
  const query = beginningsQuery(words);
  if (query === undefined) return sql`false`;
  const selects = REFERENCE_TABLES[model].names.map(
    ([id, table, name]) =>
      sql`SELECT ${raw(`${id} AS id, length(${name}) AS size FROM ${table} WHERE ${namesVector(name)}`)} @@ ${query}::tsquery`,
  );
  const typed = words.trim();
  const byId = [
    sql`SELECT id, 0 AS size FROM ${raw(REFERENCE_TABLES[model].table)} WHERE slug = ${typed.toLowerCase()}`,
    sql`SELECT reference_id AS id, 0 AS size FROM reference_key WHERE key = ANY (${keysOfId(model, typed)}::text[])`,
  ];
  const candidates = Prisma.join([...byId, ...selects], ' UNION ALL ');
  if (at !== undefined) {
    return sql`it.id IN (
      SELECT survivor_at(id, ${at}) FROM (
        SELECT id FROM (${candidates}) AS found GROUP BY id ORDER BY min(size), id LIMIT ${MAX_FOUND}) AS nearest)`;
  }
  return sql`it.id IN (
    SELECT coalesce(merged.survivor_id, found.id) FROM (${candidates}) AS found
    LEFT JOIN merged_reference AS merged ON merged.id = found.id
    GROUP BY 1 ORDER BY min(size), 1 LIMIT ${MAX_FOUND})`;
}

/** The models with Wikidata items. */
const OWNERS: Partial<Readonly<Record<ReferenceModel, NamedOwner>>> = {
  actor: 'Actor',
  topic: 'Topic',
  source: 'Source',
};

/** Returns the keys of what a text can be an id of: a Wikidata item, the code of an actor, the address of a source. */
function keysOfId(model: ReferenceModel, text: string): string[] {
  const id = text.toUpperCase();
  const owner = OWNERS[model];
  if (owner && /^Q[1-9]\d*$/.test(id)) return [wikidataKey(owner, id)];
  if (model === 'actor') return /^[A-Z]{2,3}$/.test(id) ? [codeKey(id)] : [];
  return model === 'source' && /^https?:/i.test(text) ? [addressKey(text)] : [];
}
