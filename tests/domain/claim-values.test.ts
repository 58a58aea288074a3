import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClaimField } from '../../src/domain/development/content/vocabulary.js';
import { actorsIn, parseClaimValue, whyNotOn } from '../../src/domain/development/evidence/claim-schemas.js';
import { claimText } from '../../src/domain/development/evidence/claim-values.js';
import { InvalidInputError } from '../../src/domain/errors.js';
import { CLAIM_FIELDS, claimValues } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';
import { compose } from './compositions.js';

const claims = fc
  .constantFrom(...Object.values(ClaimField))
  .chain((field) => fc.record({ field: fc.constant(field), value: claimValues[field] }));

test('a parsed value parses to itself and survives JSON', () => {
  fc.assert(
    fc.property(claims, ({ field, value }) => {
      const read = parseClaimValue(field, value);
      expect(parseClaimValue(field, read)).toEqual(read);
      expect(JSON.parse(JSON.stringify(read))).toEqual(read);
    }),
    { seed: 20190802, numRuns: runs(300) },
  );
});

test('every value is rendered as one line of text', () => {
  fc.assert(
    fc.property(claims, ({ field, value }) => {
      const text = claimText(field, parseClaimValue(field, value));
      expect(text).not.toBe('');
      expect(text).not.toMatch(/\n|undefined|null|NaN|\[object/);
      expect(Array.from(text).length).toBeLessThanOrEqual(200);
    }),
    { seed: 20190802, numRuns: runs(300) },
  );
});

test('omitted parts of a value become null, so that equal values are equal JSON', () => {
  expect(parseClaimValue('PLACES', [{ name: 'Denmark', precision: 'COUNTRY' }])).toEqual([
    { name: 'Denmark', countryCode: null, latitude: null, longitude: null, precision: 'COUNTRY' },
  ]);
  expect(parseClaimValue('QUANTITIES', [{ name: 'missiles', best: 12 }])).toEqual([
    { name: 'missiles', unit: null, low: null, best: 12, high: null },
  ]);
  expect(parseClaimValue('RANGE', { low: 500 })).toEqual({ low: 500, high: null });
  expect(parseClaimValue('OCCURRED', ' 2019-08~ ')).toBe('2019-08~');
});

describe('a malformed value is refused with the path of the error', () => {
  test.each<[ClaimField, unknown, string, RegExp]>([
    ['OCCURRED', 'yesterday', 'value', /Expected an EDTF date .*got "yesterday"/],
    ['OCCURRED', ['2019'], 'value', /Expected an EDTF date such as "2019-08-02"; got \["2019"\]/],
    ['OCCURRED', undefined, 'value', /got undefined/],
    ['PLACES', 'Kapustin Yar', 'value', /Expected a list of places .*got "Kapustin Yar"/],
    ['PLACES', [], 'value', /at least one/],
    [
      'PLACES',
      [{ name: 'Moscow', latitude: 55, precision: 'EXACT' }],
      'value.0',
      /both latitude and longitude/,
    ],
    ['QUANTITIES', [{ name: 'missiles', low: 3, high: 2 }], 'value.0', /low ≤ best ≤ high/],
    ['RANGE', { low: 5_500, high: 500 }, 'value', /low ≤ high/],
    ['RANGE', {}, 'value', /got neither/],
    ['RANGE', '500 to 5,500 km', 'value', /Expected a range in km .*got "500 to 5,500 km"/],
    ['SPEAKER', ['Ryabkov'], 'value.0', /Expected a slug/],
    ['SPEAKER', [], 'value', /at least one/],
    ['ROLE', [{ actor: 'minister' }], 'value.0.capacity', /expected string/],
    ['ROLE', ['A', 'B'].map((capacity) => ({ actor: 'minister', capacity })), 'value', /each actor once/],
    ['QUOTATION', ' ', 'value', /only white space/],
    ['QUOTATION', 7, 'value', /Expected text; got 7/],
    ['CHANGE_TYPE', 'DROPPED', 'value', /ADOPTED, AMENDED.*got "DROPPED"/],
    ['AFTER', 'x'.repeat(5_001), 'value', /at most 5000 characters/],
  ])('%s %j', (field, value, path, message) => {
    let thrown: unknown;
    try {
      parseClaimValue(field, value);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvalidInputError);
    if (thrown instanceof InvalidInputError) {
      expect(thrown.issues[0]?.path).toBe(path);
      expect(thrown.issues[0]?.message).toMatch(message);
    }
  });
});

test('each claim field is allowed on exactly the kinds that have it', () => {
  for (const [kind, fields] of Object.entries(CLAIM_FIELDS)) {
    const allowed = Object.values(ClaimField).filter((field) => whyNotOn(field, kind) === undefined);
    expect(allowed.toSorted()).toEqual([...fields].toSorted());
  }
});

test('a claim on a field of another kind is refused with the path of its field', () => {
  const claim = { field: 'QUOTATION', value: 'Said' };
  const input = {
    headline: 'H',
    occurred: '2019',
    type: 'TEST',
    citations: [{ source: 'article', claims: [claim] }],
  };
  expect(() => compose('EVENT', input)).toThrow(
    /citations\.0\.claims\.0\.field: Expected a field of EVENT; only STATEMENT has QUOTATION/,
  );
});

test('actors are collected from the SPEAKER and ROLE claims that name them', () => {
  const named = [
    { field: 'SPEAKER' as const, value: ['minister', 'agency'] },
    { field: 'ROLE' as const, value: [{ actor: 'russia', capacity: 'State' }] },
    { field: 'QUOTATION' as const, value: 'united-states' },
  ];
  expect(actorsIn(named)).toEqual(['minister', 'agency', 'russia']);
});

test.each<[ClaimField, unknown, string]>([
  ['OCCURRED', '2019-08~', 'about August 2019'],
  ['PLACES', [{ name: 'Kapustin Yar', countryCode: 'RU' }], 'Kapustin Yar (RU)'],
  [
    'PLACES',
    [
      { name: 'Denmark', countryCode: 'DK' },
      { name: 'the Baltic', countryCode: null },
    ],
    'Denmark (DK), the Baltic',
  ],
  ['QUANTITIES', [{ name: 'missiles', unit: null, low: 10, best: null, high: 14 }], 'missiles: 10 to 14'],
  ['QUANTITIES', [{ name: 'missiles', unit: null, low: 10, best: 12, high: 14 }], 'missiles: 12 (10 to 14)'],
  ['QUANTITIES', [{ name: 'yield', unit: 'kt', low: null, best: 1.5, high: null }], 'yield: 1.5 kt'],
  ['QUANTITIES', [{ name: 'men', unit: null, low: null, best: null, high: null }], 'men: number unknown'],
  ['RANGE', { low: 500, high: 5_500 }, '500 to 5,500 km'],
  ['RANGE', { low: 500, high: null }, 'at least 500 km'],
  ['RANGE', { low: null, high: 5_500 }, 'at most 5,500 km'],
  ['SPEAKER', ['vladimir-putin', 'sergei-ryabkov'], 'vladimir-putin, sergei-ryabkov'],
  [
    'ROLE',
    [{ actor: 'sergei-ryabkov', capacity: 'Deputy Foreign Minister' }],
    'sergei-ryabkov: Deputy Foreign Minister',
  ],
  ['CHANGE_TYPE', 'AMENDED', 'amended'],
  ['QUOTATION', ' Two\n lines ', 'Two lines'],
  ['QUOTATION', '🚀'.repeat(300), `${'🚀'.repeat(199)}…`],
])('%s %j is rendered as %s', (field, value, text) => {
  expect(claimText(field, value)).toBe(text);
});
