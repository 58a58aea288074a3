import type { Transaction } from '../database/open.js';
import { read } from '../database/read.js';
import { Prisma } from '../generated/prisma/client.js';

const { raw, sql } = Prisma;

/** The revisions of a development or reference from one number to another, both included. None if `from` is greater. */
export interface RevisionRange {
  readonly ownerId: string;
  readonly from: number;
  readonly to: number;
}

export interface RevisionPage {
  readonly direction: 'asc' | 'desc';
  /** The most revisions of each range. */
  readonly take: number;
}

/** A table of revisions. */
export interface RevisionTable {
  readonly table: 'revision' | 'reference_revision';
  /** The column with the id of what a revision belongs to, here and in the feed log. */
  readonly owner: 'development_id' | 'reference_id';
}

/** Selects columns, and rows. */
interface RevisionSelection {
  /** Columns of `it`, a revision. */
  readonly columns: Prisma.Sql;
  /** The condition of those that the viewer may see. */
  readonly isVisible: Prisma.Sql;
}

/**
 * Reads the first revisions of each range, in order of their numbers, each with the time of its feed position as
 * `publishedAt`. One SQL statement.
 */
export async function readRanges<Row extends object>(
  db: Transaction,
  { table, owner }: RevisionTable,
  { columns, isVisible }: RevisionSelection,
  ranges: readonly RevisionRange[],
  { direction, take }: RevisionPage,
): Promise<Row[][]> {
  const [way, ownerId] = [raw(direction), raw(owner)];
  const rows = await read<Row & { at: number }>(
    db,
    sql`
    SELECT wanted.at::int AS at, ${columns}, entry.recorded_at AS "publishedAt"
    FROM ${wanted(ranges)},
    LATERAL (
      SELECT * FROM ${raw(table)} WHERE ${isWanted(owner)} AND ${isVisible} ORDER BY number ${way} LIMIT ${take}
    ) AS it
    LEFT JOIN feed_entry AS entry ON entry.${ownerId} = it.${ownerId} AND entry.revision = it.number
    ORDER BY wanted.at, it.number ${way}`,
    { prepared: true },
  );
  const lists: Row[][] = ranges.map(() => []);
  for (const { at, ...row } of rows) lists[at - 1]?.push(row as unknown as Row);
  return lists;
}

/** Counts the revisions of each range up to a limit. One SQL statement. */
export async function countRanges(
  db: Transaction,
  { table, owner }: RevisionTable,
  isVisible: Prisma.Sql,
  ranges: readonly RevisionRange[],
  limit: number,
): Promise<number[]> {
  const counted = sql`SELECT FROM ${raw(table)} WHERE ${isWanted(owner)} AND ${isVisible} LIMIT ${limit}`;
  const rows = await read<{ count: number }>(
    db,
    sql`SELECT (SELECT count(*)::int FROM (${counted}) AS it) AS count FROM ${wanted(ranges)} ORDER BY wanted.at`,
    { prepared: true },
  );
  return rows.map(({ count }) => count);
}

const wanted = (ranges: readonly RevisionRange[]) =>
  sql`unnest(${ranges.map(({ ownerId }) => ownerId)}::uuid[], ${ranges.map(({ from }) => from)}::int[],
             ${ranges.map(({ to }) => to)}::int[]) WITH ORDINALITY AS wanted (id, lowest, highest, at)`;

const isWanted = (owner: RevisionTable['owner']) =>
  sql`${raw(owner)} = wanted.id AND number BETWEEN wanted.lowest AND wanted.highest`;
