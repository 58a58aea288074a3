import type { Transaction } from '../../../database/open.js';
import { type ReadOptions, read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';
import type { DevelopmentContent } from '../content/content.js';

/** The feed position at which the record is viewed. Undefined: now. */
export type At = bigint | undefined;

/** A development, now or at a feed position. */
export interface DevelopmentView {
  readonly id: string;
  /** Linked developments are viewed at the same position. */
  readonly at: At;
  readonly revision: number;
  readonly status: DevelopmentStatus;
  readonly recordedAt: Date;
  readonly publishedAt: Date | null;
  /** When the revision was recorded. */
  readonly changedAt: Date;
  /** The version of the reference data when it was read. Undefined if it was not queried. */
  readonly references?: bigint;
  readonly content: DevelopmentContent;
  /** The relevance. Set only in lists ordered by relevance. */
  readonly rank?: number;
}

const { sql } = Prisma;

/** Returns the rows of developments now, or at a position. The latter have no drafts. */
export const rowsAt = (at: At): Prisma.Sql =>
  at === undefined
    ? sql`development`
    : sql`(SELECT * FROM development_version WHERE position <= ${at} AND until > ${at})`;

/** Returns the condition for rows that the viewer may see. Only editors see drafts. */
export const isVisible = (viewer: Viewer): Prisma.Sql =>
  canEdit(viewer) ? sql`true` : sql`it.status <> 'DRAFT'`;

interface ViewOptions extends ReadOptions {
  /** The ORDER BY clause. Default: no order. */
  readonly order?: Prisma.Sql;
  /** Whether the rows have a `rank`. */
  readonly isRanked?: boolean;
}

/**
 * Reads developments with the snapshots of their revisions. One SQL statement.
 *
 * @param rows A sub-select of `id`, `revision`, `status`, `recorded_at`, `published_at`.
 */
export async function readViews(
  db: Transaction,
  at: At,
  rows: Prisma.Sql,
  { order, isRanked = false, prepared = false }: ViewOptions = {},
): Promise<DevelopmentView[]> {
  const statement = sql`
    SELECT it.id::text AS id, it.revision, it.status::text AS status, it.recorded_at AS "recordedAt",
           it.published_at AS "publishedAt", revision.recorded_at AS "changedAt", revision.snapshot AS content,
           reference_head.version AS "references"
           ${isRanked ? sql`, it.rank` : Prisma.empty}
    FROM (${rows}) AS it
    JOIN revision ON revision.development_id = it.id AND revision.number = it.revision
    CROSS JOIN reference_head
    ${order ? sql`ORDER BY ${order}` : Prisma.empty}`;
  const views = await read<Omit<DevelopmentView, 'at'>>(db, statement, { prepared });
  return views.map((view) => ({ ...view, at }));
}

/** Finds developments by id that the viewer may see, in no order. One SQL statement. */
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

/** Finds the development that has or had the slug. One SQL statement. */
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
 * Finds the developments with any of the links, ordered by id. One SQL statement.
 *
 * @param links In the format of rows: `RESPONDS_TO:<development's id>`.
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
