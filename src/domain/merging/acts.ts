import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { MergeKind } from './kinds.js';

const { sql } = Prisma;

/** A merge that was made. */
export interface MergeRow {
  readonly id: string;
  readonly kind: MergeKind;
  readonly fromId: string;
  readonly intoId: string;
  readonly editor: string;
  /** Null if an entry that it changed was erased since. */
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** How many developments it changed. */
  readonly count: number;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

const COLUMNS = sql`
  id::text AS id, kind::text AS kind, from_id::text AS "fromId", into_id::text AS "intoId", editor, reason,
  recorded_at AS "recordedAt", cardinality(development_ids) AS count, undone_at AS "undoneAt", undone_by AS "undoneBy"`;

/** Reads the newest merges, newest first. Ids are in the order of time. */
export const readMerges = (db: Transaction, first: number): Promise<MergeRow[]> =>
  read(db, sql`SELECT ${COLUMNS} FROM merge_act ORDER BY id DESC LIMIT ${first}`, { prepared: true });

/** Finds a merge; undefined if there is none with the id. */
export async function findMerge(db: Transaction, id: string): Promise<MergeRow | undefined> {
  const [merge] = await read<MergeRow>(db, sql`SELECT ${COLUMNS} FROM merge_act WHERE id = ${id}::uuid`, {
    prepared: true,
  });
  return merge;
}
