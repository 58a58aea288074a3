import { BadArgumentError } from '../errors.js';
import type { FeedHead } from './log.js';

/** A place in the feed: after the entry at `position` of `epoch`. */
export type FeedPosition = FeedHead;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The opaque text of a place in the feed, the same in queries, over WebSocket and over SSE. */
export function encodeCursor({ epoch, position }: FeedPosition): string {
  return Buffer.from(`feed:${epoch}:${position}`).toString('base64url');
}

/** @throws {BadArgumentError} For anything that `encodeCursor` did not make. */
export function decodeCursor(cursor: string): FeedPosition {
  const text = Buffer.from(cursor.slice(0, 200), 'base64url').toString('utf8');
  const [kind, epoch = '', position = ''] = text.split(':');
  if (kind === 'feed' && UUID.test(epoch) && /^\d{1,18}$/.test(position)) {
    const place = { epoch, position: BigInt(position) };
    if (encodeCursor(place) === cursor) return place; // Decoding base64 alone overlooks what is not of it.
  }
  throw new BadArgumentError(
    `Expected a feed cursor, as feedHead or an item of the feed gives it; got ${JSON.stringify(cursor.slice(0, 80))}.`,
  );
}
