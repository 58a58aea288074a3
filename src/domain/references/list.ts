import { z } from 'zod';
import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { type ActorKind, Prisma } from '../../generated/prisma/client.js';
import { countryCode, isStorable, parseInput } from '../input.js';
import { beginningsQuery, namesVector } from '../search/units.js';
import { REFERENCE_SELECTS, type ReferenceModel, type ReferenceRows } from './cache.js';
import { codeKey, wikidataKey } from './named/keys.js';
import { addressKey } from './named/similar-keys.js';

const { raw, sql } = Prisma;

/** How often and how lately an object was used is counted in so many published developments, the latest changes first. */
export const COUNTED_USES = 2_000;

/** The tables of each type: its own, the name that it is ordered by, and all columns with names. */
const TABLES = {
  actor: {
    table: 'actor',
    ids: 'actor_ids',
    name: 'name',
    names: [
      ['id', 'actor', 'name'],
      ['actor_id', 'actor_name', 'name'],
    ],
  },
  doctrine: { table: 'doctrine', ids: 'doctrine_ids', name: 'name', names: [['id', 'doctrine', 'name']] },
  source: {
    table: 'source',
    ids: 'source_ids',
    name: 'title',
    names: [
      ['id', 'source', 'title'],
      ['id', 'source', 'publisher'],
    ],
  },
  topic: { table: 'topic', ids: 'topic_ids', name: 'name', names: [['id', 'topic', 'name']] },
  treaty: {
    table: 'treaty',
    ids: 'treaty_ids',
    name: 'name',
    names: [
      ['id', 'treaty', 'name'],
      ['id', 'treaty', 'abbreviation'],
    ],
  },
  weaponSystem: {
    table: 'weapon_system',
    ids: 'weapon_system_ids',
    name: 'name',
    names: [
      ['id', 'weapon_system', 'name'],
      ['weapon_system_id', 'weapon_system_alias', 'name'],
    ],
  },
} as const satisfies Readonly<Record<ReferenceModel, ReferenceTable>>;

interface ReferenceTable {
  readonly table: string;
  /** The column of `development` with the ids of objects. */
  readonly ids: string;
  readonly name: string;
  /** Id column, table and name column. */
  readonly names: readonly (readonly [id: string, table: string, name: string])[];
}

export interface ReferenceFilter {
  /** Beginnings of words, all of which one name has, or a slug, a code, a Wikidata item or an address. */
  readonly search?: string | null | undefined;
  /** Actors only. */
  readonly kind?: readonly ActorKind[] | null | undefined;
  /** Actors only. */
  readonly country?: readonly string[] | null | undefined;
}

/** The orders, and the type of what each compares before slugs. */
const ORDERS = {
  slug: undefined,
  name: 'text',
  recentlyUsed: 'timestamptz',
  mostUsed: 'int',
} as const;

export type ReferenceOrder = keyof typeof ORDERS;

/** A list of objects of one type. */
export interface ReferenceList {
  readonly model: ReferenceModel;
  readonly order: ReferenceOrder;
  readonly where: Prisma.Sql;
}

/** @throws {InvalidInputError} For a malformed search or country code. */
export function listReferences(
  model: ReferenceModel,
  order: ReferenceOrder,
  { search, kind, country }: ReferenceFilter,
): ReferenceList {
  const words = search == null ? '' : parseInput(searchInput, search, 'search');
  const codes = (country ?? []).map((code) => parseInput(countryCode, code, 'country'));
  const conditions = [
    ...(model === 'treaty' ? [] : [sql`it.merged_into_id IS NULL`]), // Treaties are never merged.
    ...(words.trim() === '' ? [] : [named(model, words)]),
    ...(kind?.length ? [sql`it.kind = ANY (${[...kind]}::text[]::"ActorKind"[])`] : []),
    ...(codes.length > 0 ? [sql`it.country_code = ANY (${codes}::text[])`] : []),
  ];
  return { model, order, where: conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`true` };
}

const MAX_SEARCH = 200;
const searchInput = z.string().refine((text) => text.length <= MAX_SEARCH && isStorable(text), {
  error: `Expected at most ${MAX_SEARCH} characters of Unicode text, without NUL and lone surrogates.`,
});

/** The most objects that a search lists: those with the shortest names. Sorting a hundred thousand takes too long. */
export const MAX_FOUND = 1_000;

/**
 * Returns the condition on objects with a name that has a word beginning with each of the words, or with them as an id. It
 * can be a name or an id of what was merged into the object.
 */
function named(model: ReferenceModel, words: string): Prisma.Sql {
  const query = beginningsQuery(words);
  if (query === undefined) return sql`false`;
  const selects = TABLES[model].names.map(
    ([id, table, name]) =>
      sql`SELECT ${raw(`${id} AS id, length(${name}) AS size FROM ${table} WHERE ${namesVector(name)}`)} @@ ${query}::tsquery`,
  );
  const typed = words.trim();
  const byId = [
    sql`SELECT id, 0 AS size FROM ${raw(TABLES[model].table)} WHERE slug = ${typed.toLowerCase()}`,
    sql`SELECT reference_id AS id, 0 AS size FROM reference_key WHERE key = ANY (${keysOfId(model, typed)}::text[])`,
  ];
  return sql`it.id IN (
    SELECT coalesce(merged.survivor_id, found.id) FROM (${Prisma.join([...byId, ...selects], ' UNION ALL ')}) AS found
    LEFT JOIN merged_reference AS merged ON merged.id = found.id
    GROUP BY 1 ORDER BY min(size), 1 LIMIT ${MAX_FOUND})`;
}

