import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { type DevelopmentStatus, Prisma } from '../../../generated/prisma/client.js';
import { canEdit, type Viewer } from '../../access.js';

const { sql } = Prisma;

/** A revision without its snapshot. */
export interface RevisionRow {
  readonly developmentId: string;
  readonly number: number;
  readonly status: DevelopmentStatus;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** The act that wrote it together with others. */
  readonly act: string | null;
  /** The time of its feed position. Null for a draft. */
  readonly publishedAt: Date | null;
}

/** The revisions of a development from one number to another, both included. None if `from` is greater. */
export interface RevisionRange {
  readonly developmentId: string;
  readonly from: number;
  readonly to: number;
}

interface RevisionPage {
  readonly direction: 'asc' | 'desc';
  /** The most revisions of each range. */
  readonly take: number;
}

/** Reads the first revisions of each range, in order of their numbers. Only editors get drafts. One SQL statement. */
export async function readRevisions(
  db: Transaction,
  viewer: Viewer,
  ranges: readonly RevisionRange[],
  { direction, take }: RevisionPage,
): Promise<RevisionRow[][]> {
  const way = Prisma.raw(direction);
  const rows = await read<RevisionRow & { at: number }>(
    db,
    sql`
    SELECT wanted.at::int AS at, wanted.id::text AS "developmentId", it.number, it.status::text AS status,
           it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt", it.act,
           entry.recorded_at AS "publishedAt"
    FROM ${wanted(ranges)},
    LATERAL (SELECT * FROM revision WHERE ${isWanted(viewer)} ORDER BY number ${way} LIMIT ${take}) AS it
    LEFT JOIN feed_entry AS entry ON entry.development_id = it.development_id AND entry.revision = it.number
    ORDER BY wanted.at, it.number ${way}`,
    { prepared: true },
  );
  const lists: RevisionRow[][] = ranges.map(() => []);
  for (const { at, ...row } of rows) lists[at - 1]?.push(row);
  return lists;
}

/** Counts the revisions of each range up to a limit. Only editors have drafts counted. One SQL statement. */
export async function countRevisions(
  db: Transaction,
  viewer: Viewer,
  ranges: readonly RevisionRange[],
  limit: number,
): Promise<number[]> {
  const rows = await read<{ count: number }>(
    db,
    sql`
    SELECT (SELECT count(*)::int FROM (SELECT FROM revision WHERE ${isWanted(viewer)} LIMIT ${limit}) AS it) AS count
    FROM ${wanted(ranges)}
    ORDER BY wanted.at`,
    { prepared: true },
  );
  return rows.map(({ count }) => count);
}

const wanted = (ranges: readonly RevisionRange[]) =>
  sql`unnest(${ranges.map(({ developmentId }) => developmentId)}::uuid[], ${ranges.map(({ from }) => from)}::int[],
             ${ranges.map(({ to }) => to)}::int[]) WITH ORDINALITY AS wanted (id, lowest, highest, at)`;

const isWanted = (viewer: Viewer) =>
  sql`development_id = wanted.id AND number BETWEEN wanted.lowest AND wanted.highest
      AND (status <> 'DRAFT' OR ${canEdit(viewer)})`;
