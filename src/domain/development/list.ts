import type { Transaction } from '../../database/open.js';
import { type DevelopmentKind, Prisma } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import { BadArgumentError } from '../errors.js';
import { subjectOf } from '../filter/conditions.js';
import { mentioning } from '../filter/mention.js';
import { namesStatus, prepareFilter } from '../filter/prepare.js';
import type { DevelopmentFilter, OrderColumn, PreparedFilter } from '../filter/types.js';
import { noting, type Reads, readsOf } from '../reads.js';
import { rankOf } from '../search/rank.js';
import { noteList } from './pick.js';
import { type At, type DevelopmentView, isVisible, readViews, rowsAt } from './view.js';

const { sql } = Prisma;

/** Which developments a list shows, and from where in the feed they are looked at. */
export interface DevelopmentList {
  readonly at: At;
  /** What the list shows, as a sub-select of rows without their contents. */
  readonly rows: Prisma.Sql;
  /** The same with no more than `id`, `kind`, `status` and days, where less leads to that. */
  readonly days: Prisma.Sql;
  /** Whether the same indexes lead to them in this order, whatever the values. */
  isPlain(order: OrderField): boolean;
  /** Notes what a statement on the rows reads: every statement on them is made through `noting(db, note)`. */
  note(reads: Reads): void;
  /** How well a row answers what is searched for: a column of the list by relevance. */
  readonly rank: Prisma.Sql;
  /** The same rows as several sub-selects, each of which an index can give in the order of the column. */
  branches(order: OrderColumn): readonly Prisma.Sql[];
  /** How many of the rows mention a thing, as an expression that reads an index alone; undefined where none can tell. */
  readonly mentions?: (subject: Prisma.Sql) => Prisma.Sql;
}

export interface ListOptions {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly kind?: DevelopmentKind | undefined;
  /** Only those that cite the source with this id. */
  readonly citing?: string | undefined;
  readonly at?: At;
  /** What it is ordered by. */
  readonly order?: OrderField;
}

/**
 * The developments that the filter picks among those that the viewer may see: published ones, where
 * the filter does not ask for a status.
 *
 * @throws As {@link prepareFilter} does.
 * @throws {BadArgumentError} By relevance, when the filter has no text to rank by.
 */
export async function listDevelopments(
  db: Transaction,
  viewer: Viewer,
  options: ListOptions,
): Promise<DevelopmentList> {
  const { filter, kind, citing, at, order } = options;
  const prepared = await prepareFilter(db, filter);
  const { where, branches, mention, sought } = prepared;
  if (order === 'relevance' && sought.length === 0) {
    throw new BadArgumentError(
      'Expected a text in the filter to order by RELEVANCE, with a word or phrase that must be there; got none. Give one as text, outside of not, or order by another field.',
    );
  }
  const common = [
    isVisible(viewer),
    ...(namesStatus(filter) ? [] : [sql`it.status = 'PUBLISHED'`]),
    ...(kind ? [sql`it.kind = ${kind}::"DevelopmentKind"`] : []),
  ];
  const conditions = citing ? [...common, sql`it.source_ids @> ${[citing]}::uuid[]`] : common;
  const select = (condition: Prisma.Sql) => selectFrom(rowsAt(at), [...conditions, condition]);
  const list: DevelopmentList = {
    at,
    rows: select(where),
    days: select(where),
    isPlain: () => at === undefined && !filter && !citing,
    branches: (column) => branches(column).map(select),
    rank: sought.length > 0 ? rankOf(sought) : sql`0`,
    note: noteList(options, prepared),
  };
  if (at !== undefined || !mention) return list;
  const walk = (of: Prisma.Sql) => (condition: Prisma.Sql) =>
    selectFrom(mentioning(of), [...common, condition]);
  const subject = soleSubject(prepared, citing);
  if (subject) {
    // By its mentions, by the first day, however many there are, and for counts.
    return {
      ...list,
      days: walk(subject)(mention.where),
      isPlain: (field) => field === 'occurredEarliest' && !namesStatus(filter),
      branches: (column) =>
        column === 'occurredEarliest' ? mention.branches.map(walk(subject)) : list.branches(column),
    };
  }
  if (citing) return list;
  // Of dates each branch has two ends in an index, where all of them together have none.
  const rows = Prisma.join(list.branches('occurredEarliest'), ' UNION ALL ');
  const countOf = (walked: Prisma.Sql) => sql`(SELECT count(*) FROM (${walked}) AS it)`;
  return {
    ...list,
    rows,
    days: rows,
    mentions: (of) => Prisma.join(mention.branches.map(walk(of)).map(countOf), ' + '),
  };
}

