import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { readHead } from '../feed/head.js';
import { type DevelopmentStatus, Prisma } from '../generated/prisma/client.js';
import { type AsOf, positionAsOf } from './as-of.js';
import type { DevelopmentContent } from './development/content/content.js';
import { type At, type DevelopmentView, rowsAt } from './development/read/view.js';
import { BadArgumentError } from './errors.js';
import { type OnUnknownSlug, prepareFilter } from './filter/prepare.js';
import type { DevelopmentFilter } from './filter/types.js';

/** The difference of a development between two points of the record. */
export interface RecordChange {
  /** At the later point. */
  readonly after: DevelopmentView;
  /** At the earlier point; undefined if it was not published yet. */
  readonly before: DevelopmentView | undefined;
  /** The position of its last change between the points. */
  readonly position: bigint;
}

/** The changed developments as a sub-select. */
export interface ChangeList {
  readonly from: bigint;
  /** Undefined: the present. */
  readonly to: At;
  readonly rows: Prisma.Sql;
}

const { sql } = Prisma;

/**
 * Selects the developments that changed after one point, up to another, and that match the filter at either
 * point.
 *
 * @throws {BadArgumentError} If the points are in the wrong order, and as `positionAsOf` does.
 * @throws As {@link prepareFilter} does.
 */
export async function changesBetween(
  db: Transaction,
  points: { readonly from: AsOf; readonly to?: AsOf | null | undefined },
  filter: DevelopmentFilter | null | undefined,
  onUnknownSlug: OnUnknownSlug,
): Promise<ChangeList> {
  const { position: head } = await readHead(db);
  const from = (await positionAsOf(db, points.from)) ?? head;
  const at = await positionAsOf(db, points.to);
  const to = at ?? head;
  if (from > to) {
    throw new BadArgumentError(
      'from',
      `Expected "from" to be before "to"; got position ${from}, which is after ${to}. Swap the two.`,
    );
  }
  const { where } = await prepareFilter(db, filter, onUnknownSlug);
  const rows = sql`
    SELECT after.id, after.position, after.revision, after.recorded_at, after.published_at,
           before.revision AS before_revision
    FROM ${rowsAt(to)} AS after
    LEFT JOIN ${rowsAt(from)} AS before ON before.id = after.id
    WHERE after.position > ${from}
      AND ((SELECT ${where} FROM (SELECT after.*) AS it)
           OR before.id IS NOT NULL AND (SELECT ${where} FROM (SELECT before.*) AS it))`;
  return { from, to: at, rows };
}

/** A page of changes in the order of positions. */
export interface ChangePage {
  readonly direction: 'asc' | 'desc';
  readonly bounds: readonly {
    readonly position: number;
    readonly isAfter: boolean;
    /** Whether the change at the position is within the bound. */
    readonly isInclusive: boolean;
  }[];
  readonly take: number;
}

/** Reads a page of changes with both states. One SQL statement. */
export async function readChanges(
  db: Transaction,
  { from, to, rows }: ChangeList,
  { direction, bounds, take }: ChangePage,
): Promise<RecordChange[]> {
  const way = Prisma.raw(direction);
  const beyond = bounds.map(({ position, isAfter, isInclusive }) => {
    const strict = (direction === 'asc') === isAfter ? '>' : '<';
    const comparison = Prisma.raw(isInclusive ? `${strict}=` : strict);
    return sql`it.position ${comparison} ${position}::bigint`;
  });
  const where = beyond.length > 0 ? sql`WHERE ${Prisma.join(beyond, ' AND ')}` : Prisma.empty;
  const found = await read<ChangeRow>(
    db,
    sql`
    SELECT it.id::text AS id, it.position, it.recorded_at AS "recordedAt", it.published_at AS "publishedAt",
           after.number AS revision, after.status::text AS status, after.recorded_at AS "changedAt",
           after.snapshot AS content, before.recorded_at AS "beforeChangedAt",
           before.number AS "beforeRevision", before.status::text AS "beforeStatus", before.snapshot AS "beforeContent"
    FROM (SELECT * FROM (${rows}) AS it ${where} ORDER BY it.position ${way} LIMIT ${take}) AS it
    JOIN revision AS after ON after.development_id = it.id AND after.number = it.revision
    LEFT JOIN revision AS before ON before.development_id = it.id AND before.number = it.before_revision
    ORDER BY it.position ${way}`,
  );
  return found.map(
    ({ position, beforeRevision, beforeStatus, beforeChangedAt, beforeContent, ...after }) => ({
      position,
      after: { ...after, at: to },
      before:
        beforeRevision === null || beforeStatus === null || beforeChangedAt === null || beforeContent === null
          ? undefined
          : {
              ...after,
              at: from,
              revision: beforeRevision,
              status: beforeStatus,
              changedAt: beforeChangedAt,
              content: beforeContent,
            },
    }),
  );
}

interface ChangeRow {
  readonly id: string;
  readonly position: bigint;
  readonly recordedAt: Date;
  readonly publishedAt: Date | null;
  readonly revision: number;
  readonly status: DevelopmentStatus;
  readonly changedAt: Date;
  readonly content: DevelopmentContent;
  readonly beforeRevision: number | null;
  readonly beforeStatus: DevelopmentStatus | null;
  readonly beforeChangedAt: Date | null;
  readonly beforeContent: DevelopmentContent | null;
}

/** Counts the changes up to a limit. One SQL statement. */
export async function countChanges(db: Transaction, { rows }: ChangeList, limit: number): Promise<number> {
  const [counted] = await read<{ count: number }>(
    db,
    sql`
    SELECT count(*)::int AS count FROM (SELECT FROM (${rows}) AS it LIMIT ${limit}) AS it`,
  );
  return counted?.count ?? 0;
}
