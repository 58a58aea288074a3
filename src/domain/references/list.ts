import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { type ActorKind, Prisma } from '../../generated/prisma/client.js';
import { type At, rowsAt } from '../development/read/view.js';
import { countryCode, parseInput } from '../input.js';
import { REFERENCE_SELECTS, type ReferenceModel, type ReferenceRows } from './cache.js';
import { rowOf, type ShownRevision } from './history/row.js';
import { named, searchInput } from './named/search.js';
import { REFERENCE_TABLES, tableAt } from './tables.js';

const { raw, sql } = Prisma;

/** How often and how lately an object was used is counted in so many published developments, the latest changes first. */
export const COUNTED_USES = 2_000;

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

/** A list of objects of one type, now or as of a feed position. */
export interface ReferenceList {
  readonly model: ReferenceModel;
  readonly order: ReferenceOrder;
  readonly at: At;
  /** The objects of that time, without those that were merged into others by then. */
  readonly table: Prisma.Sql;
  readonly where: Prisma.Sql;
}

/**
 * Selects references. A search looks at the names of now, also as of a position.
 *
 * @throws {InvalidInputError} For a malformed search or country code.
 */
export function listReferences(
  model: ReferenceModel,
  order: ReferenceOrder,
  { search, kind, country }: ReferenceFilter,
  at?: At,
): ReferenceList {
  const words = search == null ? '' : parseInput(searchInput, search, 'search').trim();
  const codes = (country ?? []).map((code) => parseInput(countryCode, code, 'country'));
  const conditions = [
    ...(model === 'treaty' || at !== undefined ? [] : [sql`it.merged_into_id IS NULL`]), // Treaties are never merged.
    ...(words === '' ? [] : [named(model, words, at)]),
    ...(kind?.length ? [sql`it.kind = ANY (${[...kind]}::text[]::"ActorKind"[])`] : []),
    ...(codes.length > 0 ? [sql`it.country_code = ANY (${codes}::text[])`] : []),
  ];
  return {
    ...{ model, order, at },
    table: at === undefined ? raw(REFERENCE_TABLES[model].table) : tableAt(model, at),
    where: conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`true`,
  };
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
  { model, order, at, table, where }: ReferenceList & { readonly model: M },
  { columns, bounds, take }: ReferencePage,
): Promise<ListedReference<M>[]> {
  const type = ORDERS[order];
  const keysOf = (row: 'it' | 'page') => [...(type ? [raw(`${row}.key`)] : []), raw(`${row}.slug`)];
  const keys = keysOf('it');
  const ways = columns.map(({ direction }) => direction);
  const inOrder = (some: readonly Prisma.Sql[]) =>
    Prisma.join(some.map((key, index) => sql`${key} ${raw(ways[index] ?? 'asc')}`));
  const beyond = bounds.map((bound) => beyondOf(keys, ways, [type ?? 'text', 'text'], bound));
  const rows = sql`SELECT it.*, ${keyOf(model, order)} AS key FROM ${table} AS it ${usesOf(model, order, at)} WHERE ${where}`;
  const select = (fields: Prisma.Sql) => sql`
    SELECT ${fields} FROM (${rows}) AS it
    WHERE ${beyond.length > 0 ? Prisma.join(beyond, ' AND ') : sql`true`}
    ORDER BY ${inOrder(keys)} LIMIT ${take}`;
  if (at !== undefined) {
    const past = await read<PastRow<M>>(
      db,
      select(
        sql`it.id::text AS id, it.number, it.recorded_at AS "recordedAt", it.snapshot AS content, it.key`,
      ),
    );
    return past.map(({ id, key, ...shown }) => ({ ...rowOf(model, id, { ...shown, at }), key }));
  }
  return read<ListedReference<M>>(
    db,
    sql`
    SELECT it.*, page.key
    FROM (${select(sql`it.id, it.slug, it.key`)}) AS page
    JOIN (${REFERENCE_SELECTS[model]}) AS it ON it.id = page.id
    ORDER BY ${inOrder(keysOf('page'))}`,
  );
}

/** A row of a list as of a position, before it is made into a reference. */
type PastRow<M extends ReferenceModel> = Omit<ShownRevision<M>, 'at'> & {
  readonly id: string;
  readonly key: string | Date | number;
};

/** What an order compares first. Must match the expression of the indexes on names. */
function keyOf(model: ReferenceModel, order: ReferenceOrder): Prisma.Sql {
  switch (order) {
    case 'slug':
      return sql`NULL`;
    case 'name':
      return raw(`left(folded(it.${REFERENCE_TABLES[model].name}), 200) COLLATE "C"`);
    case 'recentlyUsed':
      return sql`coalesce(used.last, 'epoch'::timestamptz)`;
    case 'mostUsed':
      return sql`coalesce(used.times, 0)`;
  }
}

/** Joins how the latest changed developments use the objects. */
function usesOf(model: ReferenceModel, order: ReferenceOrder, at: At): Prisma.Sql {
  if (order !== 'recentlyUsed' && order !== 'mostUsed') return Prisma.empty;
  const ids = raw(REFERENCE_TABLES[model].ids);
  return sql`
    LEFT JOIN (
      SELECT one.id, count(*)::int AS times, max(it.changed_at) AS last
      FROM (
        SELECT ${ids}, changed_at FROM ${rowsAt(at)} AS development WHERE status = 'PUBLISHED'
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
  { table, where }: ReferenceList,
  limit: number,
): Promise<number> {
  const [counted] = await read<{ count: number }>(
    db,
    sql`
    SELECT count(*)::int AS count
    FROM (SELECT FROM ${table} AS it WHERE ${where} LIMIT ${limit}) AS it`,
  );
  return counted?.count ?? 0;
}
