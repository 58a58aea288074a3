import type { Transaction } from '../../../database/open.js';
import { read } from '../../../database/read.js';
import { Prisma } from '../../../generated/prisma/client.js';
import type { DevelopmentStatus } from '../../../generated/prisma/enums.js';
import { tableOf } from '../kinds.js';
import type { MergePair } from './replace.js';

const { raw, sql } = Prisma;

/** A development that a merge revises. */
export interface AffectedDevelopment {
  readonly id: string;
  readonly status: DevelopmentStatus;
}

/**
 * Finds the developments whose current content refers to a reference, ordered by id. Leaves out those that take no
 * revision any more: retracted developments and discarded drafts.
 *
 * @param limit How many to return at most.
 */
export const findAffected = (
  tx: Transaction,
  side: Pick<MergePair, 'kind' | 'from'>,
  limit: number,
): Promise<AffectedDevelopment[]> =>
  read(
    tx,
    sql`SELECT id::text AS id, status::text AS status FROM (${affectedBy(side)}) AS it ORDER BY id LIMIT ${limit}`,
  );

/** How many developments {@link findAffected} finds without a limit. */
export async function countAffected(tx: Transaction, side: Pick<MergePair, 'kind' | 'from'>) {
  const [counts] = await read<{ developments: number; drafts: number }>(
    tx,
    sql`
    SELECT count(*)::int AS developments, (count(*) FILTER (WHERE status = 'DRAFT'))::int AS drafts
    FROM (${affectedBy(side)}) AS it`,
  );
  return counts ?? { developments: 0, drafts: 0 };
}

function affectedBy({ kind, from }: Pick<MergePair, 'kind' | 'from'>): Prisma.Sql {
  const speaker = JSON.stringify([[from.slug]]);
  const office = JSON.stringify([[{ actor: from.slug }]]);
  const claims = sql`
    UNION SELECT it.id, it.status FROM revision
    JOIN development AS it ON it.id = revision.development_id AND it.revision = revision.number
    WHERE claimed_actors(revision.snapshot) <> '[]'
      AND (claimed_actors(revision.snapshot) @> ${speaker}::jsonb
           OR claimed_actors(revision.snapshot) @> ${office}::jsonb)`;
  return sql`
    SELECT it.id, it.status FROM (
      SELECT it.id, it.status FROM development AS it WHERE it.${raw(tableOf(kind).ids)} @> ${[from.id]}::uuid[]
      ${kind === 'ACTOR' ? claims : Prisma.empty}
    ) AS it
    WHERE it.status <> 'RETRACTED' AND NOT EXISTS (
      SELECT FROM review WHERE review.development_id = it.id AND review.state = 'DISCARDED' AND it.status = 'DRAFT')`;
}
