import type { Transaction } from '../../database/open.js';
import { read } from '../../database/read.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { ClaimRank } from '../development/content/vocabulary.js';
import { type At, rowsAt } from '../development/read/view.js';

/** The number of claims of a source at each rank, in published developments. */
export interface SourceAgreement {
  /** Claims that set the value of a field. */
  readonly preferred: number;
  readonly normal: number;
  /** Claims that are considered wrong. */
  readonly deprecated: number;
}

/**
 * Counts the claims of sources by rank in the developments that were published at a position, in the order of the sources.
 * One SQL statement, which reads every development that cites one of them.
 */
export async function countAgreement(
  db: Transaction,
  sourceIds: readonly string[],
  at: At,
): Promise<SourceAgreement[]> {
  const rows = await read<{ sourceId: string; rank: ClaimRank; count: number }>(
    db,
    Prisma.sql`
    SELECT citation->>'sourceId' AS "sourceId", claim->>'rank' AS rank, count(*)::int AS count
    FROM ${rowsAt(at)} AS it
    JOIN revision ON revision.development_id = it.id AND revision.number = it.revision,
    jsonb_array_elements(revision.snapshot->'citations') AS citation,
    jsonb_array_elements(revision.snapshot->'claims') AS claim
    WHERE it.source_ids && ${[...sourceIds]}::uuid[] AND it.status = 'PUBLISHED'
      AND citation->>'sourceId' = ANY (${[...sourceIds]}::text[]) AND claim->>'citationId' = citation->>'id'
    GROUP BY 1, 2`,
  );
  const counts = new Map(rows.map(({ sourceId, rank, count }) => [`${sourceId} ${rank}`, count]));
  const countOf = (id: string, rank: ClaimRank) => counts.get(`${id} ${rank}`) ?? 0;
  return sourceIds.map((id) => ({
    preferred: countOf(id, 'PREFERRED'),
    normal: countOf(id, 'NORMAL'),
    deprecated: countOf(id, 'DEPRECATED'),
  }));
}