/** What the list is of, if that is one thing that developments mention. */
function soleSubject({ mention }: PreparedFilter, citing: string | undefined): Prisma.Sql | undefined {
  if (!citing) return mention?.subject;
  return mention && !mention.subject ? subjectOf(citing) : undefined;
}

const selectFrom = (rows: Prisma.Sql, conditions: readonly Prisma.Sql[]) =>
  sql`SELECT it.* FROM ${rows} AS it WHERE ${Prisma.join([...conditions], ' AND ')}`;

/** What developments can be ordered by: a column, with the type that its values are compared as. */
const ORDERS = {
  occurredEarliest: { column: 'occurred_earliest', type: 'date' },
  occurredLatest: { column: 'occurred_latest', type: 'date' },
  recordedAt: { column: 'recorded_at', type: 'timestamptz' },
  relevance: { column: 'rank', type: 'int' },
} as const satisfies Record<OrderColumn | 'relevance', { column: string; type: string }>;

export type OrderField = keyof typeof ORDERS;

/** A page of a list: the rows beyond the bounds, by a column and then by id, both in one direction. */
export interface DevelopmentPage {
  readonly field: OrderField;
  readonly direction: 'asc' | 'desc';
  /** Values of the column and of the id. */
  readonly bounds: readonly {
    readonly value: Date | number;
    readonly id: string;
    readonly isAfter: boolean;
  }[];
  readonly take: number;
}

/** How many hits are ranked, the newest: to rank all that have a common word would take seconds. */
const MAX_RANKED = 1_000;

/**
 * Reads a page of a list: one SQL statement, which walks an index from where the page begins, or several side by side
 * where the list has branches. By relevance, it ranks the newest 1,000 of the list, and there are no pages of others.
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
  const beyond = bounds.map(({ value, id, isAfter }) => {
    const comparison = Prisma.raw((direction === 'asc') === isAfter ? '>' : '<');
    return sql`(${key}, it.id) ${comparison} (${typeof value === 'number' ? value : value.toISOString()}::${Prisma.raw(type)}, ${id}::uuid)`;
  });
  const where = beyond.length > 0 ? sql`WHERE ${Prisma.join(beyond, ' AND ')}` : Prisma.empty;
  const firstOf = (rows: Prisma.Sql) =>
    sql`SELECT * FROM (${rows}) AS it ${where} ORDER BY ${order} LIMIT ${take}`;
  const branches = field === 'relevance' ? [rankedRows(list)] : list.branches(field);
  const pages = branches.map((rows) => sql`(${firstOf(rows)})`);
  const together = Prisma.join(pages, ' UNION ALL ');
  const page = pages.length > 1 ? firstOf(together) : together;
  const views = await readViews(noting(db, list.note), at, page, {
    order,
    isRanked: field === 'relevance',
    isPrepared: list.isPlain(field),
  });
  if (at === undefined) readsOf(db)?.developments(views.map(({ id }) => id));
  return views;
}

function rankedRows({ rows, rank }: DevelopmentList): Prisma.Sql {
  return sql`
    SELECT it.*, ${rank} AS rank
    FROM (SELECT * FROM (${rows}) AS it ORDER BY it.occurred_earliest DESC, it.id DESC LIMIT ${MAX_RANKED}) AS it`;
}

/** Counts a list, but no further than to the limit. One SQL statement, which looks at as many rows. */
export async function countList(
  db: Transaction,
  { days, note }: DevelopmentList,
  limit: number,
): Promise<number> {
  const [counted] = await noting(db, note).$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT FROM (${days}) AS it LIMIT ${limit}) AS it`;
  return counted?.count ?? 0;
}
