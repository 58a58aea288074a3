import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';

const { sql } = Prisma;

/** A bulk change that was made. */
export interface BulkActRow {
  readonly id: string;
  readonly action: unknown;
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  /** How many developments it changed. */
  readonly count: number;
  readonly undoneAt: Date | null;
  readonly undoneBy: string | null;
}

const COLUMNS = sql`
  id::text AS id, action, editor, reason, recorded_at AS "recordedAt", cardinality(development_ids) AS count,
  undone_at AS "undoneAt", undone_by AS "undoneBy"`;

/** Reads the newest bulk changes, newest first. Ids are in the order of time. */
export const readBulkActs = (db: Transaction, first: number): Promise<BulkActRow[]> =>
  read(db, sql`SELECT ${COLUMNS} FROM bulk_act ORDER BY id DESC LIMIT ${first}`, { prepared: true });

/** Finds a bulk change; undefined if there is none with the id. */
export async function findBulkAct(db: Transaction, id: string): Promise<BulkActRow | undefined> {
  const [act] = await read<BulkActRow>(db, sql`SELECT ${COLUMNS} FROM bulk_act WHERE id = ${id}::uuid`, {
    prepared: true,
  });
  return act;
}
