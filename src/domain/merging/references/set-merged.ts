import type { Transaction } from '../../../database/open.js';
import { type ReferenceMergeKind, tableOf } from '../kinds.js';

/** Marks a reference as merged into another one, or with null as not merged. */
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
