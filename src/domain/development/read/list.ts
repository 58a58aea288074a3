import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type DevelopmentKind, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import { BadArgumentError } from '../../errors.js';
import { subjectOf } from '../../filter/comparisons.js';
import { mentioning, mentioningAt } from '../../filter/mention.js';
import { namesStatus, type OnUnknownSlug, prepareFilter } from '../../filter/prepare.js';
import type { DevelopmentFilter, OrderColumn, PreparedFilter } from '../../filter/types.js';
import { REFERENCE_KINDS, type ReferenceOwner, type SlugIds } from '../../references/lookup.js';
import { rankOf } from '../../search/query.js';
import { newestMatches } from './newest-matches.js';
import { type At, type DevelopmentView, isVisible, readViews, rowsAt } from './view.js';

const { sql } = Prisma;

/** A list of developments, and the feed position it is viewed from. */
export interface DevelopmentList {
  readonly at: At;
  /** The rows as a sub-select, without contents. */
  readonly rows: Prisma.Sql;
  /** The rows with only `id`, `kind`, `status` and dates, if that is cheaper. */
  readonly days: Prisma.Sql;
  /** Whether the same query plan is best for all values in this order. */
  isPlain(order: OrderField): boolean;
  /** The relevance of a row; the order of lists by relevance. */
  readonly rank: Prisma.Sql;
  /** The rows split into sub-selects, each of which is one index scan in the order of the column. */
  branches(order: OrderColumn): readonly Prisma.Sql[];
  /** The rows that match another `tsquery` on their words too; undefined if not all of them match a text. */
  readonly within?: (period: Prisma.Sql) => Prisma.Sql;
  /** Counts the rows that mention an object, as an index-only expression; undefined if that is impossible. */
  readonly mentions?: (subject: Prisma.Sql) => Prisma.Sql;
}

export interface ListOptions {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly kind?: DevelopmentKind | undefined;
  /** Only developments that mention this object. */
  readonly about?: { readonly owner: ReferenceOwner; readonly id: string } | undefined;
  readonly at?: At;
  /** The order of the list. */
  readonly order?: OrderField;
  /** Called with each slug of the filter that is not in the record. The list has nothing by it. */
  readonly onUnknownSlug: OnUnknownSlug;
  /** Ids of the filter's slugs that were looked up before. */
  readonly slugIds?: SlugIds | undefined;
}

/**
 * Selects developments that match the filter and that the viewer may see. Only published ones, unless the
 * filter names a status.
 *
 * @throws As {@link prepareFilter} does.
 * @throws {BadArgumentError} By relevance, if the filter has no text to rank by.
 */
export async function listDevelopments(
  db: Transaction,
  viewer: Viewer,
  options: ListOptions,
): Promise<DevelopmentList> {
  const { filter, kind, about, at, order, slugIds, onUnknownSlug } = options;
  const prepared = await prepareFilter(db, filter, onUnknownSlug, slugIds, at);
  const { where, branches, mention, sought, whereWithin } = prepared;
  if (order === 'relevance' && sought.length === 0) {
    throw new BadArgumentError(
      'orderBy',
      'Expected a text in the filter to order by RELEVANCE; got none with a word or phrase that is not excluded. Set text outside of not, or choose another order.',
    );
  }
  const common = [
    isVisible(viewer),
    ...(namesStatus(filter) ? [] : [sql`it.status = 'PUBLISHED'`]),
    // A draft has no place in this order. The past has none.
    ...(order === 'publishedAt' && canEdit(viewer) && at === undefined
      ? [sql`it.published_at IS NOT NULL`]
      : []),
    ...(kind ? [sql`it.kind = ${kind}::"DevelopmentKind"`] : []),
  ];
  const conditions = about ? [...common, mentions(about)] : common;
  const select = (condition: Prisma.Sql) => selectFrom(rowsAt(at), [...conditions, condition]);
  const list: DevelopmentList = {
    at,
    rows: select(where),
    days: select(where),
    isPlain: () => at === undefined && !filter && !about,
    branches: (column) => branches(column).map(select),
    rank: sought.length > 0 ? rankOf(sought) : sql`0`,
    ...(at === undefined && whereWithin && { within: (period) => select(whereWithin(period)) }),
  };
  if (!mention) return list;
  const subject = soleSubject(prepared, about?.id);
  if (at !== undefined) {
    return subject
      ? { ...list, days: selectFrom(mentioningAt(subject, at), [...common, mention.where]) }
      : list;
  }
  const walk = (of: Prisma.Sql) => (condition: Prisma.Sql) =>
    selectFrom(mentioning(of), [...common, condition]);
  if (subject) {
    // Uses mentions for the order by earliest day and for counts.
    return {
      ...list,
      days: walk(subject)(mention.where),
      isPlain: (field) => field === 'occurredEarliest' && !namesStatus(filter),
      branches: (column) =>
        column === 'occurredEarliest' ? mention.branches.map(walk(subject)) : list.branches(column),
    };
  }
  if (about) return list;
  // Each branch is bounded on both sides of an index; their union is not.
  const rows = Prisma.join(list.branches('occurredEarliest'), ' UNION ALL ');
  const countOf = (walked: Prisma.Sql) => sql`(SELECT count(*) FROM (${walked}) AS it)`;
  return {
    ...list,
    rows,
    days: rows,
    mentions: (of) => Prisma.join(mention.branches.map(walk(of)).map(countOf), ' + '),
  };
}

