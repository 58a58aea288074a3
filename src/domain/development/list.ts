import type { Transaction } from '../../database/open.js';
import { type DevelopmentKind, Prisma } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import { type DevelopmentFilter, namesStatus, type OrderColumn, prepareFilter } from '../filter.js';
import { type At, type DevelopmentView, isVisible, readViews, rowsAt } from './view.js';

const { sql } = Prisma;

/** Which developments a list shows, and from where in the feed they are looked at. */
export interface DevelopmentList {
  readonly at: At;
  /** What the list shows, as a sub-select of rows without their contents. */
  readonly rows: Prisma.Sql;
  /** The same rows as several sub-selects, each of which an index can give in the order of the column. */
  branches(order: OrderColumn): readonly Prisma.Sql[];
}

export interface ListOptions {
  readonly filter?: DevelopmentFilter | null | undefined;
  readonly kind?: DevelopmentKind | undefined;
  /** Only those that cite the source with this id. */
  readonly citing?: string | undefined;
  readonly at?: At;
}

/**
 * The developments that the filter picks among those that the viewer may see: published ones, where
 * the filter does not ask for a status.
 *
 * @throws As {@link prepareFilter} does.
 */
export async function listDevelopments(
  db: Transaction,
  viewer: Viewer,
  { filter, kind, citing, at }: ListOptions,
): Promise<DevelopmentList> {
  const { where, branches } = await prepareFilter(db, filter);
  const common = [
    isVisible(viewer),
    ...(namesStatus(filter) ? [] : [sql`it.status = 'PUBLISHED'`]),
    ...(kind ? [sql`it.kind = ${kind}::"DevelopmentKind"`] : []),
    ...(citing ? [sql`it.source_ids @> ${[citing]}::uuid[]`] : []),
  ];
  const select = (condition: Prisma.Sql) =>
    sql`SELECT it.* FROM ${rowsAt(at)} AS it WHERE ${Prisma.join([...common, condition], ' AND ')}`;
  return { at, rows: select(where), branches: (order) => branches(order).map(select) };
}

/** What developments can be ordered by: a column, with the type that its values are compared as. */
export const ORDERS = {
  occurredEarliest: { column: 'occurred_earliest', type: 'date' },
  occurredLatest: { column: 'occurred_latest', type: 'date' },
  recordedAt: { column: 'recorded_at', type: 'timestamptz' },
} as const satisfies Record<OrderColumn, { column: string; type: string }>;

export type OrderField = OrderColumn;

/** A page of a list: the rows beyond the bounds, by a column and then by id, both in one direction. */
export interface DevelopmentPage {
  readonly field: OrderField;
  readonly direction: 'asc' | 'desc';
  /** Values of the column and of the id. */
  readonly bounds: readonly { readonly value: Date; readonly id: string; readonly isAfter: boolean }[];
  readonly take: number;
}

/**
 * Reads a page of a list: one SQL statement, which walks an index from where the page begins, or several
 * side by side where the list has branches.
 */
export function readPage(
  db: Transaction,
  { at, branches }: DevelopmentList,
  { field, direction, bounds, take }: DevelopmentPage,
): Promise<DevelopmentView[]> {
  const { column, type } = ORDERS[field];
  const key = sql`it.${Prisma.raw(column)}`;
  const way = Prisma.raw(direction);
  const order = sql`${key} ${way}, it.id ${way}`;
  const beyond = bounds.map(({ value, id, isAfter }) => {
    const comparison = Prisma.raw((direction === 'asc') === isAfter ? '>' : '<');
    return sql`(${key}, it.id) ${comparison} (${value.toISOString()}::${Prisma.raw(type)}, ${id}::uuid)`;
  });
  const where = beyond.length > 0 ? sql`WHERE ${Prisma.join(beyond, ' AND ')}` : Prisma.empty;
  const firstOf = (rows: Prisma.Sql) =>
    sql`SELECT * FROM (${rows}) AS it ${where} ORDER BY ${order} LIMIT ${take}`;
  const pages = branches(field).map((rows) => sql`(${firstOf(rows)})`);
  const together = Prisma.join(pages, ' UNION ALL ');
  return readViews(db, at, pages.length > 1 ? firstOf(together) : together, order);
}

/** Counts a list. One SQL statement, which looks at every row that the list shows. */
export async function countList(db: Transaction, { rows }: DevelopmentList): Promise<number> {
  const [counted] = await db.$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM (${rows}) AS it`;
  return counted?.count ?? 0;
}
