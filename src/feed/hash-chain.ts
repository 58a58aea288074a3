import { hash } from 'node:crypto';
import type { FeedChange } from '../generated/prisma/client.js';
import { canonicalJson } from './canonical-json.js';

/** The hash before the first entry, in hexadecimal. */
export const FIRST_HASH = '0'.repeat(64);

/** A change of a reference. */
export type ReferenceChange = Extract<FeedChange, `REFERENCE_${string}`>;

/** A change of a development. */
export type DevelopmentChange = Exclude<FeedChange, ReferenceChange>;

/** Whether a change is one of a reference. */
export const isReferenceChange = (change: FeedChange): change is ReferenceChange =>
  change === 'REFERENCE_CHANGED' || change === 'REFERENCE_ERASED';

/** Whether an entry tells of a reference. */
export const isOfReference = <E extends { readonly change: FeedChange }>(
  entry: E,
): entry is Extract<E, { readonly change: ReferenceChange }> => isReferenceChange(entry.change);

/** Whether an entry tells of an erasure, so that what earlier entries showed is gone. */
export const isErasure = (change: FeedChange): boolean =>
  change === 'ERASED' || change === 'REFERENCE_ERASED';

/** The subject of a feed entry: a development or a reference. */
export type EntrySubject =
  | { readonly change: DevelopmentChange; readonly developmentId: string }
  | { readonly change: ReferenceChange; readonly referenceId: string };

/** The fields of a feed entry that its hash covers. */
export type HashedEntry = EntrySubject & {
  readonly position: bigint | number;
  readonly revision: number;
  readonly recordedAt: Date;
  /** SHA-256 of the salted revision, in hexadecimal. */
  readonly commitment: string;
};

/**
 * Returns the hash of an entry in hexadecimal: SHA-256 of its canonical JSON (RFC 8785), which contains the hash of the
 * entry before it. The database computes the same in `entry_hash`.
 *
 * @param previous The hash of the entry before it; {@link FIRST_HASH} for the first.
 */
export function entryHash(previous: string, entry: HashedEntry): string {
  return sha256({
    position: Number(entry.position),
    ...(isOfReference(entry) ? { reference: entry.referenceId } : { development: entry.developmentId }),
    revision: entry.revision,
    change: entry.change,
    recordedAt: entry.recordedAt.toISOString(),
    commitment: entry.commitment,
    previous,
  });
}

/** Returns SHA-256 of a value's canonical JSON (RFC 8785), in hexadecimal. */
export function sha256(value: object): string {
  return hash('sha256', canonicalJson(value), 'hex');
}

/** The length of the part of a hash that cursors carry, in hexadecimal digits: 8 bytes. */
export const SHORT_HASH = 16;

/** Shortens a hash for cursors. */
export const shortHash = (hash: string): string => hash.slice(0, SHORT_HASH);
