import type { Transaction } from '../../../database/open.js';
import { type ReferenceMergeKind, tableOf } from '../kinds.js';

/** Says in the row of a reference that another one stands for it, or with null that it stands for itself again. */
export async function setMerged(
  tx: Transaction,
  kind: ReferenceMergeKind,
  id: string,
  intoId: string | null,
): Promise<void> {
  await tx.$executeRawUnsafe(
    `UPDATE ${tableOf(kind).table} SET merged_into_id = $2::uuid WHERE id = $1::uuid`,
    id,
    intoId,
  );
}