/** The only object that the list is restricted to, if there is one. */
function soleSubject({ mention }: PreparedFilter, id: string | undefined): Prisma.Sql | undefined {
  if (id === undefined) return mention?.subject;
  return mention && !mention.subject ? subjectOf(id) : undefined;
}

const mentions = ({ owner, id }: NonNullable<ListOptions['about']>) =>
  sql`it.${Prisma.raw(REFERENCE_KINDS[owner].ids)} @> ${[id]}::uuid[]`;

const selectFrom = (rows: Prisma.Sql, conditions: readonly Prisma.Sql[]) =>
  sql`SELECT it.* FROM ${rows} AS it WHERE ${Prisma.join([...conditions], ' AND ')}`;

/** The columns of orders and the types of their values. */
const ORDERS = {
  occurredEarliest: { column: 'occurred_earliest', type: 'date' },
  occurredLatest: { column: 'occurred_latest', type: 'date' },
  recordedAt: { column: 'recorded_at', type: 'timestamptz' },
  publishedAt: { column: 'published_at', type: 'timestamptz' },
  changedAt: { column: 'changed_at', type: 'timestamptz' },
  relevance: { column: 'rank', type: 'int' },
} as const satisfies Record<OrderColumn | 'relevance', { column: string; type: string }>;

export type OrderField = keyof typeof ORDERS;

/** A page of a list: rows beyond the bounds, ordered by a column and then by id in the same direction. */
export interface DevelopmentPage {
  readonly field: OrderField;
  readonly direction: 'asc' | 'desc';
  /** Values of the column and the id. */
  readonly bounds: readonly {
    readonly value: Date | number;
    readonly id: string;
    readonly isAfter: boolean;
    /** Whether the row with exactly these values is within the bound. */
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/**
 * Reads a page of a list with one SQL statement: one index scan from the start of the page, or one for each
 * branch. By relevance, it ranks the newest 1,000 of the list.
 */
export async function readPage(
  db: Transaction,
  list: DevelopmentList,
  { field, direction, bounds, take }: DevelopmentPage,
): Promise<DevelopmentView[]> {
  const { at } = list;
  const { column, type } = ORDERS[field];
  const key = sql`it.${Prisma.raw(column)}`;
  const way = Prisma.raw(direction);
  const order = sql`${key} ${way}, it.id ${way}`;
  const beyond = bounds.map(({ value, id, isAfter, isInclusive }) => {
    const strict = (direction === 'asc') === isAfter ? '>' : '<';
    const comparison = Prisma.raw(isInclusive ? `${strict}=` : strict);
    return sql`(${key}, it.id) ${comparison} (${typeof value === 'number' ? value : value.toISOString()}::${Prisma.raw(type)}, ${id}::uuid)`;
  });
  const where = beyond.length > 0 ? sql`WHERE ${Prisma.join(beyond, ' AND ')}` : Prisma.empty;
  const firstOf = (rows: Prisma.Sql) =>
    sql`SELECT * FROM (${rows}) AS it ${where} ORDER BY ${order} LIMIT ${take}`;
  const branches = field === 'relevance' ? [await rankedRows(db, list)] : list.branches(field);
  const pages = branches.map((rows) => sql`(${firstOf(rows)})`);
  const together = Prisma.join(pages, ' UNION ALL ');
  const page = pages.length > 1 ? firstOf(together) : together;
  return readViews(db, at, page, {
    order,
    isRanked: field === 'relevance',
    prepared: list.isPlain(field),
  });
}

async function rankedRows(db: Transaction, list: DevelopmentList): Promise<Prisma.Sql> {
  return sql`SELECT it.*, ${list.rank} AS rank FROM (${await newestMatches(db, list)}) AS it`;
}

/** Counts a list up to a limit. One SQL statement, which reads at most as many rows. */
export async function countList(db: Transaction, { days }: DevelopmentList, limit: number): Promise<number> {
  const [counted] = await read<{ count: number }>(
    db,
    sql`
    SELECT count(*)::int AS count FROM (SELECT FROM (${days}) AS it LIMIT ${limit}) AS it`,
  );
  return counted?.count ?? 0;
}
