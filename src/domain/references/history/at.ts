import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { ReferenceModel } from '../cache.js';
import { type ReferenceRow, rowOf, type ShownRevision } from './row.js';

interface Options {
  /** The feed position. */
  readonly at: bigint;
  /** Whether a reference that the record got later is shown as it was first, instead of being left out. */
  readonly orFirst: boolean;
}

/** Reads references as they were at a position, in no order. One SQL statement. */
export async function findRowsAt<M extends ReferenceModel>(
  db: Transaction,
  model: M,
  ids: readonly string[],
  { at, orFirst }: Options,
): Promise<ReferenceRow<M>[]> {
  const rows = await read<{ id: string } & Omit<ShownRevision<M>, 'at'>>(
    db,
    Prisma.sql`
    SELECT wanted.id::text AS id, it.number, it.recorded_at AS "recordedAt", it.snapshot AS content
    FROM reference_revision AS it
    JOIN unnest(${[...ids]}::uuid[]) AS wanted (id) ON it.reference_id = wanted.id AND it.number = coalesce((
      SELECT revision FROM feed_entry WHERE reference_id = wanted.id AND position <= ${at} ORDER BY revision DESC LIMIT 1
    ), ${orFirst ? 1 : 0})`,
    { prepared: true },
  );
  return rows.map(({ id, ...shown }) => rowOf(model, id, { ...shown, at }));
}
