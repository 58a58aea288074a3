import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ClaimContent, canonical } from '../../src/domain/development/content/content.js';
import { ClaimField, ClaimRank } from '../../src/domain/development/content/vocabulary.js';
import { parseClaimValue } from '../../src/domain/development/evidence/claim-schemas.js';
import { agree, disputesOf, isDisputed } from '../../src/domain/development/evidence/disputes.js';
import { claimValues } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';

const fields = fc.constantFrom(...Object.values(ClaimField));
const fewValues = (field: ClaimField) =>
  claimValues[field].map((value): unknown => parseClaimValue(field, value));

const claimLists = fc
  .array(
    fields.chain((field) =>
      fc.record({
        field: fc.constant(field),
        value: fewValues(field),
        rank: fc.constantFrom(...Object.values(ClaimRank)),
      }),
    ),
    { maxLength: 8 },
  )
  .map((claims) =>
    claims.map((claim, index) => ({ ...claim, id: `claim-${index}`, citationId: 'c', note: null })),
  );

test('agreement between values is reflexive and symmetric', () => {
  const pairs = fields.chain((field) =>
    fc.record({ field: fc.constant(field), one: fewValues(field), other: fewValues(field) }),
  );
  fc.assert(
    fc.property(pairs, ({ field, one, other }) => {
      expect(agree(field, one, one)).toBe(true);
      expect(agree(field, one, other)).toBe(agree(field, other, one));
    }),
    { seed: 20190802, numRuns: runs(1_000) },
  );
});

test('disputes exist if claims are disputed, and list each claim on the field that is not deprecated once', () => {
  fc.assert(
    fc.property(claimLists, (claims) => {
      const disputes = disputesOf(claims);
      expect(disputes.length > 0).toBe(isDisputed(claims));
      for (const { field, values } of disputes) {
        const standing = claims.filter((claim) => claim.field === field && claim.rank !== 'DEPRECATED');
        const told = values.flatMap((value) => value.claims);
        expect(told.toSorted(byId)).toEqual(standing.toSorted(byId));
        expect(new Set(values.map(({ value }) => canonical(value))).size).toBe(values.length);
        for (const { value, claims: of } of values) {
          expect(of.every((claim) => canonical(claim.value) === canonical(value))).toBe(true);
        }
      }
      const inOrder = Object.values(ClaimField).filter((field) =>
        disputes.some((one) => one.field === field),
      );
      expect(disputes.map(({ field }) => field)).toEqual(inOrder);
      expect(isDisputed(claims.toReversed())).toBe(isDisputed(claims));
    }),
    { seed: 20190802, numRuns: runs(1_000) },
  );
});

const byId = (one: ClaimContent, other: ClaimContent) => (one.id < other.id ? -1 : 1);

const place = (name: string, countryCode: string | null = null) => ({
  name,
  countryCode,
  precision: 'LOCALITY',
});
const quantity = (name: string, rest: object) => ({ name, ...rest });

describe('two values', () => {
  test.each<[ClaimField, unknown, unknown, boolean]>([
    ['OCCURRED', '2019-02-20', '2019-02', true],
    ['OCCURRED', '2019?', '2019', true],
    ['OCCURRED', '2019-02-20', 'XXXX', true],
    ['OCCURRED', '2019-02-20', '2020-02', false],
    ['OCCURRED', '2019-02/2019-06', '2019-04/2019-08', false],
    ['EFFECTIVE_DATE', '2019/..', '2020', true],
    ['EFFECTIVE_DATE', '2019', '2020', false],
    ['RANGE', { low: 500, high: 5_500 }, { low: 500, high: null }, true],
    ['RANGE', { low: 500, high: 1_000 }, { low: 600, high: 2_000 }, false],
    [
      'QUANTITIES',
      [quantity('missiles', { low: 10, high: 14 })],
      [quantity(' Missiles', { best: 12 })],
      true,
    ],
    [
      'QUANTITIES',
      [quantity('missiles', { low: 10, high: 14 })],
      [quantity('missiles', { best: 15 })],
      false,
    ],
    ['QUANTITIES', [quantity('missiles', { best: 10 })], [quantity('launchers', { best: 15 })], true],
    [
      'QUANTITIES',
      [quantity('yield', { unit: 'kt', best: 10 })],
      [quantity('yield', { unit: 'Mt', best: 1 })],
      true,
    ],
    ['QUANTITIES', [1, 2].map((best) => quantity('a', { best })), [quantity('a', { best: 2 })], true],
    ['QUANTITIES', [1, 2].map((best) => quantity('a', { best })), [quantity('a', { best: 3 })], false],
    [
      'PLACES',
      [place('Kapustin Yar', 'RU')],
      [place('kapustin yar ', 'RU'), place('Sary Shagan', 'KZ')],
      true,
    ],
    ['PLACES', [place('Georgia', 'GE')], [place('Georgia', 'US')], false],
    ['PLACES', [place('A'), place('B')], [place('B'), place('C')], false],
    ['SPEAKER', ['minister'], ['agency', 'minister'], true],
    ['SPEAKER', ['minister'], ['agency'], false],
    [
      'ROLE',
      [{ actor: 'minister', capacity: 'Minister' }],
      [{ actor: 'minister', capacity: ' minister' }],
      true,
    ],
    ['ROLE', [{ actor: 'minister', capacity: 'Minister' }], [{ actor: 'agency', capacity: 'Agency' }], true],
    [
      'ROLE',
      [{ actor: 'minister', capacity: 'Minister' }],
      [{ actor: 'minister', capacity: 'Deputy' }],
      false,
    ],
    ['QUOTATION', 'Words', 'words', false],
    ['CHANGE_TYPE', 'ADOPTED', 'ADOPTED', true],
    ['CHANGE_TYPE', 'ADOPTED', 'AMENDED', false],
    ['AFTER', 'None', 'None', true],
  ])('of %s, %j and %j, agree: %s', (field, one, other, expected) => {
    expect(agree(field, parseClaimValue(field, one), parseClaimValue(field, other))).toBe(expected);
    expect(agree(field, parseClaimValue(field, other), parseClaimValue(field, one))).toBe(expected);
  });
});

const dated = (id: string, value: string, rank: ClaimContent['rank'] = 'NORMAL'): ClaimContent => ({
  ...{ id, value, rank, field: 'OCCURRED', citationId: 'c', note: null },
});

test('every pair is compared: two days of a year disagree, though each agrees with the year', () => {
  expect(isDisputed([dated('a', '2019-02-20'), dated('b', '2019'), dated('c', '2019-08-02')])).toBe(true);
  expect(isDisputed([dated('a', '2019-02-20'), dated('b', '2019')])).toBe(false);
});

test('a deprecated claim disputes nothing', () => {
  expect(isDisputed([dated('a', '2019'), dated('b', '2020', 'DEPRECATED')])).toBe(false);
});

test("the preferred value comes first, then the others in the editors' order, with equal values grouped", () => {
  const claims = [
    dated('a', '2020'),
    dated('b', '2019'),
    dated('c', '2020'),
    dated('d', '2021', 'PREFERRED'),
    dated('e', '2021'),
    dated('f', '2022', 'DEPRECATED'),
  ];
  expect(
    disputesOf(claims).map(({ field, values }) => [
      field,
      values.map(({ text, claims: of }) => [text, of.map(({ id }) => id)]),
    ]),
  ).toEqual([
    [
      'OCCURRED',
      [
        ['2021', ['d', 'e']],
        ['2020', ['a', 'c']],
        ['2019', ['b']],
      ],
    ],
  ]);
});
