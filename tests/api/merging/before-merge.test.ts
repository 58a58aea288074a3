import { expect } from 'vitest';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import '../../../src/intake/record-names.js';
import { createToken } from '../../../src/domain/token.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { expectWhole, mutate } from '../../support/writes.js';
import { send } from '../desk/desk-client.js';
import { add } from '../inbox/inbox-client.js';
import { makeActors, merge } from './merge-client.js';

const SPEAKERS = '... on Statement { participants { actor { slug } } citations { source { slug } } }';

/** Sends a mutation of a contributor. Returns the id of the proposal that it becomes. */
async function propose(server: TestServer, token: string, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const { data } = await server.request<any>(
    `mutation ($input: ${type}Input!) { it: ${name}(input: $input) { ... on ProposedInsteadError { proposal { id } } } }`,
    { variables: { input }, token },
  );
  return data.it.proposal.id;
}

describeWithDatabase('what was written before a merge', () => {
  test('as a proposal, is accepted with the survivor', async ({ server }) => {
    await makeActors(server, { one: 'One Name', other: 'Other Name', third: 'Third Name' });
    await mutate(server, 'upsertSource', { slug: 'copy', title: 'Copy' });
    const talk = {
      ...{ headline: 'Talk', occurred: '2020', citations: [{ source: 'source' }] },
      participants: [{ actor: 'one', role: 'SPEAKER' }],
    };
    await mutate(server, 'recordStatement', { ...talk, slug: 'talk', publish: true });
    const token = await createToken(server.db, { name: 'Carl', role: 'CONTRIBUTOR' });
    const claims = [{ field: 'SPEAKER', value: ['one'] }];
    const fresh = await propose(server, token, 'recordStatement', {
      ...{ ...talk, slug: 'fresh', citations: [{ source: 'copy', claims }] },
    });
    const changed = await propose(server, token, 'reviseStatement', {
      slug: 'talk',
      participants: [
        { actor: 'one', role: 'SPEAKER' },
        { actor: 'third', role: 'SPEAKER' },
      ],
    });
    await merge(server, 'mergeActors', 'one', 'other');
    await merge(server, 'mergeSources', 'copy', 'source');
    const { node } = await server.data<any>(
      `{ node(id: "${changed}") { ... on Proposal { differences { field base proposed isConflict } } } }`,
    );
    const speakers = (...slugs: string[]) => slugs.map((actor) => expect.objectContaining({ actor }));
    expect(node.differences).toEqual([
      {
        field: 'participants',
        base: speakers('other'),
        proposed: speakers('other', 'third'),
        isConflict: false,
      },
    ]);
    const accept = (proposal: string) =>
      send(server, 'acceptProposal', { proposal }, `development { slug ${SPEAKERS} }`);
    expect((await accept(fresh)).development).toEqual({
      slug: 'fresh',
      participants: [{ actor: { slug: 'other' } }],
      citations: [{ source: { slug: 'source' } }],
    });
    expect((await accept(changed)).development.participants).toEqual([
      { actor: { slug: 'other' } },
      { actor: { slug: 'third' } },
    ]);
    await expectWhole(server);
  });

  test('names the survivor in the suggestions of articles', async ({ server }) => {
    await makeActors(server, { 'anna-lebedeva': 'Anna Lebedeva', 'a-lebedewa': 'Anna Lebedewa' });
    const { item } = await add(server, {
      text: '“We see no reason to keep it,” Anna Lebedeva told reporters.',
      url: 'https://www.example.org/moratorium',
      language: 'en',
    });
    await merge(server, 'mergeActors', 'anna-lebedeva', 'a-lebedewa');
    const { inboxItem } = await server.data<any>(
      `{ inboxItem(id: "${item.id}") { suggestions(kind: [NAME]) { fields } } }`,
    );
    expect(inboxItem.suggestions).toEqual([
      { fields: expect.objectContaining({ slug: 'a-lebedewa', referenceKind: 'PERSON' }) },
    ]);
  });
});
