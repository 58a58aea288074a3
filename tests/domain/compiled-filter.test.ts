import { expect, test } from 'vitest';
import { compileFilter } from '../../src/domain/filter/match.js';
import type { DevelopmentFacts, DevelopmentFilter } from '../../src/domain/filter/types.js';
import { References } from '../../src/domain/references/lookup.js';

const SLUGS = Array.from({ length: 200 }, (_, index) => `topic-${index}`);

/** Counts how often slugs are looked up. */
class CountingReferences extends References {
  lookUps = 0;

  override id(owner: Parameters<References['id']>[0], slug: string): string {
    this.lookUps += 1;
    return super.id(owner, slug);
  }
}

const references = () =>
  new CountingReferences(new Map(SLUGS.map((slug, index) => [`Topic:${slug}`, `id-${index}`])));

const canonical = (filter: DevelopmentFilter) => compileFilter(filter, references()).canonical;

test('filters that differ only in order and duplicates are equal', () => {
  const [a = '', b = '', c = ''] = SLUGS;
  const equal: DevelopmentFilter[] = [
    { topic: [a, b], kind: ['EVENT'], or: [{ country: ['US', 'RU'] }, { topic: [c] }] },
    { kind: ['EVENT', 'EVENT'], topic: [b, a, a], or: [{ topic: [c, c] }, { country: ['RU', 'US'] }] },
    {
      kind: ['EVENT'],
      topic: [b, a],
      status: null,
      or: [{ topic: [c] }, { topic: [c] }, { country: ['RU', 'US', 'RU'] }],
    },
  ];
  expect(new Set(equal.map(canonical)).size).toBe(1);
});

test('filters that select differently are not equal', () => {
  const [a = '', b = ''] = SLUGS;
  const different: DevelopmentFilter[] = [
    {},
    { topic: [] },
    { topic: [a] },
    { topic: [a, b] },
    { not: { topic: [a] } },
    { and: [{ topic: [a] }, { topic: [b] }] },
    { or: [{ topic: [a] }, { topic: [b] }] },
    { or: [] },
    { text: a },
    { occurred: { within: '2020' } },
    { occurred: { within: '2020', certainty: 'CERTAIN' } },
    { recordedSince: new Date(0) },
  ];
  expect(new Set(different.map(canonical)).size).toBe(different.length);
});

test('a filter is counted, and holds each value once', () => {
  const { conditions, values } = compileFilter(
    { topic: [...SLUGS, ...SLUGS], not: { kind: ['EVENT'], disputed: true }, and: [{ topic: SLUGS }] },
    references(),
  );
  expect({ conditions, values }).toEqual({ conditions: 4, values: 402 });
});

test('matching compares with sets, and looks up no slug', () => {
  const refs = references();
  const filter = compileFilter(
    { or: SLUGS.map((slug) => ({ topic: [slug, ...SLUGS.slice(0, 150)] })) },
    refs,
  );
  const compiled = refs.lookUps;
  let read = 0;
  const content = {
    get topicIds() {
      read += 1;
      return ['id-none'];
    },
  };
  const facts = { content } as unknown as DevelopmentFacts;
  for (let entry = 0; entry < 100; entry += 1) expect(filter.matches(facts)).toBe(false);
  expect(refs.lookUps).toBe(compiled);
  expect(read).toBe(100 * filter.conditions); // Once for each condition, however many values it has.
});
