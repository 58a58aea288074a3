import { expect } from 'vitest';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, type Person, test } from './fixtures.js';

const RESULT = `bulk { key count } changed unchanged failed items { slug outcome revision failure { code } }`;
const PREVIEW = `query ($input: BulkPreviewInput!) { bulkPreview(input: $input) {
  changing unchanged failing items { slug outcome revision failure { code } changes { field } } } }`;

const at = (slugs: readonly string[], revision = 1) =>
  slugs.map((slug) => ({ slug, expectedRevision: revision }));

const change = ({ act }: Person, slugs: readonly string[], action: object, more: object = {}) =>
  act('bulkChange', { items: at(slugs), action, ...more }, RESULT);

const undo = ({ act }: Person, bulk: string) => act('undoBulk', { bulk }, 'items { slug outcome reason }');

const reviewOf = async ({ read }: Person, slug: string) =>
  (
    await read(`{ development(slug: "${slug}") { status revision review {
      state assignee approvedBy approvedRevision history { act by note } } } }`)
  )['development'];

const outcomes = ({ items }: Record<string, any>) =>
  items.map(({ outcome, failure }: any) => failure?.code ?? outcome);

describeWithDatabase('bulk changes of reviews', () => {
  test('approve what others wrote, as the preview says of each', async ({ strict, people }) => {
    const { ann, ben } = people;
    const [first, second] = [await draftBy(ann), await draftBy(ann)];
    const own = await draftBy(ben);
    const slugs = [first, own, second];
    const { bulkPreview } = await ben.read(PREVIEW, {
      input: { items: at(slugs), action: { approve: true } },
    });
    expect(bulkPreview).toMatchObject({ changing: 2, unchanged: 0, failing: 1 });
    expect(bulkPreview.items[0]).toEqual({
      slug: first,
      outcome: 'CHANGES',
      revision: 1,
      failure: null,
      changes: [],
    });
    expect(outcomes(bulkPreview)).toEqual(['CHANGES', 'OWN_APPROVAL', 'CHANGES']);
    expect(await change(ben, slugs, { approve: true })).toMatchObject({ code: 'BULK_REFUSED' });
    expect((await reviewOf(ben, first)).review.approvedBy).toBeNull();
    const done = await change(ben, slugs, { approve: true }, { skipFailing: true, reason: 'Checked.' });
    expect(done).toMatchObject({ changed: 2, failed: 1, bulk: { count: 2 } });
    expect(await reviewOf(ann, second)).toMatchObject({
      revision: 1,
      review: {
        ...{ state: 'APPROVED', approvedBy: 'ben', approvedRevision: 1 },
        history: [{ act: 'APPROVED', by: 'ben', note: 'Checked.' }],
      },
    });
    expect(await change(ben, [first, second], { approve: true })).toMatchObject({ unchanged: 2, bulk: null });
    await expectVerified(strict.db);
  });

  test('the undo of approvals withdraws those that still stand', async ({ strict, people: { ann, ben } }) => {
    const slugs = [await draftBy(ann), await draftBy(ann), await draftBy(ann)];
    const [stands = '', published = '', edited = ''] = slugs;
    const { bulk } = await change(ben, slugs, { approve: true });
    await ann.act('publishDevelopment', { slug: published });
    await ann.act('reviseStatement', { slug: edited, headline: 'Edited' });
    const undone = await undo(ann, bulk.key);
    expect(new Map(undone['items'].map(({ slug, outcome }: any) => [slug, outcome]))).toEqual(
      new Map([
        [stands, 'REVERTED'],
        [published, 'KEPT'],
        [edited, 'KEPT'],
      ]),
    );
    expect((await reviewOf(ann, stands)).review).toMatchObject({ state: 'IN_REVIEW', approvedBy: null });
    expect(await ann.act('publishDevelopment', { slug: stands })).toMatchObject({ code: 'REVIEW_REQUIRED' });
    expect((await undo(ann, bulk.key))['items']).toContainEqual({
      ...{ slug: stands, outcome: 'UNDONE_BEFORE', reason: null },
    });
    await expectVerified(strict.db);
  });

  test('assign drafts, and give them back to who had them', async ({ people: { ann, ben } }) => {
    const [one = '', other = ''] = [await draftBy(ann), await draftBy(ann)];
    await ann.act('assign', { slug: one, assignee: 'chief' });
    const { bulk, changed } = await change(ann, [one, other], { assign: { assignee: 'ben' } });
    expect(changed).toBe(2);
    expect(await change(ben, [one, other], { assign: { assignee: 'ben' } })).toMatchObject({ unchanged: 2 });
    await undo(ben, bulk.key);
    expect((await reviewOf(ann, one)).review.assignee).toBe('chief');
    expect((await reviewOf(ann, other)).review.assignee).toBeNull();
    expect(await change(ann, [one], { assign: { assignee: '' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test('publish nothing that one alone wrote, and nothing discarded', async ({ strict, people }) => {
    const { ann, ben } = people;
    const [own = '', approved = '', discarded = ''] = [
      await draftBy(ann),
      await draftBy(ann),
      await draftBy(ann),
    ];
    const others = await draftBy(ben);
    await ben.act('approve', { slug: approved, expectedRevision: 1 });
    await ben.act('discardDraft', { slug: discarded, reason: 'Twice.' });
    const slugs = [own, approved, discarded, others];
    const codes = ['REVIEW_REQUIRED', 'CHANGES', 'WRONG_STATUS', 'CHANGES'];
    const { bulkPreview } = await ann.read(PREVIEW, {
      input: { items: at(slugs), action: { publish: true } },
    });
    expect(outcomes(bulkPreview)).toEqual(codes);
    const done = await change(ann, slugs, { publish: true }, { skipFailing: true });
    expect(outcomes(done)).toEqual(codes);
    // Once they are public, nobody withdraws or regrades them alone.
    const retracting = await ann.act(
      'bulkChange',
      { items: at([approved, others], 2), action: { retract: true }, reason: 'Wrong.', skipFailing: true },
      RESULT,
    );
    expect(outcomes(retracting)).toEqual(['REVIEW_REQUIRED', 'REVIEW_REQUIRED']);
    expect(await undo(ann, done['bulk'].key)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    await expectVerified(strict.db);
  });

  test('of twenty bulk approvals at once one counts', async ({ strict, people: { ann, ben } }) => {
    const slugs = await Promise.all(Array.from({ length: 5 }, () => draftBy(ann)));
    const results = await Promise.all(
      Array.from({ length: 20 }, () => change(ben, slugs, { approve: true })),
    );
    expect(results.map(({ changed }) => changed).sort((one, other) => one - other)).toEqual([
      ...Array(19).fill(0),
      5,
    ]);
    expect((await reviewOf(ben, slugs[0] ?? '')).review.history).toHaveLength(1);
    await expectVerified(strict.db);
  });
});
