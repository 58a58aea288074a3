import type { Transaction } from '../database/open.js';
import type { FeedChange } from '../generated/prisma/client.js';

/** A line of the feed log. */
export interface FeedEntry {
  readonly position: bigint;
  readonly epoch: string;
  readonly developmentId: string;
  readonly revision: number;
  readonly change: FeedChange;
}

/** The last position that was given out, 0 in an empty record, and the epoch it belongs to. */
export interface FeedHead {
  readonly epoch: string;
  readonly position: bigint;
}

/** Reads the head: one row by its key. */
export function readHead(db: Transaction): Promise<FeedHead> {
  return db.feedHead.findUniqueOrThrow({ where: { id: 1 }, select: { epoch: true, position: true } });
}

/**
 * Reads the entries after a position, in position order, at most `limit` of them.
 *
 * Never skips one: a later position is visible only when all before it are, because whoever gives
 * positions out holds the head's lock until the commit.
 */
export function readEntries(db: Transaction, after: bigint, limit: number): Promise<FeedEntry[]> {
  return db.feedEntry.findMany({
    where: { position: { gt: after } },
    orderBy: { position: 'asc' },
    take: limit,
    select: { position: true, epoch: true, developmentId: true, revision: true, change: true },
  });
}
