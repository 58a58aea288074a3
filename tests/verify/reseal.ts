import type { OpenDatabase } from '../../src/database/open.js';
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
  await pool.query(
    `UPDATE feed_entry AS it SET commitment = decode(made.commitment, 'hex')
     FROM unnest($1::bigint[], $2::text[]) AS made (position, commitment) WHERE it.position = made.position`,
    [commitments.map(([position]) => position), commitments.map(([, commitment]) => commitment)],
  );
  const { rows } = await pool.query<HashedEntry>(
    `SELECT position::float8 AS position, development_id AS "developmentId", revision, change, recorded_at AS "recordedAt",
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
