import { sha256 } from '../../../feed/hash-chain.js';
import type { ReferenceKind } from '../../../generated/prisma/client.js';

/** Everything that the feed entry of a reference's revision commits to. */
export interface CommittedReference {
  readonly referenceId: string;
  readonly number: number;
  readonly kind: ReferenceKind;
  readonly changedFields: readonly string[];
  readonly editor: string;
  readonly reason: string | null;
  readonly recordedAt: Date;
  readonly snapshot: unknown;
}

/**
 * Returns the commitment to a revision of a reference in hexadecimal: SHA-256 of the canonical JSON (RFC 8785) of its line
 * in an export without the entry, and of the salt.
 */
export function referenceCommitment(revision: CommittedReference, salt: string): string {
  const { referenceId, number, kind, changedFields, editor, reason, recordedAt, snapshot } = revision;
  return sha256({
    referenceRevision: { referenceId, number, kind, changedFields, editor, reason, recordedAt, snapshot },
    salt,
  });
}
