import { canonical } from '../../domain/development/content/content.js';
import { erasedContent } from '../../domain/development/content/erased.js';
import { commitmentOf } from '../../domain/development/write/commitment.js';
import { isMarker } from '../../domain/erasure/marker.js';
import { entryHash, FIRST_HASH, type HashedEntry } from '../../feed/hash-chain.js';
import { readFullHead } from '../../feed/head.js';
import { Prisma } from '../../generated/prisma/client.js';
import type { CheckedRevision, OneRevision, RecordCheck, RevisionCheck } from '../check.js';
import { each } from '../read.js';

/** HASH_CHAIN: the chain from the first entry to the head. Each break is reported once, at its position. */
export const entriesAreChained: RecordCheck = async (tx, findings) => {
  let previous = FIRST_HASH;
  for await (const { hash, ...entry } of each<HashedEntry & { readonly hash: string }>(tx, ENTRIES)) {
    const expected = entryHash(previous, entry);
    if (hash !== expected) findings.add('HASH_CHAIN', `position ${entry.position}`, expected, hash);
    previous = hash;
  }
  const { hash } = await readFullHead(tx);
  if (hash !== previous) findings.add('HASH_CHAIN', 'the head’s hash', `the last entry’s, ${previous}`, hash);
};

const ENTRIES = Prisma.sql`
  SELECT position, development_id::text AS "developmentId", reference_id::text AS "referenceId", revision, change::text AS change,
         recorded_at AS "recordedAt", encode(commitment, 'hex') AS commitment, encode(hash, 'hex') AS hash
  FROM feed_entry ORDER BY position`;

/** COMMITMENT: a revision is the one that was published, or was erased and has no content. */
export const revisionIsCommitted: RevisionCheck = (revision, findings) => {
  const { entry, name } = revision;
  if (!entry) return;
  const concerns = `position ${entry.position}, ${name}`;
  if (isErased(revision)) {
    if (!hasNoContent(revision)) {
      findings.add('COMMITMENT', concerns, 'no content, because its salt was erased', 'content');
    }
    return;
  }
  const commitment = commitmentTo(revision);
  if (commitment !== entry.commitment) {
    const expected = 'the content, editor, reason and times that were published';
    findings.add('COMMITMENT', concerns, expected, `others: their commitment is ${commitment}`);
  }
};

/** Returns the commitment to a revision as it is now. */
export function commitmentTo(revision: CheckedRevision): string {
  const { firstRecordedAt: recordedAt, publishedAt, salt } = revision;
  return commitmentOf({ revision, development: { recordedAt, publishedAt } }, salt ?? '');
}

/** An erased revision has an entry and no salt. A draft's entry is reported by another check. */
export const isErased = ({ entry, salt, status }: OneRevision): boolean =>
  entry !== undefined && salt === null && status !== 'DRAFT';

/** Nothing commits to a draft, so a draft without content that says so is an erased one. */
export const isErasedDraft = (revision: OneRevision): boolean =>
  revision.status === 'DRAFT' && hasNoContent(revision);

function hasNoContent({ editor, reason, changedFields, content }: OneRevision): boolean {
  if (editor !== 'erased' || !isMarker(reason) || changedFields.length > 0 || !content) return false;
  return canonical(content) === canonical(erasedContent(content));
}
