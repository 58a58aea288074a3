import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor, MalformedCursorError } from '../../src/feed/cursor.js';

const EPOCH = '0b9c2f4e-7a51-4a87-9c1d-2f6f3c0f9a11';
const encode = (text: string) => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  test('means the place that it was made for', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.bigInt(0n, 10n ** 18n - 1n), (epoch, position) => {
        expect(decodeCursor(encodeCursor({ epoch, position }))).toEqual({ epoch, position });
      }),
    );
  });

  test('is opaque text that survives a URL and a header', () => {
    expect(encodeCursor({ epoch: EPOCH, position: 12n })).toMatch(/^[\w-]+$/);
  });

  test('is refused, with a message that says what was expected, when it is not one', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String()), (garbage) => {
        expect(() => decodeCursor(garbage)).toThrow(MalformedCursorError);
        expect(() => decodeCursor(garbage)).toThrow(/^Expected a feed cursor/);
      }),
    );
  });

  for (const text of [
    '',
    'feed',
    `feed:${EPOCH}`,
    `feed:${EPOCH}:`,
    `feed:${EPOCH}:-1`,
    `feed:${EPOCH}:1.5`,
    `feed:${EPOCH}:0x10`,
    `feed:${EPOCH}: 1`,
    `feed:${EPOCH}:1:2`,
    `feed:${EPOCH}:01`,
    `feed:${EPOCH}:${'9'.repeat(19)}`,
    `feed:${EPOCH.toUpperCase()}:1`,
    'feed:no-epoch:1',
    `other:${EPOCH}:1`,
  ]) {
    test(`is refused when it holds ${JSON.stringify(text)}`, () => {
      expect(() => decodeCursor(encode(text))).toThrow(MalformedCursorError);
    });
  }

  test('is refused when something stands before, in or after it', () => {
    const cursor = encodeCursor({ epoch: EPOCH, position: 12n });
    for (const altered of [
      ` ${cursor}`,
      `${cursor}=`,
      `${cursor.slice(0, 9)}\n${cursor.slice(9)}`,
      `${cursor}!`,
    ]) {
      expect(() => decodeCursor(altered)).toThrow(MalformedCursorError);
    }
  });

  test('is refused without being read whole when it is huge', () => {
    expect(() => decodeCursor('A'.repeat(10_000_000))).toThrow(/^Expected a feed cursor.{0,200}$/);
  });
});
