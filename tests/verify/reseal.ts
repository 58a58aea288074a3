import type { OpenDatabase } from '../../src/database/open.js';
import {
  type CommittedReference,
  referenceCommitment,
} from '../../src/domain/references/history/commitment.js';
import { entryHash, FIRST_HASH, type HashedEntry } from '../../src/feed/hash-chain.js';
import { commitmentTo, isErased } from '../../src/verify/checks/hash-chain.js';
import { walkRevisions } from '../../src/verify/walk.js';

/** Makes all commitments and the hash chain anew, as somebody would who wants to hide a change. */
export async function reseal({ db, pool }: OpenDatabase): Promise<void> {
  const commitments: [position: string, commitment: string][] = [];
  await db.$transaction(async (tx) => {
    for await (const revision of walkRevisions(tx)) {
      if (revision.entry && !isErased(revision))
        commitments.push([String(revision.entry.position), commitmentTo(revision)]);
    }
  });
  const references = await pool.query<CommittedReference & { position: string; salt: string }>(
    `SELECT entry.position, it.reference_id AS "referenceId", it.number, it.kind,
            it.changed_fields AS "changedFields", it.editor, it.reason, it.recorded_at AS "recordedAt", it.snapshot,
            encode(it.salt, 'hex') AS salt
     FROM feed_entry AS entry
     JOIN reference_revision AS it ON it.reference_id = entry.reference_id AND it.number = entry.revision
     WHERE it.salt IS NOT NULL`,
  );
  for (const { position, salt, ...revision } of references.rows)
    commitments.push([position, referenceCommitment(revision, salt)]);
  await pool.query(
    `UPDATE feed_entry AS it SET commitment = decode(made.commitment, 'hex')
     FROM unnest($1::bigint[], $2::text[]) AS made (position, commitment) WHERE it.position = made.position`,
    [commitments.map(([position]) => position), commitments.map(([, commitment]) => commitment)],
  );
  const { rows } = await pool.query<HashedEntry>(
    `SELECT position::float8 AS position, development_id AS "developmentId", reference_id AS "referenceId",
            revision, change, recorded_at AS "recordedAt",
            encode(commitment, 'hex') AS commitment
     FROM feed_entry ORDER BY feed_entry.position`,
  );
  let hash = FIRST_HASH;
  for (const entry of rows) {
    hash = entryHash(hash, entry);
    await pool.query(`UPDATE feed_entry SET hash = decode($2, 'hex') WHERE position = $1`, [
      entry.position,
      hash,
    ]);
  }
  await pool.query(`UPDATE feed_head SET hash = decode($1, 'hex')`, [hash]);
}
