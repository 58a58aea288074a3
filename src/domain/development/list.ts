import type { Transaction } from '../../database/open.js';
import { type DevelopmentKind, Prisma } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import { type DevelopmentFilter, namesStatus, prepareFilter } from '../filter.js';
import { noting, type Reads, readsOf } from '../reads.js';
import { noteList } from './pick.js';
import { type At, type DevelopmentView, isVisible, readViews, rowsAt } from './view.js';

const { sql } = Prisma;

/** Which developments a list shows, and from where in the feed they are looked at. */
export interface DevelopmentList {
  readonly at: At;
  /** What the list shows, as a sub-select of rows without their contents. */
  readonly rows: Prisma.Sql;
  /** Notes what a statement on the rows reads: every statement on them is made through `noting(db, note)`. */
  note(reads: Reads): void;
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
  options: ListOptions,
): Promise<DevelopmentList> {
  const { filter, kind, citing, at } = options;
  const prepared = await prepareFilter(db, filter);
  const conditions = [
    isVisible(viewer),
    ...(namesStatus(filter) ? [] : [sql`it.status = 'PUBLISHED'`]),
    ...(kind ? [sql`it.kind = ${kind}::"DevelopmentKind"`] : []),
    ...(citing ? [sql`it.source_ids && ${[citing]}::uuid[]`] : []),
    prepared.where,
  ];
  const rows = sql`SELECT it.* FROM ${rowsAt(at)} AS it WHERE ${Prisma.join(conditions, ' AND ')}`;
  return { at, rows, note: noteList(options, prepared) };
}

/** What developments can be ordered by: a column, with the type that its values are compared as. */
export const ORDERS = {
  occurredEarliest: { column: 'occurred_earliest', type: 'date' },
  occurredLatest: { column: 'occurred_latest', type: 'date' },
  recordedAt: { column: 'recorded_at', type: 'timestamptz' },
} as const;

export type OrderField = keyof typeof ORDERS;

/** A page of a list: the rows beyond the bounds, by a column and then by id, both in one direction. */
export interface DevelopmentPage {
  readonly field: OrderField;
  readonly direction: 'asc' | 'desc';
  /** Values of the column and of the id. */
  readonly bounds: readonly { readonly value: Date; readonly id: string; readonly isAfter: boolean }[];
  readonly take: number;
}

/** Reads a page of a list: one SQL statement, which walks an index from where the page begins. */
export async function readPage(
  db: Transaction,
  { at, rows, note }: DevelopmentList,
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
  const page = sql`SELECT * FROM (${rows}) AS it ${where} ORDER BY ${order} LIMIT ${take}`;
  const views = await readViews(noting(db, note), at, page, order);
  if (at === undefined) readsOf(db)?.developments(views.map(({ id }) => id));
  return views;
}

/** Counts a list. One SQL statement, which looks at every row that the list shows. */
export async function countList(db: Transaction, { rows, note }: DevelopmentList): Promise<number> {
  const [counted] = await noting(db, note).$queryRaw<
    { count: number }[]
  >`SELECT count(*)::int AS count FROM (${rows}) AS it`;
  return counted?.count ?? 0;
}
