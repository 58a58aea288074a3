import { describe, expect, test } from 'vitest';
import { reviseContent, slugsIn } from '../../src/domain/development/content/compose.js';
import type { DevelopmentContent } from '../../src/domain/development/content/content.js';
import {
  type Kind,
  type RecordFields,
  type ReviseFields,
  recordInputs,
  reviseInputs,
} from '../../src/domain/development/content/input.js';
import { apartError, preferredApart } from '../../src/domain/development/evidence/preferred.js';
import { parseInput } from '../../src/domain/input.js';
import { compose, refs, slugs } from './compositions.js';

const revise = (kind: Kind, content: DevelopmentContent, input: unknown) =>
  reviseContent(content, parseInput(reviseInputs[kind], input) as ReviseFields, refs);

const claiming = (value: string, rank: string) => ({
  source: 'article',
  claims: [{ field: 'OCCURRED', value, rank }],
});
const event = { headline: 'Tested', occurred: '2019-02-20', type: 'TEST' };

describe('a preferred claim', () => {
  test("must equal the development's own value", () => {
    const content = compose('EVENT', { ...event, citations: [claiming('2019-02-20', 'PREFERRED')] });
    expect(preferredApart(content, refs)).toBeUndefined();
    expect(() => compose('EVENT', { ...event, citations: [claiming('2020-02', 'PREFERRED')] })).toThrow(
      /occurred: Expected the value of the preferred claim on OCCURRED, "2020-02"; got "2019-02-20"\. Rank another/,
    );
  });

  test('that differs is reported with the speakers by slug', () => {
    const speaking = {
      headline: 'Said',
      occurred: '2019',
      participants: [{ actor: 'minister', role: 'SPEAKER' }],
      citations: [
        { source: 'article', claims: [{ field: 'SPEAKER', value: ['agency'], rank: 'PREFERRED' }] },
      ],
    };
    expect(() => compose('STATEMENT', speaking)).toThrow(
      /participants: Expected the value of the preferred claim on SPEAKER, \["agency"\]; got \["minister"\]/,
    );
  });

  test('that no longer matches after a revision is found', () => {
    const content = compose('EVENT', { ...event, citations: [claiming('2019-02-20', 'PREFERRED')] });
    const apart = revise('EVENT', content, { occurred: '2020-02' });
    const claim = preferredApart(apart, refs);
    expect(claim?.value).toBe('2019-02-20');
    if (claim) expect(apartError(apart, claim, slugs).issues[0]?.path).toBe('occurred');
    const together = { occurred: '2020-02', citations: [claiming('2020-02', 'PREFERRED')] };
    expect(preferredApart(revise('EVENT', content, together), refs)).toBeUndefined();
  });

  test('is unique on its field', () => {
    const citations = [claiming('2019-02-20', 'PREFERRED'), claiming('2019-02-20', 'PREFERRED')];
    expect(() => compose('EVENT', { ...event, citations })).toThrow(
      /citations\.1\.claims\.0\.rank: Expected at most one PREFERRED claim about OCCURRED/,
    );
    expect(() => compose('EVENT', { ...event, citations: citations.slice(1) })).not.toThrow();
  });
});

test('actors named by claims are among the slugs to look up', () => {
  const role = [{ actor: 'agency', capacity: 'Agency' }];
  const claims = [
    { field: 'SPEAKER', value: ['minister'] },
    { field: 'ROLE', value: role },
  ];
  const input = { headline: 'Said', occurred: '2019', citations: [{ source: 'article', claims }] };
  const fields = parseInput(recordInputs.STATEMENT, input) as RecordFields;
  expect(slugsIn(fields)).toMatchObject({ Actor: ['minister', 'agency'], Source: ['article'] });
});

test('a development has at most a hundred claims', () => {
  const claims = Array.from({ length: 50 }, () => ({ field: 'OCCURRED', value: '2019-02-20' }));
  const cited = (count: number) => Array.from({ length: count }, () => ({ source: 'article', claims }));
  expect(compose('EVENT', { ...event, citations: cited(2) }).claims).toHaveLength(100);
  expect(() => compose('EVENT', { ...event, citations: cited(3) })).toThrow(
    /citations: Expected at most 100 claims in total; got 150/,
  );
});

test('a translator requires a translation', () => {
  const said = { headline: 'Said', occurred: '2019', originalScript: 'Cyrl' };
  const content = compose('STATEMENT', { ...said, translation: 'Words', translator: 'TASS' });
  expect(content.detail).toMatchObject({ originalScript: 'Cyrl', translation: 'Words', translator: 'TASS' });
  expect(() => compose('STATEMENT', { ...said, translator: 'TASS' })).toThrow(
    /translator: Expected a translation/,
  );
  expect(() => revise('STATEMENT', content, { translation: null })).toThrow(
    /translator: Expected a translation/,
  );
  expect(() => revise('STATEMENT', content, { translation: null, translator: null })).not.toThrow();
  expect(() => compose('STATEMENT', { ...said, originalScript: 'cyrillic' })).toThrow(
    /ISO 15924.*got "cyrillic"/,
  );
});

describe('replaced citations', () => {
  const article = {
    source: 'article',
    locator: 'p. 1',
    language: 'en',
    claims: [{ field: 'OCCURRED', value: '2019' }],
  };
  const decree = { source: 'decree', credibility: 2 };
  const before = compose('EVENT', { ...event, citations: [article, decree, decree] });
  const [first, second, third] = before.citations.map(({ id }) => id);

  test('keep their ids if unchanged, in any order, each id once', () => {
    const after = revise('EVENT', before, { citations: [decree, article, decree, decree] });
    const ids = after.citations.map(({ id }) => id);
    expect(ids.slice(0, 3)).toEqual([second, first, third]);
    expect(before.citations.map(({ id }) => id)).not.toContain(ids[3]);
    expect(after.claims).toEqual(before.claims);
  });

  test.each([
    { source: 'unread' },
    { locator: 'p. 2' },
    { excerpt: 'Words' },
    { language: 'ru' },
    { stance: 'DISPUTES' },
    { credibility: 1 },
  ])('get new ids if they differ by %j', (change) => {
    const after = revise('EVENT', before, { citations: [{ ...article, ...change }] });
    expect(after.citations[0]?.id).not.toBe(first);
    expect(after.claims[0]?.id).not.toBe(before.claims[0]?.id);
  });

  test('keep the ids of claims with the same value, whatever their rank and note', () => {
    const claims = [
      { field: 'OCCURRED', value: '2020' },
      { field: 'OCCURRED', value: '2019', rank: 'DEPRECATED', note: 'An error' },
    ];
    const after = revise('EVENT', before, { citations: [{ ...article, claims }] });
    expect(after.claims[1]).toMatchObject({ id: before.claims[0]?.id, rank: 'DEPRECATED', note: 'An error' });
    expect(after.claims[0]?.id).not.toBe(before.claims[0]?.id);
  });

  test('clear the citation of a link if that citation is gone', () => {
    const link = { toId: 'Development:other', relation: 'ANNOUNCES' as const, note: null };
    const links = [first, second].map((citationId) => ({ ...link, citationId: citationId ?? null }));
    const after = revise('EVENT', { ...before, links }, { citations: [article] });
    expect(after.links.map(({ citationId }) => citationId)).toEqual([first, null]);
    expect(revise('EVENT', { ...before, links }, { headline: 'Retold' }).links).toEqual(links);
  });
});
