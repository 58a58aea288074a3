import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma, type ReferenceKind } from '../../../generated/prisma/client.js';

const { sql } = Prisma;

/** A revision of a reference without its snapshot. */
export interface ReferenceRevisionRow {
  readonly referenceId: string;
  readonly number: number;
  readonly kind: ReferenceKind;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** The act that wrote it together with others. */
  readonly act: string | null;
  /** The time of its feed position. */
  readonly publishedAt: Date;
}

/** The revisions of a reference from one number to another, both included. None if `from` is greater. */
export interface ReferenceRange {
  readonly referenceId: string;
  readonly from: number;
  readonly to: number;
}

/** Reads the first revisions of each range, in order of their numbers. One SQL statement. */
export async function readReferenceRevisions(
  db: Transaction,
  ranges: readonly ReferenceRange[],
  { direction, take }: { readonly direction: 'asc' | 'desc'; readonly take: number },
): Promise<ReferenceRevisionRow[][]> {
  const way = Prisma.raw(direction);
  const rows = await read<ReferenceRevisionRow & { at: number }>(
    db,
    sql`
    SELECT wanted.at::int AS at, wanted.id::text AS "referenceId", it.number, it.kind::text AS kind,
           it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt", it.act,
           entry.recorded_at AS "publishedAt"
    FROM ${wanted(ranges)},
    LATERAL (SELECT * FROM reference_revision WHERE ${IS_WANTED} ORDER BY number ${way} LIMIT ${take}) AS it
    JOIN feed_entry AS entry ON entry.reference_id = it.reference_id AND entry.revision = it.number
    ORDER BY wanted.at, it.number ${way}`,
    { prepared: true },
  );
  const lists: ReferenceRevisionRow[][] = ranges.map(() => []);
  for (const { at, ...row } of rows) lists[at - 1]?.push(row);
  return lists;
}

/** Counts the revisions of each range up to a limit. One SQL statement. */
export async function countReferenceRevisions(
  db: Transaction,
  ranges: readonly ReferenceRange[],
  limit: number,
): Promise<number[]> {
  const rows = await read<{ count: number }>(
    db,
    sql`
    SELECT (SELECT count(*)::int FROM (SELECT FROM reference_revision WHERE ${IS_WANTED} LIMIT ${limit}) AS it) AS count
    FROM ${wanted(ranges)}
    ORDER BY wanted.at`,
    { prepared: true },
  );
  return rows.map(({ count }) => count);
}

/** Reads the numbers of the newest revisions, in the order of the ids. One SQL statement. */
export async function readReferenceNumbers(db: Transaction, ids: readonly string[]): Promise<number[]> {
  const rows = await read<{ number: number }>(
    db,
    sql`
    SELECT coalesce((
      SELECT number FROM reference_revision WHERE reference_id = wanted.id ORDER BY number DESC LIMIT 1
    ), 0) AS number
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS wanted (id, at) ORDER BY wanted.at`,
    { prepared: true },
  );
  return rows.map(({ number }) => number);
}

const wanted = (ranges: readonly ReferenceRange[]) =>
  sql`unnest(${ranges.map(({ referenceId }) => referenceId)}::uuid[], ${ranges.map(({ from }) => from)}::int[],
             ${ranges.map(({ to }) => to)}::int[]) WITH ORDINALITY AS wanted (id, lowest, highest, at)`;

const IS_WANTED = sql`reference_id = wanted.id AND number BETWEEN wanted.lowest AND wanted.highest`;
