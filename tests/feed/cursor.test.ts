import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, MalformedCursorError } from '../../src/feed/cursor.js';

const EPOCH = '0b9c2f4e-7a51-4a87-9c1d-2f6f3c0f9a11';
const HASH = '0123456789abcdef';
const CURSOR = encodeCursor({ epoch: EPOCH, position: 12n, hash: HASH });
const bytes = Buffer.from(CURSOR, 'base64url');

const hashes = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((it) => Buffer.from(it).toString('hex'));

/** Returns the cursor with other bytes from an offset on. */
const altered = (offset: number, ...others: number[]) => {
  const copy = Buffer.from(bytes);
  copy.set(others, offset);
  return copy.toString('base64url');
};

describe('a cursor', () => {
  test('decodes to the position, epoch and hash that it was made for', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.bigInt(0n, 2n ** 63n - 1n), hashes, (epoch, position, hash) => {
        const head = { epoch, position, hash };
        expect(decodeCursor(encodeCursor(head))).toEqual(head);
      }),
    );
  });

  test('is opaque text of 44 characters that survives a URL and a header', () => {
    expect(CURSOR).toMatch(/^[\w-]{44}$/);
  });

  test('is refused, with a message that says what was expected, when it is not one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (garbage) => {
        expect(() => decodeCursor(garbage)).toThrow(MalformedCursorError);
        expect(() => decodeCursor(garbage)).toThrow(/^Expected a feed cursor/);
      }),
    );
  });

  for (const [what, text] of [
    ['empty', ''],
    ['of an earlier format', Buffer.from(`feed:${EPOCH}:1`).toString('base64url')],
    ['of another format', altered(0, 2)],
    ['at a position that the database cannot hold', altered(25, 0xff)],
    ['too short', bytes.subarray(0, 32).toString('base64url')],
    ['too long', Buffer.concat([bytes, Buffer.alloc(3)]).toString('base64url')],
    ['in the alphabet of base64', `${CURSOR.slice(0, 9)}+${CURSOR.slice(10)}`],
    ['after a blank', ` ${CURSOR}`],
    ['before padding', `${CURSOR}=`],
    ['with a line break', `${CURSOR.slice(0, 9)}\n${CURSOR.slice(9)}`],
    ['with another character', `${CURSOR}!`],
  ] as const) {
    test(`is refused when it is ${what}`, () => {
      expect(() => decodeCursor(text)).toThrow(MalformedCursorError);
    });
  }

  test('is refused without being read whole when it is huge', () => {
    expect(() => decodeCursor('A'.repeat(10_000_000))).toThrow(/^Expected a feed cursor.{0,200}$/);
  });
});
