import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma, type ReferenceKind } from '../../../generated/prisma/client.js';
import {
  countRanges,
  type RevisionPage,
  type RevisionRange,
  type RevisionTable,
  readRanges,
} from '../../revision-ranges.js';

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

const REVISIONS: RevisionTable = { table: 'reference_revision', owner: 'reference_id' };

const COLUMNS = sql`
  wanted.id::text AS "referenceId", it.number, it.kind::text AS kind, it.changed_fields AS "changedFields", it.editor,
  it.reason, it.recorded_at AS "recordedAt", it.act`;

/** Everybody sees all of them. */
const IS_VISIBLE = sql`true`;

/** Reads the first revisions of each range, in order of their numbers. One SQL statement. */
export const readReferenceRevisions = (
  db: Transaction,
  ranges: readonly RevisionRange[],
  page: RevisionPage,
): Promise<ReferenceRevisionRow[][]> =>
  readRanges(db, REVISIONS, { columns: COLUMNS, isVisible: IS_VISIBLE }, ranges, page);

/** Counts the revisions of each range up to a limit. One SQL statement. */
export const countReferenceRevisions = (
  db: Transaction,
  ranges: readonly RevisionRange[],
  limit: number,
): Promise<number[]> => countRanges(db, REVISIONS, IS_VISIBLE, ranges, limit);

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