/** Returns the keys of what a text can be an id of: the code or Wikidata item of an actor, the address of a source. */
function keysOfId(model: ReferenceModel, text: string): string[] {
  if (model === 'actor') {
    const id = text.toUpperCase();
    if (/^[A-Z]{2,3}$/.test(id)) return [codeKey(id)];
    return /^Q[1-9]\d*$/.test(id) ? [wikidataKey(id)] : [];
  }
  return model === 'source' && /^https?:/i.test(text) ? [addressKey(text)] : [];
}

/** A row of a list, with what its order compares before slugs: a name, a time or a number. */
export type ListedReference<M extends ReferenceModel> = ReferenceRows[M] & {
  readonly key: string | Date | number;
};

/** A page of a list: rows beyond the bounds. */
export interface ReferencePage {
  readonly columns: readonly { readonly direction: 'asc' | 'desc' }[];
  readonly bounds: readonly {
    readonly values: readonly (string | Date | number)[];
    readonly isAfter: boolean;
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/** Reads a page of a list. One SQL statement. */
export async function readReferencePage<M extends ReferenceModel>(
  db: Transaction,
  { model, order, where }: ReferenceList & { readonly model: M },
  { columns, bounds, take }: ReferencePage,
): Promise<ListedReference<M>[]> {
  const { table } = TABLES[model];
  const type = ORDERS[order];
  const keysOf = (row: 'it' | 'page') => [...(type ? [raw(`${row}.key`)] : []), raw(`${row}.slug`)];
  const keys = keysOf('it');
  const ways = columns.map(({ direction }) => direction);
  const inOrder = (some: readonly Prisma.Sql[]) =>
    Prisma.join(some.map((key, index) => sql`${key} ${raw(ways[index] ?? 'asc')}`));
  const beyond = bounds.map((bound) => beyondOf(keys, ways, [type ?? 'text', 'text'], bound));
  return read<ListedReference<M>>(
    db,
    sql`
    SELECT it.*, page.key
    FROM (
      SELECT it.id, it.slug, it.key
      FROM (SELECT it.id, it.slug, ${keyOf(model, order)} AS key FROM ${raw(table)} AS it ${usesOf(model, order)} WHERE ${where}) AS it
      WHERE ${beyond.length > 0 ? Prisma.join(beyond, ' AND ') : sql`true`}
      ORDER BY ${inOrder(keys)} LIMIT ${take}
    ) AS page
    JOIN (${REFERENCE_SELECTS[model]}) AS it ON it.id = page.id
    ORDER BY ${inOrder(keysOf('page'))}`,
  );
}

/** What an order compares first. Must match the expression of the indexes on names. */
function keyOf(model: ReferenceModel, order: ReferenceOrder): Prisma.Sql {
  switch (order) {
    case 'slug':
      return sql`NULL`;
    case 'name':
      return raw(`left(folded(it.${TABLES[model].name}), 200) COLLATE "C"`);
    case 'recentlyUsed':
      return sql`coalesce(used.last, 'epoch'::timestamptz)`;
    case 'mostUsed':
      return sql`coalesce(used.times, 0)`;
  }
}

/** Joins how the latest changed developments use the objects. */
function usesOf(model: ReferenceModel, order: ReferenceOrder): Prisma.Sql {
  if (order !== 'recentlyUsed' && order !== 'mostUsed') return Prisma.empty;
  const ids = raw(TABLES[model].ids);
  return sql`
    LEFT JOIN (
      SELECT one.id, count(*)::int AS times, max(it.changed_at) AS last
      FROM (
        SELECT ${ids}, changed_at FROM development WHERE status = 'PUBLISHED'
        ORDER BY changed_at DESC, id DESC LIMIT ${COUNTED_USES}
      ) AS it, unnest(it.${ids}) AS one (id)
      GROUP BY one.id
    ) AS used ON used.id = it.id`;
}

/** Returns the condition for rows beyond the values, in the order of the keys. */
function beyondOf(
  keys: readonly Prisma.Sql[],
  ways: readonly ('asc' | 'desc')[],
  types: readonly string[],
  { values, isAfter, isInclusive }: ReferencePage['bounds'][number],
): Prisma.Sql {
  const offset = types.length - keys.length; // Slugs have no key before them.
  const valueAt = (index: number) => {
    const value = values[index];
    return sql`${value instanceof Date ? value.toISOString() : value}::${raw(types[index + offset] ?? 'text')}`;
  };
  const strict = (index: number) => ((ways[index] === 'asc') === isAfter ? '>' : '<');
  const last = keys.length - 1;
  const alternatives = keys.map((key, index) => {
    const equal = keys.slice(0, index).map((other, at) => sql`${other} = ${valueAt(at)}`);
    const comparison = `${strict(index)}${isInclusive && index === last ? '=' : ''}`;
    return sql`(${Prisma.join([...equal, sql`${key} ${raw(comparison)} ${valueAt(index)}`], ' AND ')})`;
  });
  // The index uses the first condition.
  return sql`${keys[0]} ${raw(`${strict(0)}=`)} ${valueAt(0)} AND (${Prisma.join(alternatives, ' OR ')})`;
}

/** Counts a list up to a limit. One SQL statement. */
export async function countReferences(
  db: Transaction,
  { model, where }: ReferenceList,
  limit: number,
): Promise<number> {
  const [counted] = await read<{ count: number }>(
    db,
    sql`
    SELECT count(*)::int AS count
    FROM (SELECT FROM ${raw(TABLES[model].table)} AS it WHERE ${where} LIMIT ${limit}) AS it`,
  );
  return counted?.count ?? 0;
}
