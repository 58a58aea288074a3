import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import { fieldValues, inputOf, linksOf } from '../../src/domain/development/content/decompose.js';
import { developments } from '../support/random/random-record.js';
import { runs } from '../support/random/runs.js';
import { compose, slugs } from './compositions.js';

/** Returns the content as jsonb does, with object keys in another order. */
const stored = <T>(content: T): T =>
  JSON.parse(JSON.stringify(content), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** Replaces the random ids of citations and claims with their positions. */
function numbered({ citations, claims, ...content }: DevelopmentContent) {
  const numbers = new Map(citations.map(({ id }, index) => [id, index]));
  return {
    ...content,
    citations: citations.map(({ id: _, ...citation }) => citation),
    claims: claims.map(({ id: _, citationId, ...claim }) => ({
      ...claim,
      citation: numbers.get(citationId),
    })),
  };
}

test('a development turned into input and recorded again is unchanged except for ids', () => {
  fc.assert(
    fc.property(developments, ({ kind, input }) => {
      const content = stored(compose(kind, input));
      const again = compose(kind, inputOf(content, slugs));
      expect(numbered(again)).toEqual(numbered(content));
      expect(inputOf(stored(again), slugs)).toEqual(inputOf(content, slugs));
    }),
    { seed: 20190802, numRuns: runs(500) },
  );
});

test('claims are nested in the citation that makes them, whatever their order in the content', () => {
  const content = compose('EVENT', {
    headline: 'Claims apart',
    occurred: '2019',
    type: 'TEST',
    citations: [
      { source: 'article', claims: [{ field: 'OCCURRED', value: '2019' }] },
      { source: 'decree', claims: [{ field: 'OCCURRED', value: '2020' }] },
    ],
  });
  const { citations } = inputOf({ ...content, claims: content.claims.toReversed() }, slugs);
  expect(citations?.map(({ source, claims }) => [source, claims?.map(({ value }) => value)])).toEqual([
    ['article', ['2019']],
    ['decree', ['2020']],
  ]);
});

test('links name developments by slug, and omit hidden ones', () => {
  const content = compose('STATEMENT', { headline: 'Linked', occurred: '2019' });
  const links = ['Development:draft', 'Development:public'].map((toId) => ({
    toId,
    relation: 'ANNOUNCES' as const,
    note: null,
    citationId: '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d',
  }));
  expect(linksOf({ ...content, links }, slugs)).toEqual([
    { to: 'public', relation: 'ANNOUNCES', note: null },
  ]);
});

test("derived confidence becomes null in the input, and the editors' own keeps its reason", () => {
  const derived = compose('EVENT', { headline: 'Derived', occurred: '2019', type: 'TEST' });
  expect(inputOf(derived, slugs)).toMatchObject({
    confidence: null,
    confidenceReason: null,
    citations: null,
  });
  const own = { confidence: 'HIGH', confidenceReason: 'Seen by all' };
  const overridden = compose('EVENT', { headline: 'Own', occurred: '2019', type: 'TEST', ...own });
  expect(inputOf(overridden, slugs)).toMatchObject(own);
});

test('a successor is named by slug, unless it is hidden', () => {
  const content = compose('STATEMENT', { headline: 'Withdrawn', occurred: '2019' });
  const successorOf = (successorId: string | null) =>
    fieldValues({ ...content, successorId }, ['successor'], slugs)['successor'];
  expect(successorOf('Development:public')).toBe('public');
  expect(successorOf('Development:draft')).toBeNull();
  expect(successorOf(null)).toBeNull();
});
