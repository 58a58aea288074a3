import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/feed/canonical-json.js';

const values = fc.jsonValue({ stringUnit: 'binary' });

test('writes what the reference implementation of RFC 8785 writes', () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(canonicalJson(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2_000 },
  );
  for (const number of [-0, 1e21, 1e-7, 5e-324, 0.1 + 0.2, Number.MAX_SAFE_INTEGER, 1.5e300]) {
    expect(canonicalJson(number)).toBe(canonicalize(number));
  }
});

test('orders keys by their code units, and omits keys without a value', () => {
  const at = new Date('2024-05-01T00:00:00Z');
  const value = { '\u{1f600}': 1, '\ufb33': 2, b: undefined, a: [undefined, null], at, 1: true, é: 'é' };
  expect(canonicalJson(value)).toBe(
    '{"1":true,"a":[null,null],"at":"2024-05-01T00:00:00.000Z","é":"é","\u{1f600}":1,"\ufb33":2}',
  );
  expect(canonicalJson(value)).toBe(canonicalize(value));
});

test('refuses values that JSON cannot hold', () => {
  expect(() => canonicalJson({ a: () => 1 })).toThrow('of the type function.');
  expect(() => canonicalJson({ a: { toJSON: () => undefined } })).toThrow('of the type undefined.');
  expect(() => canonicalJson(1n)).toThrow('of the type bigint.');
});

test.for([Number.NaN, Number.POSITIVE_INFINITY, 'a\ud800', { 'a\udc00': 1 }, ['\ud800']])(
  'refuses %j',
  (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
    expect(() => canonicalize(value)).toThrow(Error);
  },
);
