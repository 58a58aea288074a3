import { expect } from 'vitest';
import { recordMany } from '../../../src/domain/development/write/record.js';
import { ReviewRequiredError } from '../../../src/domain/review/errors.js';
import { write } from '../../../src/domain/write.js';
import { CITED } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, type People, type Person, test } from './fixtures.js';

/** Publishes a draft of one editor with the approval of the other. */
async function publishedBy({ ann, ben }: People): Promise<string> {
  const slug = await draftBy(ann);
  await ben.act('approve', { slug, expectedRevision: 1 });
  const { development } = await ann.act('publishDevelopment', { slug });
  expect(development.status).toBe('PUBLISHED');
  return slug;
}

const statusOf = async ({ read }: Person, slug: string) =>
  (await read(`{ development(slug: "${slug}") { status revision } }`))['development'];

describeWithDatabase('with REVIEW=required', () => {
  test('nobody publishes what they alone wrote', async ({ people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    const fresh = { headline: 'At once', occurred: '2026', publish: true, ...CITED };
    expect(await ann.act('recordStatement', fresh)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    expect(await ann.act('publishDevelopment', { slug })).toMatchObject({ code: 'REVIEW_REQUIRED' });
    expect(await ann.act('approve', { slug, expectedRevision: 1 })).toMatchObject({ code: 'OWN_APPROVAL' });
    expect(await ann.act('publishDevelopment', { slug, overrideReview: true, reason: 'I' })).toMatchObject({
      ...{ code: 'INVALID_INPUT', path: 'overrideReview' },
    });
    expect(await statusOf(ann, slug)).toEqual({ status: 'DRAFT', revision: 1 });
    const { development } = await ben.act('publishDevelopment', { slug });
    expect(development).toMatchObject({ status: 'PUBLISHED', revision: 2 });
  });

  test('an approval stands for one revision', async ({ people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    await ben.act('approve', { slug, expectedRevision: 1 });
    const { development } = await ann.act('reviseStatement', { slug, headline: 'Something else' });
    expect(development.review).toMatchObject({
      state: 'IN_REVIEW',
      approvedBy: null,
      approvedRevision: null,
    });
    expect(await ann.act('publishDevelopment', { slug })).toMatchObject({ code: 'REVIEW_REQUIRED' });
  });

  test('changes of a published development are proposals that another accepts', async ({ people }) => {
    const { ann, ben } = people;
    const slug = await publishedBy(people);
    const changes = [
      ['reviseStatement', { headline: 'Another' }],
      ['addCitation', { source: 'source', locator: 'p. 2' }],
      ['retractDevelopment', { reason: 'Wrong' }],
    ] as const;
    for (const [name, input] of changes) {
      const result = await ann.act(name, { slug, ...input });
      expect(result, name).toMatchObject({ code: 'PROPOSED_INSTEAD', proposal: { state: 'RECEIVED' } });
      const proposal = result['proposal'].id;
      expect(await ann.act('acceptProposal', { proposal }), name).toMatchObject({ code: 'REVIEW_REQUIRED' });
      expect(await ben.act('acceptProposal', { proposal }), name).toMatchObject({
        __typename: 'AcceptProposalSuccess',
      });
    }
    expect(await statusOf(ann, slug)).toEqual({ status: 'RETRACTED', revision: 5 });
  });

  test('topics change without another, because they say nothing about the matter', async ({
    strict,
    people,
  }) => {
    await strict.data('mutation { upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename } }');
    const slug = await publishedBy(people);
    expect(await people.ann.act('reviseStatement', { slug, topics: ['topic'] })).toMatchObject({
      development: { revision: 3 },
    });
  });

  test('an ADMIN overrides it with a reason that stands in the revision', async ({ people: { admin } }) => {
    const slug = await draftBy(admin);
    const input = { slug, overrideReview: true, reason: 'Nobody else is there' };
    const { development } = await admin.act(
      'publishDevelopment',
      input,
      'development { revisions(first: 1) { nodes { reason } } review { history { act note } } }',
    );
    expect(development.revisions.nodes[0].reason).toBe('Without review: Nobody else is there');
    expect(development.review.history).toContainEqual({
      ...{ act: 'OVERRIDDEN', note: 'Without review: Nobody else is there' },
    });
    const atOnce = { headline: 'At once', occurred: '2026', publish: true, ...CITED };
    await admin.act('recordStatement', { ...atOnce, overrideReview: true, reason: 'Urgent' });
    const { audit } = await admin.read('{ audit(first: 2) { nodes { act actor detail } } }');
    expect(audit.nodes).toEqual([
      { act: 'OVERRIDDEN', actor: 'chief', detail: { revision: 1 } },
      { act: 'OVERRIDDEN', actor: 'chief', detail: { revision: 2 } },
    ]);
  });

  test('writes of many developments follow it too', async ({ strict: { db } }) => {
    const fields = {
      headline: 'H',
      occurred: { edtf: '2026', earliest: '2026-01-01', latest: '2026-12-31', precision: 'YEAR' },
    };
    const item = { kind: 'STATEMENT', fields: { ...fields, ...CITED } } as never;
    const writer = { db, editor: 'import', wake: () => {} };
    const recording = write(writer, { operation: 'test', input: null }, (tx) =>
      recordMany(tx, [item], true, { editor: 'import', reason: null }),
    );
    await expect(recording).rejects.toThrow(ReviewRequiredError);
  });

  test('of twenty approvals at once one counts', async ({ strict, people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => ben.act('approve', { slug, expectedRevision: 1 })),
    );
    expect(results.filter(({ __typename }) => __typename === 'ApproveSuccess')).toHaveLength(1);
    await expectVerified(strict.db);
  });

  test('an edit and an approval at once never publish what nobody saw', async ({
    strict,
    people: { ann, ben },
  }) => {
    for (let round = 0; round < 5; round += 1) {
      const slug = await draftBy(ann);
      const [, approval] = await Promise.all([
        ann.act('reviseStatement', { slug, headline: 'Slipped in' }),
        ben.act('approve', { slug, expectedRevision: 1 }),
      ]);
      expect(['ApproveSuccess', 'RevisionConflictError']).toContain(approval.__typename);
      expect(await ann.act('publishDevelopment', { slug })).toMatchObject({ code: 'REVIEW_REQUIRED' });
    }
    await expectVerified(strict.db);
  });
});
