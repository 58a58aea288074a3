import type { Transaction } from '../database/open.js';
import { BadArgumentError } from '../errors.js';
import { decodeCursor } from '../feed/cursor.js';
import { readHead } from '../feed/log.js';
import type { At } from './development/view.js';
import { parseSlug } from './references/lookup.js';

/** A point in the past: exactly one of the three. */
export interface AsOf {
  readonly moment?: Date | null | undefined;
  /** A cursor of the feed: everything up to the item that it came with, and that item. */
  readonly cursor?: string | null | undefined;
  /** A revision of a development: everything up to it, and itself. */
  readonly revision?: { readonly slug: string; readonly number: number } | null | undefined;
}

/**
 * The position of the feed that the record stood at: the last that had been given out at the moment.
 * Undefined, which is now, where nothing is asked for.
 *
 * Positions carry times that never go back, so a moment is a position, and two questions as of one
 * moment that has passed are answered from one state of the record.
 *
 * @throws {BadArgumentError} For a cursor of another epoch, one that no feed gave out, or a revision that
 *   readers were not shown.
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
  const { epoch, position } = decodeCursor(cursor);
  const head = await readHead(db); // A later head still has the cursor: positions are never given back.
  if (epoch !== head.epoch) {
    throw new BadArgumentError(
      'Expected a cursor of this epoch; got one from before the database was restored. Give a moment instead.',
    );
  }
  if (position > head.position) {
    throw new BadArgumentError(
      `Expected a cursor up to the newest change, ${head.position}; got one of ${position}. Take feedHead, or a moment.`,
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
    `Expected a published revision; "${slug}" has none with the number ${number}. Look them up in its revisions.`,
  );
}
