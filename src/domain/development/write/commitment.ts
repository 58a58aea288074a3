import { sha256 } from '../../../feed/hash-chain.js';
import type { DevelopmentStatus } from '../../../generated/prisma/client.js';
import { newBytes } from '../../new-id.js';

/** Everything that a feed entry commits to: a revision, and the times of its development. */
export interface CommittedRevision {
  readonly revision: {
    readonly developmentId: string;
    readonly number: number;
    readonly status: DevelopmentStatus;
    readonly changedFields: readonly string[];
    readonly editor: string;
    readonly reason: string | null;
    readonly recordedAt: Date;
    readonly snapshot: unknown;
  };
  /** When the development was first recorded, and when it was first published. */
  readonly development: { readonly recordedAt: Date; readonly publishedAt: Date | null };
}

/** Returns a new salt: 16 random bytes, in hexadecimal. It keeps an erased content from being guessed. */
export const newSalt = (): string => newBytes(16).toString('hex');

/**
 * Returns the commitment to a revision in hexadecimal: SHA-256 of the canonical JSON (RFC 8785) of its line in an export
 * without the entry, and of the salt.
 */
export function commitmentOf({ revision, development }: CommittedRevision, salt: string): string {
  const { developmentId, number, status, changedFields, editor, reason, recordedAt, snapshot } = revision;
  return sha256({
    revision: { developmentId, number, status, changedFields, editor, reason, recordedAt, snapshot },
    development: { recordedAt: development.recordedAt, publishedAt: development.publishedAt },
    salt,
  });
}
