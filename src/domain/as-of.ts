import type { Transaction } from '../database/open.js';
import { decodeCursor, MalformedCursorError } from '../feed/cursor.js';
import { type FeedHead, readHeadAndHash } from '../feed/head.js';
import type { At } from './development/read/view.js';
import { BadArgumentError } from './errors.js';
import { parseSlug } from './references/lookup.js';

/** A point in the record's past. Exactly one field is set. */
export interface AsOf {
  readonly moment?: Date | null | undefined;
  /** A feed cursor: includes the item that it came with. */
  readonly cursor?: string | null | undefined;
  /** A revision of a development, which is included. */
  readonly revision?: { readonly slug: string; readonly number: number } | null | undefined;
}

/**
 * Returns the feed position that the record had reached at a point in the past; undefined means now.
 *
 * Times of positions never decrease, so a past moment always maps to the same position.
 *
 * @throws {BadArgumentError} For a cursor of another epoch or history, a malformed cursor, or a revision that was
 *   never published.
 */
export async function positionAsOf(db: Transaction, asOf: AsOf | null | undefined): Promise<At> {
  if (asOf?.cursor != null) return positionOf(db, asOf.cursor);
  if (asOf?.revision != null) return positionOfRevision(db, asOf.revision.slug, asOf.revision.number);
  if (asOf?.moment == null) return undefined;
  const { moment } = asOf;
  const entry = await db.feedEntry.findFirst({
    where: { recordedAt: { lte: moment } },
    orderBy: [{ recordedAt: 'desc' }, { position: 'desc' }],
    select: { position: true },
  });
  return entry?.position ?? 0n;
}

async function positionOf(db: Transaction, cursor: string): Promise<bigint> {
  const { epoch, position, hash } = parseCursor(cursor);
  // A later head still covers the cursor: positions are never given back.
  const { head, hash: known } = await readHeadAndHash(db, position);
  if (epoch !== head.epoch) {
    throw new BadArgumentError(
      'asOf',
      'Expected a cursor of the current epoch; got one from before the database was restored. Use a moment instead.',
    );
  }
  if (position > head.position) {
    throw new BadArgumentError(
      'asOf',
      `Expected a cursor up to the newest change, ${head.position}; got one at ${position}. Use feedHead, or a moment.`,
    );
  }
  if (hash !== known) {
    throw new BadArgumentError(
      'asOf',
      `Expected a cursor of this record; got one of another change at position ${position}. The database was restored ` +
        'from a backup since. Use a moment instead.',
    );
  }
  return position;
}

async function positionOfRevision(db: Transaction, slug: string, number: number): Promise<bigint> {
  const entry = await db.feedEntry.findFirst({
    where: { revision: number, development: { slugs: { some: { slug: parseSlug(slug) } } } },
    select: { position: true },
  });
  if (entry) return entry.position;
  throw new BadArgumentError(
    'asOf',
    `Expected a published revision; "${slug}" has none with the number ${number}. Read the numbers from its revisions.`,
  );
}

/**
 * Decodes a feed cursor that a client sent.
 *
 * @throws {BadArgumentError}
 */
export function parseCursor(cursor: string): FeedHead {
  try {
    return decodeCursor(cursor);
  } catch (error) {
    throw error instanceof MalformedCursorError ? new BadArgumentError('cursor', error.message) : error;
  }
}
