import { expect } from 'vitest';
import { saveProposals } from '../../../src/domain/proposals/propose.js';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, test } from './fixtures.js';

const MINE = '{ myProposals { totalCount nodes { id state decision revision development { slug } } } }';

describeWithDatabase('a contributor', () => {
  test('proposes, and sees what became of each proposal', async ({ people: { ann, ben, carl } }) => {
    const slug = await draftBy(ann);
    await ben.act('publishDevelopment', { slug });
    const fresh = { headline: 'Proposed', occurred: '2026', ...CITED };
    const made = await carl.act('recordStatement', { ...fresh, slug: 'proposed-by-carl' });
    expect(made).toMatchObject({ code: 'PROPOSED_INSTEAD', proposal: { state: 'RECEIVED' } });
    const change = await carl.act('reviseStatement', { slug, headline: 'Better', summary: 'Longer' });
    expect(change['proposal'].fields).toEqual(['headline', 'summary']);
    const other = await carl.act('recordStatement', { ...fresh, headline: 'Bad' });
    await ben.act(
      'rejectProposal',
      { proposal: other['proposal'].id, reason: 'Not a statement' },
      'proposal { id }',
    );
    await ben.act('acceptProposal', { proposal: made['proposal'].id });
    await ann.act('acceptProposal', { proposal: change['proposal'].id, fields: ['headline'] });
    const { myProposals } = await carl.read(MINE);
    expect(myProposals.nodes).toEqual([
      {
        id: other['proposal'].id,
        state: 'REJECTED',
        decision: 'Not a statement',
        revision: null,
        development: null,
      },
      { id: change['proposal'].id, state: 'ACCEPTED', decision: null, revision: 3, development: { slug } },
      {
        id: made['proposal'].id,
        state: 'ACCEPTED',
        decision: null,
        revision: 1,
        development: { slug: 'proposed-by-carl' },
      },
    ]);
    const { development } = await carl.read(`{ development(slug: "${slug}") { headline summary } }`);
    expect(development).toEqual({ headline: 'Better', summary: '' });
  });

  test('learns nothing of drafts, not by errors either', async ({
    people: { ann, carl, reader },
    strict,
  }) => {
    const slug = await draftBy(ann);
    const hidden = await carl.act('reviseStatement', { slug, headline: 'X', expectedRevision: 7 });
    const unknown = await carl.act('reviseStatement', { slug: 'nothing-here', headline: 'X' });
    expect(hidden['code']).toBe('UNKNOWN_SLUG');
    expect(hidden['message'].replace(slug, '…')).toBe(unknown['message'].replace('nothing-here', '…'));
    const taken = await carl.act('recordStatement', { slug, headline: 'X', occurred: '2026' });
    expect(taken['code']).toBe('PROPOSED_INSTEAD');
    const { id } = taken['proposal'];
    const { data } = await strict.request(`{ node(id: "${id}") { id } }`, { token: reader.token });
    expect(data).toEqual({ node: null });
    expect(await carl.read(`{ node(id: "${id}") { id } }`)).toEqual({ node: { id } });
  });

  test('uses no other mutations', async ({ strict, people: { ann, carl } }) => {
    const slug = await draftBy(ann);
    const query = `mutation { publishDevelopment(input: { slug: "${slug}" }) { __typename } }`;
    const { errors } = await strict.request(query, { token: carl.token });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describeWithDatabase('proposals', () => {
  test('that meet a later change are accepted only field by field', async ({
    people: { ann, ben, carl },
  }) => {
    const slug = await draftBy(ann);
    await ben.act('publishDevelopment', { slug });
    const first = await carl.act('reviseStatement', { slug, headline: 'One', summary: 'S' });
    const second = await carl.act('reviseStatement', { slug, headline: 'Two' });
    await ben.act('acceptProposal', { proposal: second['proposal'].id });
    const proposal = first['proposal'].id;
    expect(await ben.act('acceptProposal', { proposal })).toMatchObject({
      ...{ code: 'PROPOSAL_CONFLICT', fields: ['headline'] },
    });
    const { node } = await ben.read(
      `{ node(id: "${proposal}") { ... on Proposal { differences { field base current proposed isConflict } } } }`,
    );
    expect(node.differences).toEqual([
      {
        field: 'headline',
        base: expect.stringMatching(/^Draft/),
        current: 'Two',
        proposed: 'One',
        isConflict: true,
      },
      { field: 'summary', base: null, current: null, proposed: 'S', isConflict: false },
    ]);
    await ben.act('acceptProposal', { proposal, fields: ['summary'] });
    const { development } = await carl.read(`{ development(slug: "${slug}") { headline summary } }`);
    expect(development).toEqual({ headline: 'Two', summary: 'S' });
  });

  test('are counted by state in a flood', async ({ strict, people: { ben, carl } }) => {
    await carl.act('recordStatement', { headline: 'Flood', occurred: '2026', ...CITED });
    const { content } = await strict.db.proposal.findFirstOrThrow({ where: { author: 'carl' } });
    const one = { act: 'RECORD', author: 'flood', reason: null, content, fields: ['headline'] } as never;
    await saveProposals(
      strict.db,
      Array.from({ length: 2_000 }, () => one),
    );
    const { proposalCounts, proposals } = await ben.read(`{
      proposalCounts(author: "flood") { state count }
      proposals(author: "flood", first: 100) { totalCount pageInfo { hasNextPage } nodes { id } }
    }`);
    expect(proposalCounts[0]).toEqual({ state: 'RECEIVED', count: 2_000 });
    expect(proposals).toMatchObject({ totalCount: 2_000, pageInfo: { hasNextPage: true } });
    const taken = proposals.nodes.slice(0, 10);
    for (const { id } of taken)
      await ben.act('rejectProposal', { proposal: id, reason: 'No' }, 'proposal { id }');
    const counts = (await ben.read('{ proposalCounts(author: "flood") { state count } }'))['proposalCounts'];
    expect(counts).toEqual([
      ...[
        { state: 'RECEIVED', count: 1_990 },
        { state: 'IN_REVIEW', count: 0 },
        { state: 'ACCEPTED', count: 0 },
      ],
      ...[
        { state: 'REJECTED', count: 10 },
        { state: 'WITHDRAWN', count: 0 },
      ],
    ]);
  });
});
