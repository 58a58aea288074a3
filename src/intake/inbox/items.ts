import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { canEdit, type Viewer } from '../../domain/access.js';
import type { InboxState } from '../../generated/prisma/client.js';
import { Prisma } from '../../generated/prisma/client.js';

const { raw, sql } = Prisma;

/** An article in the inbox, without its text. */
export interface InboxRow {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly language: string | null;
  readonly publishedAt: Date | null;
  readonly feedId: string | null;
  /** UNREAD if it was snoozed until a time that has passed. */
  readonly state: InboxState;
  readonly snoozedUntil: Date | null;
  readonly reason: string | null;
  readonly changedBy: string | null;
  readonly hasText: boolean;
  readonly contentHash: string;
  readonly originalHash: string;
  readonly versions: number;
  readonly receivedAt: Date;
}

const IS_OVER = sql`it.state = 'SNOOZED' AND it.snoozed_until <= now()`;

const COLUMNS = sql`
  it.id::text AS id, it.url, it.title, it.language, it.published_at AS "publishedAt", it.feed_id::text AS "feedId",
  CASE WHEN ${IS_OVER} THEN 'UNREAD' ELSE it.state::text END AS state,
  CASE WHEN ${IS_OVER} THEN NULL ELSE it.snoozed_until END AS "snoozedUntil", it.reason, it.changed_by AS "changedBy",
  it.text IS NOT NULL AS "hasText", it.content_hash AS "contentHash", it.original_hash AS "originalHash", it.versions,
  it.received_at AS "receivedAt"`;

/** The columns of orders. Items without the value are left out. */
const ORDERS = { receivedAt: sql`it.received_at`, publishedAt: sql`it.published_at` } as const;

export type InboxOrderField = keyof typeof ORDERS;

/** The items to list. */
export interface InboxFilter {
  readonly state?: readonly InboxState[] | null | undefined;
  /** The id of the watched feed that they came from. */
  readonly feedId?: string | null | undefined;
}

/** Returns the condition on the row `it`. */
export function inboxWhere({ state, feedId }: InboxFilter): Prisma.Sql {
  const conditions = [
    ...(state && state.length > 0 ? [stateIn(state)] : []),
    ...(feedId == null ? [] : [sql`it.feed_id = ${feedId}::uuid`]),
  ];
  return conditions.length > 0 ? Prisma.join(conditions, ' AND ') : sql`true`;
}

function stateIn(states: readonly InboxState[]): Prisma.Sql {
  const listed = sql`(it.state = ANY (${[...states]}::text[]::"InboxState"[]) AND NOT (${IS_OVER}))`;
  return states.includes('UNREAD') ? sql`(${listed} OR ${IS_OVER})` : listed;
}

/** A page of items: rows beyond the bounds. */
export interface InboxPage {
  readonly columns: readonly { readonly direction: 'asc' | 'desc' }[];
  readonly bounds: readonly {
    readonly values: readonly unknown[];
    readonly isAfter: boolean;
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/** Reads a page of items. One SQL statement. */
export function readInbox(
  db: Transaction,
  field: InboxOrderField,
  where: Prisma.Sql,
  { columns, bounds, take }: InboxPage,
): Promise<InboxRow[]> {
  const direction = columns[0]?.direction ?? 'desc';
  const column = ORDERS[field];
  const beyond = bounds.map(({ values: [value, id], isAfter, isInclusive }) => {
    const strict = (direction === 'asc') === isAfter ? '>' : '<';
    const comparison = raw(isInclusive ? `${strict}=` : strict);
    return sql`(${column}, it.id) ${comparison} (${(value as Date).toISOString()}::timestamptz, ${id as string}::uuid)`;
  });
  return read<InboxRow>(
    db,
    sql`
      SELECT ${COLUMNS} FROM inbox_item AS it
      WHERE ${Prisma.join([where, sql`${column} IS NOT NULL`, ...beyond], ' AND ')}
      ORDER BY ${column} ${raw(direction)}, it.id ${raw(direction)} LIMIT ${take}`,
  );
}

/** Counts items up to a limit. One SQL statement. */
export async function countInbox(
  db: Transaction,
  field: InboxOrderField,
  where: Prisma.Sql,
  limit: number,
): Promise<number> {
  const [row] = await read<{ count: number }>(
    db,
    sql`
      SELECT count(*)::int AS count FROM (
        SELECT FROM inbox_item AS it WHERE ${where} AND ${ORDERS[field]} IS NOT NULL LIMIT ${limit}
      ) AS it`,
  );
  return row?.count ?? 0;
}

/** How many items a state has. */
export interface InboxCount {
  readonly state: InboxState;
  readonly count: number;
}

const STATES: readonly InboxState[] = ['UNREAD', 'SNOOZED', 'DRAFTED', 'DISMISSED'];

/** Counts items by state, each up to a limit, in the order of states. */
export async function countInboxByState(
  db: Transaction,
  filter: Pick<InboxFilter, 'feedId'>,
  limit: number,
): Promise<InboxCount[]> {
  const counts = STATES.map(
    (state) => sql`
      SELECT ${state} AS state, (
        SELECT count(*)::int FROM (
          SELECT FROM inbox_item AS it WHERE ${inboxWhere({ ...filter, state: [state] })} LIMIT ${limit}
        ) AS it
      ) AS count`,
  );
  return read<InboxCount>(db, Prisma.join(counts, ' UNION ALL '));
}

/** Finds items by id. Readers and contributors find none. */
export async function findInboxItems(
  db: Transaction,
  viewer: Viewer,
  ids: readonly string[],
): Promise<InboxRow[]> {
  if (!canEdit(viewer)) return [];
  return read<InboxRow>(
    db,
    sql`SELECT ${COLUMNS} FROM inbox_item AS it WHERE it.id = ANY (${[...ids]}::uuid[]) ORDER BY it.id`,
  );
}

/** Reads the texts of items by id. Deleted ones are left out. */
export function readTexts(
  db: Transaction,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly text: string }[]> {
  return read(
    db,
    sql`
      SELECT id::text AS id, text FROM inbox_item
      WHERE id = ANY (${[...ids]}::uuid[]) AND text IS NOT NULL`,
  );
}

/** A version of an article. */
export interface VersionRow {
  readonly itemId: string;
  readonly number: number;
  readonly url: string | null;
  readonly title: string;
  readonly publishedAt: Date | null;
  readonly contentHash: string;
  readonly receivedAt: Date;
}

/** Reads the versions of items, the first one first. One SQL statement. */
export function readVersions(db: Transaction, ids: readonly string[]): Promise<VersionRow[]> {
  return read(
    db,
    sql`
      SELECT item_id::text AS "itemId", number, url, title, published_at AS "publishedAt",
             content_hash AS "contentHash", received_at AS "receivedAt"
      FROM inbox_version WHERE item_id = ANY (${[...ids]}::uuid[]) ORDER BY item_id, number`,
  );
}
