import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import { prepareFilter } from './prepare.js';
import type { DevelopmentFilter } from './types.js';

/** A development, and the position of one of its changes. */
export interface ChangeKey {
  readonly developmentId: string;
  readonly position: bigint;
}

/**
 * Returns which developments matched a filter at any point before a change. One SQL statement, and those of
 * {@link prepareFilter}. All may have, if the filter names a reference that was erased since.
 *
 * @returns The positions of the changes.
 */
export async function findMatchedBefore(
  db: Transaction,
  filter: DevelopmentFilter,
  changes: readonly ChangeKey[],
): Promise<ReadonlySet<bigint>> {
  let isUnknown = false;
  const { where } = await prepareFilter(db, filter, () => {
    isUnknown = true;
  });
  if (isUnknown) return new Set(changes.map(({ position }) => position));
  const rows = await read<{ position: bigint }>(
    db,
    Prisma.sql`
    SELECT asked.position
    FROM unnest(${changes.map(({ developmentId }) => developmentId)}::uuid[],
                ${changes.map(({ position }) => position)}::bigint[]) AS asked (id, position)
    WHERE EXISTS (
      SELECT FROM development_version AS it
      WHERE it.id = asked.id AND it.position < asked.position AND (${where})
    )`,
  );
  return new Set(rows.map(({ position }) => position));
}
