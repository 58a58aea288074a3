import type { Transaction } from '../../../database/open.js';
import { type ReadOptions, read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import type { DevelopmentContent } from '../content/content.js';

/** A position of the feed from which the record is looked at; undefined: as it is now. */
export type At = bigint | undefined;

/** A development as it is shown, now or as it stood at a position of the feed. */
export interface DevelopmentView {
  readonly id: string;
  /** What it bears on, and what bears on it, is seen from the same position. */
  readonly at: At;
  readonly revision: number;
  readonly status: DevelopmentStatus;
  readonly recordedAt: Date;
  readonly publishedAt: Date | null;
  /** The version of what it refers to that was current when it was read; undefined where that was not asked. */
  readonly references?: bigint;
  readonly content: DevelopmentContent;
  /** How well it answers what is searched for; only in a list by relevance. */
  readonly rank?: number;
}

const { sql } = Prisma;

/** The rows that developments are found by: those of now, or those of a position, which has no drafts. */
export const rowsAt = (at: At): Prisma.Sql =>
  at === undefined
    ? sql`development`
    : sql`(SELECT * FROM development_version WHERE position <= ${at} AND until > ${at})`;

/** The rows that the viewer may see at all: drafts are for editors. */
export const isVisible = (viewer: Viewer): Prisma.Sql =>
  canEdit(viewer) ? sql`true` : sql`it.status <> 'DRAFT'`;

interface ViewOptions extends ReadOptions {
  /** What follows ORDER BY, on the columns of the rows; no order where left out. */
  readonly order?: Prisma.Sql;
  /** Whether the rows have a `rank`. */
  readonly isRanked?: boolean;
}

/**
 * Reads developments with what their revisions say: one SQL statement.
 *
 * @param rows What is found: a sub-select of `id`, `revision`, `status`, `recorded_at`, `published_at`.
 */
export async function readViews(
  db: Transaction,
  at: At,
  rows: Prisma.Sql,
  { order, isRanked = false, prepared = false }: ViewOptions = {},
): Promise<DevelopmentView[]> {
  const statement = sql`
    SELECT it.id::text AS id, it.revision, it.status::text AS status, it.recorded_at AS "recordedAt",
           it.published_at AS "publishedAt", revision.snapshot AS content,
           reference_head.version AS "references"
           ${isRanked ? sql`, it.rank` : Prisma.empty}
    FROM (${rows}) AS it
    JOIN revision ON revision.development_id = it.id AND revision.number = it.revision
    CROSS JOIN reference_head
    ${order ? sql`ORDER BY ${order}` : Prisma.empty}`;
  const views = await read<Omit<DevelopmentView, 'at'>>(db, statement, { prepared });
  return views.map((view) => ({ ...view, at }));
}

/** The developments with these ids that the viewer may see, in no order. One SQL statement. */
export function findViews(
  db: Transaction,
  viewer: Viewer,
  at: At,
  ids: readonly string[],
): Promise<DevelopmentView[]> {
  return readViews(
    db,
    at,
    sql`SELECT * FROM ${rowsAt(at)} AS it WHERE it.id = ANY (${[...ids]}::uuid[]) AND ${isVisible(viewer)}`,
    { prepared: true },
  );
}

/** The development that has, or had, this slug. One SQL statement. */
export async function findView(
  db: Transaction,
  viewer: Viewer,
  at: At,
  slug: string,
): Promise<DevelopmentView | undefined> {
  const rows = sql`
    SELECT it.* FROM development_slug JOIN ${rowsAt(at)} AS it ON it.id = development_slug.development_id
    WHERE development_slug.slug = ${slug} AND ${isVisible(viewer)}`;
  const [view] = await readViews(db, at, rows, { prepared: true });
  return view;
}

/**
 * The developments with a link to one of these, in the order of their ids. One SQL statement.
 *
 * @param links As rows have them: `RESPONDS_TO:<development's id>`.
 */
export function findLinking(
  db: Transaction,
  viewer: Viewer,
  at: At,
  links: readonly string[],
): Promise<DevelopmentView[]> {
  return readViews(
    db,
    at,
    sql`SELECT * FROM ${rowsAt(at)} AS it WHERE it.links && ${[...links]}::text[] AND ${isVisible(viewer)}`,
    { order: sql`it.id`, prepared: true },
  );
}
