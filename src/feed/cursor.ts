import type { FeedHead } from './log.js';

/** A text that `encodeCursor` did not make was given as a cursor. */
export class MalformedCursorError extends Error {
  override readonly name = 'MalformedCursorError';

  constructor(cursor: string) {
    super(
      `Expected a feed cursor from feedHead or an item of the feed; got ${JSON.stringify(cursor.slice(0, 80))}.`,
    );
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns the opaque cursor of a position, the same in queries, over WebSocket and over SSE. */
export function encodeCursor({ epoch, position }: FeedHead): string {
  return Buffer.from(`feed:${epoch}:${position}`).toString('base64url');
}

/** @throws {MalformedCursorError} */
export function decodeCursor(cursor: string): FeedHead {
  const text = Buffer.from(cursor.slice(0, 200), 'base64url').toString('utf8');
  const [kind, epoch = '', position = ''] = text.split(':');
  if (kind === 'feed' && UUID.test(epoch) && /^\d{1,18}$/.test(position)) {
    const head = { epoch, position: BigInt(position) };
    if (encodeCursor(head) === cursor) return head; // Decoding base64url ignores characters outside its alphabet.
  }
  throw new MalformedCursorError(cursor);
}
