import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type DevelopmentContent } from '../../src/domain/development/content/content.js';
import type { ClaimField } from '../../src/domain/development/content/vocabulary.js';
import { parseClaimValue } from '../../src/domain/development/evidence/claim-schemas.js';
import { ownValue, withOwnValue } from '../../src/domain/development/evidence/own-values.js';
import { preferredApart } from '../../src/domain/development/evidence/preferred.js';
import { CLAIM_FIELDS, claimValues, developments } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';
import { compose, refs, slugs } from './compositions.js';

const contents = developments.map(({ kind, input }) => ({ kind, content: compose(kind, input) }));

const withField = contents.chain(({ kind, content }) =>
  fc.constantFrom<ClaimField>(...CLAIM_FIELDS[kind]).map((field) => ({ kind, content, field })),
);

test('setting the current value changes nothing', () => {
  fc.assert(
    fc.property(withField, ({ content, field }) => {
      const own = ownValue(content, field, slugs);
      fc.pre(own !== null);
      expect(parseClaimValue(field, own)).toEqual(own);
      expect(withOwnValue(content, field, own, refs)).toEqual(content);
    }),
    { seed: 20190802, numRuns: runs(400) },
  );
});

test('setting a value makes it the own value, and a preferred claim with it matches', () => {
  const given = withField.chain(({ content, field }) =>
    claimValues[field].map((value) => ({ content, field, value: parseClaimValue(field, value) })),
  );
  fc.assert(
    fc.property(given, ({ content, field, value }) => {
      fc.pre(field !== 'ROLE'); // Only speakers have offices: see below.
      const changed = withOwnValue(content, field, value, refs);
      expect(canonical(ownValue(changed, field, slugs))).toBe(canonical(value));
      const claim = { id: 'c', citationId: 'x', field, value, rank: 'PREFERRED' as const, note: null };
      expect(preferredApart({ ...changed, claims: [claim] }, refs)).toBeUndefined();
      const isOwn = canonical(ownValue(content, field, slugs)) === canonical(value);
      expect(preferredApart({ ...content, claims: [claim] }, refs)).toBe(isOwn ? undefined : claim);
    }),
    { seed: 20190802, numRuns: runs(400) },
  );
});

const statement = (participants: unknown[]) =>
  compose('STATEMENT', { headline: 'Said', occurred: '2019', participants });

const rolesOf = ({ participants }: DevelopmentContent) =>
  participants.map(
    ({ actorId, role, capacity }) => `${slugs.get('Actor', actorId)} ${role} ${capacity ?? '-'}`,
  );

describe('speakers', () => {
  const content = statement([
    { actor: 'russia', role: 'ON_BEHALF_OF' },
    { actor: 'minister', role: 'SPEAKER', capacity: 'Minister' },
    { actor: 'united-states', role: 'ADDRESSEE' },
    { actor: 'agency', role: 'SPEAKER' },
    { actor: 'stateless', role: 'OUTLET' },
  ]);

  test('keep their offices, and other participants their positions', () => {
    expect(rolesOf(withOwnValue(content, 'SPEAKER', ['stateless', 'minister', 'russia'], refs))).toEqual([
      'russia ON_BEHALF_OF -',
      'stateless SPEAKER -',
      'united-states ADDRESSEE -',
      'minister SPEAKER Minister',
      'russia SPEAKER -',
      'stateless OUTLET -',
    ]);
    expect(rolesOf(withOwnValue(content, 'SPEAKER', ['agency'], refs))).toEqual([
      'russia ON_BEHALF_OF -',
      'agency SPEAKER -',
      'united-states ADDRESSEE -',
      'stateless OUTLET -',
    ]);
  });

  test('come first if there were none', () => {
    const silent = statement([{ actor: 'russia', role: 'ON_BEHALF_OF' }]);
    expect(rolesOf(withOwnValue(silent, 'SPEAKER', ['minister'], refs))).toEqual([
      'minister SPEAKER -',
      'russia ON_BEHALF_OF -',
    ]);
  });

  test('have exactly the offices of the value, in any order', () => {
    const offices = [{ actor: 'agency', capacity: 'Agency' }];
    const changed = withOwnValue(content, 'ROLE', offices, refs);
    expect(ownValue(changed, 'ROLE', slugs)).toEqual(offices);
    expect(rolesOf(changed)[1]).toBe('minister SPEAKER -');
    const both = [...offices, { actor: 'minister', capacity: 'Minister' }];
    const claim = {
      id: 'c',
      citationId: 'x',
      field: 'ROLE' as const,
      rank: 'PREFERRED' as const,
      note: null,
    };
    const own = withOwnValue(content, 'ROLE', both, refs);
    expect(preferredApart({ ...own, claims: [{ ...claim, value: both }] }, refs)).toBeUndefined();
    expect(preferredApart({ ...own, claims: [{ ...claim, value: offices }] }, refs)).toBeDefined();
  });

  test('are the only participants with offices in a statement', () => {
    const value = [{ actor: 'russia', capacity: 'State' }];
    expect(() => withOwnValue(content, 'ROLE', value, refs)).toThrow(/Prefer a claim on SPEAKER first/);
    const claim = {
      id: 'c',
      citationId: 'x',
      field: 'ROLE' as const,
      value,
      rank: 'PREFERRED' as const,
      note: null,
    };
    expect(preferredApart({ ...content, claims: [claim] }, refs)).toBe(claim);
  });
});

describe('a range', () => {
  const event = (quantities: unknown[]) =>
    compose('EVENT', { headline: 'Tested', occurred: '2019', type: 'TEST', quantities });
  const quantitiesOf = ({ detail }: DevelopmentContent) => (detail.kind === 'EVENT' ? detail.quantities : []);

  test('is the quantity named range in km, with a lone best estimate as both ends', () => {
    expect(ownValue(event([{ name: 'range', unit: 'km', best: 480 }]), 'RANGE', slugs)).toEqual({
      low: 480,
      high: 480,
    });
    expect(ownValue(event([{ name: 'range', unit: 'miles', best: 480 }]), 'RANGE', slugs)).toBeNull();
    expect(ownValue(event([{ name: 'range', unit: 'km' }]), 'RANGE', slugs)).toBeNull();
  });

  test.each([
    [{ low: 400, high: 500 }, 480],
    [{ low: 400, high: null }, 480],
    [{ low: 500, high: 5_500 }, null],
    [{ low: null, high: 400 }, null],
  ])('of %j keeps the best estimate if it lies within', (value, best) => {
    const content = event([
      { name: 'missiles', best: 2 },
      { name: 'range', unit: 'km', low: 470, best: 480, high: 490 },
    ]);
    expect(quantitiesOf(withOwnValue(content, 'RANGE', value, refs))).toMatchObject([
      { name: 'missiles', best: 2 },
      { name: 'range', unit: 'km', ...value, best },
    ]);
  });

  test('is added if there was none', () => {
    const value = { low: 500, high: 5_500 };
    expect(quantitiesOf(withOwnValue(event([]), 'RANGE', value, refs))).toEqual([
      { name: 'range', unit: 'km', low: 500, best: null, high: 5_500 },
    ]);
  });
});
