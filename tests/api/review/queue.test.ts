import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, test } from './fixtures.js';

const QUEUE = `query ($state: [ReviewState!]) {
  drafts(state: $state, orderBy: { field: RECORDED, direction: ASC }) { totalCount nodes { slug review { state } } }
}`;

describeWithDatabase('the queue', () => {
  test('takes a draft from submission to approval to publication', async ({ people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    const submitted = await ann.act('submitForReview', { slug, assignee: 'ben', note: 'Please look' });
    expect(submitted['development'].review).toMatchObject({
      state: 'IN_REVIEW',
      author: 'ann',
      assignee: 'ben',
    });
    const asked = await ben.act(
      'requestChanges',
      { slug, expectedRevision: 1, fields: [{ field: 'headline', text: 'Too short' }] },
      'development { review { state notes { field text by revision } } }',
    );
    expect(asked['development'].review).toEqual({
      state: 'CHANGES_REQUESTED',
      notes: [{ field: 'headline', text: 'Too short', by: 'ben', revision: 1 }],
    });
    await ann.act('reviseStatement', { slug, headline: 'A longer headline' });
    await ann.act('submitForReview', { slug });
    const stale = await ben.act('approve', { slug, expectedRevision: 1 });
    expect(stale['code']).toBe('REVISION_CONFLICT');
    const approved = await ben.act('approve', { slug, expectedRevision: 2 });
    expect(approved['development'].review).toMatchObject({
      ...{ state: 'APPROVED', approvedBy: 'ben', approvedRevision: 2, reviewers: ['ben'] },
    });
    const published = await ann.act(
      'publishDevelopment',
      { slug },
      'cursor development { status review { state history { act by } } }',
    );
    expect(published).toMatchObject({ cursor: expect.any(String), development: { status: 'PUBLISHED' } });
    expect(
      published['development'].review.history.map(({ act, by }: Record<string, string>) => `${act} ${by}`),
    ).toEqual([
      ...['PUBLISHED ann', 'APPROVED ben', 'SUBMITTED ann', 'CHANGES_REQUESTED ben', 'SUBMITTED ann'],
    ]);
  });

  test('lists drafts by state, and counts each state', async ({ people: { ann, ben } }) => {
    const waiting = await draftBy(ann, { topics: [] });
    await ann.act('submitForReview', { slug: waiting });
    const gone = await draftBy(ann);
    await ben.act('discardDraft', { slug: gone, reason: 'Twice' });
    const slugsOf = async (state?: string[]) =>
      (await ben.read(QUEUE, { state }))['drafts'].nodes.map(({ slug }: { slug: string }) => slug);
    expect(await slugsOf(['IN_REVIEW'])).toContain(waiting);
    expect(await slugsOf()).toContain(waiting);
    expect(await slugsOf()).not.toContain(gone);
    expect(await slugsOf(['DISCARDED'])).toEqual([gone]);
    const { draftCounts } = await ben.read('{ draftCounts(author: "ann") { state count } }');
    expect(draftCounts).toContainEqual({ state: 'DISCARDED', count: 1 });
    expect(draftCounts.map(({ state }: { state: string }) => state)).toEqual([
      ...['DRAFT', 'IN_REVIEW', 'CHANGES_REQUESTED', 'APPROVED', 'SCHEDULED', 'DISCARDED'],
    ]);
  });

  test('refuses changes of a discarded draft', async ({ people: { ann, ben } }) => {
    const slug = await draftBy(ann);
    await ben.act('discardDraft', { slug, reason: 'Wrong' });
    for (const [name, input] of [
      ['reviseStatement', { headline: 'Back' }],
      ['publishDevelopment', {}],
      ['approve', { expectedRevision: 1 }],
      ['submitForReview', {}],
    ] as const) {
      expect(await ann.act(name, { slug, ...input }), name).toMatchObject({
        __typename: expect.stringMatching(/Error$/),
      });
    }
  });

  test('is not for readers and contributors', async ({ strict, people: { ann, reader, carl } }) => {
    const slug = await draftBy(ann);
    for (const token of [reader.token, carl.token, null]) {
      const query = `{ drafts { totalCount } proposals { totalCount } draftCounts { count } proposalCounts { count }
        development(slug: "${slug}") { slug } }`;
      const { data, errors } = await strict.request(query, { token });
      expect(errors).toHaveLength(4);
      expect(data).toEqual({
        ...{ drafts: null, proposals: null, draftCounts: null, proposalCounts: null, development: null },
      });
    }
  });
});
