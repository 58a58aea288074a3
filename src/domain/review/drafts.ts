import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewState } from '../../generated/prisma/client.js';
import type { Viewer } from '../access.js';
import { type DevelopmentView, findViews } from '../development/read/view.js';
import { type OnUnknownSlug, prepareFilter } from '../filter/prepare.js';
import type { DevelopmentFilter } from '../filter/types.js';
import { parseInput, text } from '../input.js';

const { raw, sql } = Prisma;

/** The states of drafts that are on their way. */
const OPEN_STATES = ['DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'APPROVED', 'SCHEDULED'] as const;

/** The drafts to list. */
export interface DraftFilter {
  readonly filter?: DevelopmentFilter | null | undefined;
  /** Default: all but discarded ones. */
  readonly state?: readonly ReviewState[] | null | undefined;
  readonly assignee?: string | null | undefined;
  readonly author?: string | null | undefined;
  /** Only drafts under embargo until before this instant. */
  readonly publishBefore?: Date | null | undefined;
}

/** The columns of orders. Drafts without the value are left out. */
const ORDERS = {
  changedAt: 'review.changed_at',
  submittedAt: 'review.submitted_at',
  publishAt: 'review.publish_at',
  recordedAt: 'it.recorded_at',
} as const;

export type DraftOrderField = keyof typeof ORDERS;

/** A draft in the queue, and the time by which it is ordered. */
export type QueuedDraft = DevelopmentView & { readonly orderedBy: Date };

/** A page of drafts: rows beyond the bounds. */
export interface DraftPage {
  readonly columns: readonly { readonly direction: 'asc' | 'desc' }[];
  readonly bounds: readonly {
    readonly values: readonly unknown[];
    readonly isAfter: boolean;
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/** A list of drafts as a condition on `review` and `it`, the development. */
export interface DraftList {
  readonly order: DraftOrderField;
  readonly where: Prisma.Sql;
}

/** @throws {InvalidInputError} For a malformed name, and as {@link prepareFilter} does. */
export async function listDrafts(
  db: Transaction,
  order: DraftOrderField,
  { filter, state, assignee, author, publishBefore }: DraftFilter,
  onUnknownSlug: OnUnknownSlug,
): Promise<DraftList> {
  const { where } = await prepareFilter(db, filter, onUnknownSlug);
  const states = state && state.length > 0 ? state : OPEN_STATES;
  const conditions = [
    sql`it.status = 'DRAFT'`,
    sql`review.state = ANY (${[...states]}::text[]::"ReviewState"[])`,
    sql`${raw(ORDERS[order])} IS NOT NULL`,
    ...(assignee == null ? [] : [sql`review.assignee = ${parseInput(text(300), assignee, 'assignee')}`]),
    ...(author == null ? [] : [sql`review.author = ${parseInput(text(300), author, 'author')}`]),
    ...(publishBefore == null ? [] : [sql`review.publish_at < ${publishBefore.toISOString()}::timestamptz`]),
    where,
  ];
  return { order, where: Prisma.join(conditions, ' AND ') };
}

const FROM = sql`FROM review JOIN development AS it ON it.id = review.development_id`;

/** Reads a page of drafts. Two SQL statements. */
export async function readDrafts(
  db: Transaction,
  viewer: Viewer,
  { order, where }: DraftList,
  { columns, bounds, take }: DraftPage,
): Promise<QueuedDraft[]> {
  const direction = columns[0]?.direction ?? 'desc';
  const way = raw(direction);
  const key = raw(ORDERS[order]);
  const beyond = bounds.map(({ values: [value, id], isAfter, isInclusive }) => {
    const strict = (direction === 'asc') === isAfter ? '>' : '<';
    const comparison = raw(isInclusive ? `${strict}=` : strict);
    return sql`(${key}, it.id) ${comparison} (${(value as Date).toISOString()}::timestamptz, ${id as string}::uuid)`;
  });
  const rows = await read<{ id: string; orderedBy: Date }>(
    db,
    sql`
      SELECT it.id::text AS id, ${key} AS "orderedBy" ${FROM}
      WHERE ${Prisma.join([where, ...beyond], ' AND ')} ORDER BY ${key} ${way}, it.id ${way} LIMIT ${take}`,
  );
  const views = await findViews(
    db,
    viewer,
    undefined,
    rows.map(({ id }) => id),
  );
  const known = new Map(views.map((view) => [view.id, view]));
  return rows.flatMap(({ id, orderedBy }) => {
    const view = known.get(id);
    return view ? [{ ...view, orderedBy }] : [];
  });
}

/** Counts drafts up to a limit. One SQL statement. */
export async function countDrafts(db: Transaction, { where }: DraftList, limit: number): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    sql`SELECT count(*)::int AS count FROM (SELECT ${FROM} WHERE ${where} LIMIT ${limit}) AS it`,
  );
  return row?.count ?? 0;
}

/** How many drafts a state has. */
export interface StateCount<State> {
  readonly state: State;
  readonly count: number;
}

/** Counts drafts by state, each up to a limit, in the order of {@link OPEN_STATES} and then DISCARDED. */
export async function countDraftsByState(
  db: Transaction,
  { where }: DraftList,
  limit: number,
): Promise<StateCount<ReviewState>[]> {
  const states: readonly ReviewState[] = [...OPEN_STATES, 'DISCARDED'];
  return read<StateCount<ReviewState>>(
    db,
    sql`
      SELECT wanted.state, (
        SELECT count(*)::int FROM (
          SELECT ${FROM} WHERE review.state = wanted.state::"ReviewState" AND ${where} LIMIT ${limit}
        ) AS it
      ) AS count
      FROM unnest(${[...states]}::text[]) WITH ORDINALITY AS wanted (state, at) ORDER BY wanted.at`,
  );
}
