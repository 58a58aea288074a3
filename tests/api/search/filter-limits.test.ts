import { expect } from 'vitest';
import { DEVELOPMENTS } from '../../../src/dossier/developments.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { complaints, refuseFailure } from '../../support/hostile/raw.js';
import { pick } from '../../support/matching-slugs.js';
import { test } from '../../support/shared.js';

describeWithDatabase('the filter selects by', () => {
  test('recordedSince, including that instant', async ({ server }) => {
    for (const slug of ['earlier', 'later']) await publishStatement(server, slug, { slug });
    const { development } = await server.data('{ development(slug: "later") { recordedAt } }');
    expect(await pick(server, { recordedSince: development.recordedAt })).toContain('later');
    const { developments } = await server.data(
      '{ developments(orderBy: { field: RECORDED, direction: ASC }) { nodes { recordedAt } } }',
    );
    expect(await pick(server, { recordedSince: developments.nodes[0].recordedAt })).toEqual([
      'earlier',
      'later',
    ]);
  });

  test('status at any depth, and by default only published developments', async ({ server }) => {
    await publishStatement(server, 'Withdrawn', { slug: 'withdrawn', occurred: '1900' });
    await server.data(
      'mutation { retractDevelopment(input: { slug: "withdrawn", reason: "Wrong" }) { __typename } }',
    );
    await publishStatement(server, 'Draft', { slug: 'drafted', occurred: '1900', publish: false });
    const inYear = { occurred: { within: '1900' } };
    expect(await pick(server, inYear)).toEqual([]);
    expect(await pick(server, { ...inYear, status: ['RETRACTED', 'DRAFT'] })).toEqual([
      'drafted',
      'withdrawn',
    ]);
    expect(await pick(server, { and: [inYear, { status: ['RETRACTED'] }] })).toEqual(['withdrawn']);
    expect(await pick(server, { ...inYear, not: { status: ['DRAFT'] } })).toEqual(['withdrawn']);
  });
});

describeWithDatabase('the filter refuses', () => {
  const deep = (levels: number): object => (levels === 0 ? {} : { not: deep(levels - 1) });

  test.for<[string, object, RegExp]>([
    ['a malformed slug', { treaty: ['INF Treaty'] }, /treaty: Expected a slug such as/],
    ['a malformed country', { country: ['Russia'] }, /country: Expected an ISO 3166-1 alpha-2 code/],
    ['a malformed range', { occurred: { within: 'last week' } }, /within: Expected an EDTF date/],
    [
      'a text of 17 words',
      { text: 'a '.repeat(17) },
      /Expected text of at most 16 words and 1000 characters.*got 17 words/,
    ],
    ['a text of 1,001 characters', { text: 'a'.repeat(1_001) }, /got 1 words, 1001 characters/],
    ['101 parts', { and: Array(100).fill({}) }, /Expected a filter of at most 100 parts/],
    ['17 levels of nesting', deep(17), /nested at most 16 deep/],
  ])('%s', async ([, filter, message], { dossier }) => {
    for (const field of [
      'developments(filter: $filter) { totalCount }',
      'timeline(filter: $filter, interval: DAY) { count }',
    ]) {
      const answer = await dossier.request(`query ($filter: DevelopmentFilter) { ${field} }`, {
        variables: { filter },
      });
      refuseFailure(dossier, answer);
      expect(complaints(answer)).toMatch(message);
    }
  });

  test('nothing within its limits', async ({ dossier }) => {
    expect(await pick(dossier, deep(16))).toHaveLength(DEVELOPMENTS.length);
    expect(await pick(dossier, { or: Array(99).fill({ disputed: true }) })).toHaveLength(4);
    expect(await pick(dossier, { text: 'missiles '.repeat(16) })).not.toEqual([]);
  });
});
