import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { followDesk } from '../desk/desk-client.js';
import { draftBy, test } from './fixtures.js';

describeWithDatabase('the desk', () => {
  test('sees each act on a draft in the queue, also one that leaves its state', async ({
    strict,
    people: { ann, ben },
  }) => {
    const desk = await followDesk(strict, { token: ben.token });
    const slug = await draftBy(ann);
    const isIt = (change: any) => change.development?.slug === slug;
    await desk.until(isIt);
    const acts = [
      ['submitForReview', {}],
      ['assign', { assignee: 'ben' }],
      ['requestChanges', { note: 'Which day?' }],
      ['requestChanges', { note: 'And which place?' }],
      ['approve', { expectedRevision: 1 }],
    ] as const;
    for (const [name, input] of acts) {
      const told = desk.until(isIt);
      await ben.act(name, { slug, ...input });
      await told;
    }
    await desk.stop();
  });

  test('sees proposals come, being assigned and decided', async ({ strict, people: { ann, carl } }) => {
    const desk = await followDesk(strict, { token: ann.token });
    const made = await carl.act('recordStatement', { headline: 'Proposed live', occurred: '2026', ...CITED });
    const proposal = made['proposal'].id;
    const isIn = (state: string) => (change: any) =>
      change.proposal?.id === proposal && change.proposal.state === state;
    expect(await desk.until(isIn('RECEIVED'))).toMatchObject({
      ...{ __typename: 'DeskProposalChanged', proposal: { headline: 'Proposed live' } },
    });
    await ann.act('assignProposal', { proposal, assignee: 'ann' }, 'proposal { id }');
    expect(await desk.until(isIn('IN_REVIEW'))).toMatchObject({ proposal: { assignee: 'ann' } });
    await ann.act('rejectProposal', { proposal, reason: 'Not now.' }, 'proposal { id }');
    await desk.until(isIn('REJECTED'));
    await desk.stop();
  });
});
