import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composeNew, slugsIn } from '../../src/domain/development/compose.js';
import type { DevelopmentContent } from '../../src/domain/development/content.js';
import { inputOf, linksOf, type SlugsById } from '../../src/domain/development/decompose.js';
import { type Kind, type RecordFields, recordInputs } from '../../src/domain/development/input.js';
import { parseInput } from '../../src/domain/input.js';
import { References } from '../../src/domain/references.js';
import { developments } from '../support/generated.js';

const OWNERS = /^(Actor|Topic|Treaty|WeaponSystem|Doctrine|Source|Development):/;

/** Ids that tell what they are of, so that a slug of another kind of thing is found out. */
const slugs: SlugsById = {
  find: (owner, id) => (id === `Development:draft` ? undefined : slugs.get(owner, id)),
  get: (owner, id) => {
    expect(id).toMatch(new RegExp(`^${owner}:`));
    return id.replace(OWNERS, '');
  },
};

function compose(kind: Kind, input: unknown): DevelopmentContent {
  const fields = parseInput(recordInputs[kind], input) as RecordFields;
  const named = Object.entries(slugsIn(fields)).flatMap(([owner, list]) =>
    list.map((slug) => [`${owner}:${slug}`, `${owner}:${slug}`] as const),
  );
  return composeNew(kind, fields.slug ?? 'made-up', fields, new References(new Map(named)));
}

/** The content as jsonb gives it back: the keys of objects in another order. */
const stored = <T>(content: T): T =>
  JSON.parse(JSON.stringify(content), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/** The content with citations and claims numbered in place of their random ids. */
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

test('a content taken apart into the input that records it, and recorded again, is the same but for ids', () => {
  fc.assert(
    fc.property(developments, ({ kind, input }) => {
      const content = stored(compose(kind, input));
      const again = compose(kind, inputOf(content, slugs));
      expect(numbered(again)).toEqual(numbered(content));
      expect(inputOf(stored(again), slugs)).toEqual(inputOf(content, slugs));
    }),
    { seed: 20190802, numRuns: 500 },
  );
});

test('claims come within the citation that makes them, wherever they stand in the content', () => {
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

test('links are named by slug, but for those to developments that are not to be named', () => {
  const content = compose('STATEMENT', { headline: 'Linked', occurred: '2019' });
  const links = ['Development:draft', 'Development:public'].map((toId) => ({
    toId,
    relation: 'ANNOUNCES' as const,
    note: null,
  }));
  expect(linksOf({ ...content, links }, slugs)).toEqual([
    { to: 'public', relation: 'ANNOUNCES', note: null },
  ]);
});
