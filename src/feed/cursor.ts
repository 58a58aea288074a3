import type { FeedHead } from './head.js';

/** A text that `encodeCursor` did not make was given as a cursor. */
export class MalformedCursorError extends Error {
  override readonly name = 'MalformedCursorError';

  constructor(cursor: string) {
    super(
      `Expected a feed cursor from feedHead or an item of the feed; got ${JSON.stringify(cursor.slice(0, 80))}.`,
    );
  }
}

/** The first byte, which versions the format. No earlier format began with it. */
const FORMAT = 1;
/** The format, the epoch, 8 bytes of the hash, and the position. */
const LENGTH = 1 + 16 + 8 + 8;
/** The greatest position that the database can hold. */
const MAX_POSITION = 2n ** 63n - 1n;
const TEXT = /^[\w-]{44}$/; // 33 bytes in base64url.

/** Returns the opaque cursor of a position, the same in queries, over WebSocket and over SSE. 44 characters. */
export function encodeCursor({ epoch, position, hash }: FeedHead): string {
  const bytes = Buffer.alloc(LENGTH);
  bytes.writeUInt8(FORMAT, 0);
  bytes.write(epoch.replaceAll('-', ''), 1, 'hex');
  bytes.write(hash, 17, 'hex');
  bytes.writeBigUInt64BE(position, 25);
  return bytes.toString('base64url');
}

/** @throws {MalformedCursorError} */
export function decodeCursor(cursor: string): FeedHead {
  const bytes = TEXT.test(cursor) ? Buffer.from(cursor, 'base64url') : Buffer.alloc(0);
  if (bytes.length !== LENGTH || bytes[0] !== FORMAT) throw new MalformedCursorError(cursor);
  const position = bytes.readBigUInt64BE(25);
  if (position > MAX_POSITION) throw new MalformedCursorError(cursor);
  const epoch = bytes.toString('hex', 1, 17).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return { epoch, position, hash: bytes.toString('hex', 17, 25) };
}
