import type { SqlTransaction } from '../../database/bulk-write.js';
import type { Database } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma, type ReviewMode } from '../../generated/prisma/client.js';

/** Parts of the system that write. What they write needs one person's approval, not two. */
const MACHINES: readonly string[] = ['dossier', 'import', 'intake'];

/** Returns whether a name stands for a part of the system. */
export const isMachine = (editor: string): boolean => MACHINES.includes(editor);

/** The names of {@link isMachine}, for SQL. */
export const machineNames = (): string[] => [...MACHINES];

/** Reads the review mode. It holds for writes of all processes. */
export async function readReviewMode(tx: SqlTransaction): Promise<ReviewMode> {
  const [row] = await read<{ mode: ReviewMode }>(
    tx,
    Prisma.sql`SELECT mode::text AS mode FROM review_policy WHERE id = 1`,
    { prepared: true },
  );
  if (!row) throw new Error('The record has no review policy.');
  return row.mode;
}

/** Sets the review mode of the record. Returns the mode before. */
export async function setReviewMode(db: Database, mode: ReviewMode): Promise<ReviewMode> {
  const before = await readReviewMode(db);
  if (before !== mode) {
    await read(
      db,
      Prisma.sql`UPDATE review_policy SET mode = ${mode}::"ReviewMode" WHERE id = 1 RETURNING id`,
    );
  }
  return before;
}
