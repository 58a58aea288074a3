import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, type People, type Person, test } from './fixtures.js';

const RESULT = `bulk { key count action } cursor accepted rejected failed
  items { outcome failure { code } proposal { state decision revision development { slug } } }`;

/** Proposes a change, and returns the id of the proposal. */
async function propose({ act }: Person, name: string, input: object): Promise<string> {
  return (await act(name, input))['proposal'].id;
}

const fresh = (carl: Person, slug: string, more: object = {}) =>
  propose(carl, 'recordStatement', { slug, headline: slug, occurred: '2026', ...CITED, ...more });

const decide = ({ act }: Person, proposals: readonly string[], decision: string, more: object = {}) =>
  act('decideProposals', { proposals, decision, ...more }, RESULT);

/** A published statement. */
async function published({ ann, ben }: People): Promise<string> {
  const slug = await draftBy(ann);
  await ben.act('publishDevelopment', { slug });
  return slug;
}

const stateOf = async ({ read }: Person, slug: string) =>
  (await read(`{ development(slug: "${slug}") { status headline summary revision } }`))['development'];

const outcomes = ({ items }: Record<string, any>) =>
  items.map(({ outcome, failure }: any) => failure?.code ?? outcome);

describeWithDatabase('decisions about many proposals', () => {
  test('accept them as one act, in their order, which can be undone', async ({ strict, people }) => {
    const { ben, carl, reader } = people;
    const [changed, gone] = [await published(people), await published(people)];
    const proposals = [
      await fresh(carl, 'many-new'),
      await propose(carl, 'reviseStatement', { slug: changed, headline: 'One', reason: 'First' }),
      await propose(carl, 'reviseStatement', { slug: changed, summary: 'Two' }),
      await propose(people.ann, 'retractDevelopment', { slug: gone, reason: 'Wrong' }),
      await fresh(carl, 'many-new'),
    ];
    const done = await decide(ben, proposals, 'ACCEPT');
    expect(done).toMatchObject({ accepted: 5, rejected: 0, failed: 0, bulk: { count: 4 } });
    expect(done['items'].map(({ proposal }: any) => [proposal.state, proposal.revision])).toEqual([
      ...[
        ['ACCEPTED', 1],
        ['ACCEPTED', 3],
        ['ACCEPTED', 3],
      ],
      ...[
        ['ACCEPTED', 3],
        ['ACCEPTED', 1],
      ],
    ]);
    const slugs = done['items'].map(({ proposal }: any) => proposal.development.slug);
    expect(slugs).toEqual(['many-new', changed, changed, gone, expect.stringMatching(/^many-new-/)]);
    expect(await stateOf(reader, changed)).toEqual({
      ...{ status: 'PUBLISHED', headline: 'One', summary: 'Two', revision: 3 },
    });
    expect((await stateOf(reader, gone)).status).toBe('RETRACTED');
    const { development } = await ben.read(
      `{ development(slug: "${changed}") { revisions(first: 1) { nodes { editor reason act } } } }`,
    );
    const act = `bulk:${done['bulk'].key}`;
    expect(development.revisions.nodes).toEqual([{ editor: 'ben', reason: 'First', act }]);
    expect((await ben.read('{ feedHead }'))['feedHead']).toBe(done['cursor']);

    const undo = ({ act: send }: Person) =>
      send('undoBulk', { bulk: done['bulk'].key }, 'items { slug outcome }');
    expect(await undo(ben)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    const undone = await undo(people.ann);
    const of = (slug: string) => undone['items'].find((item: any) => item.slug === slug).outcome;
    expect([of(changed), of(gone), of('many-new')]).toEqual(['REVERTED', 'KEPT', 'RETRACTED']);
    expect(await stateOf(reader, changed)).toMatchObject({ summary: '', revision: 4 });
    await expectVerified(strict.db);
  });

  test('refuse together what is refused one after the other', async ({ strict, people }) => {
    const { ann, ben, carl } = people;
    const [one = '', other = '', ...rest] = await Promise.all(
      Array.from({ length: 4 }, () => published(people)),
    );
    const [third = '', fourth = ''] = rest;
    const retract = (slug: string, successor: string) =>
      propose(ann, 'retractDevelopment', { slug, successor, reason: 'The same thing' });
    const link = (slug: string, to: string) =>
      propose(ann, 'linkDevelopments', { slug, to, relation: 'PART_OF' });
    const rename = (slug: string) => propose(carl, 'reviseStatement', { slug, newSlug: 'wanted-by-two' });
    const proposals = [
      ...[await retract(one, other), await retract(other, one)],
      ...[await link(third, fourth), await link(fourth, third)],
      ...[await rename(third), await rename(fourth)],
    ];
    const done = await decide(ben, proposals, 'ACCEPT', { skipFailing: true });
    expect(outcomes(done)).toEqual([
      ...['ACCEPTED', 'INVALID_INPUT', 'ACCEPTED', 'INVALID_INPUT', 'ACCEPTED', 'SLUG_TAKEN'],
    ]);
    await expectVerified(strict.db);
  });

  test('accept new developments as drafts, if asked', async ({ people: { ben, carl, reader } }) => {
    const proposals = [await fresh(carl, 'as-draft')];
    expect(await decide(ben, proposals, 'ACCEPT_AS_DRAFT')).toMatchObject({ accepted: 1, cursor: null });
    expect((await stateOf(ben, 'as-draft')).status).toBe('DRAFT');
    expect(await stateOf(reader, 'as-draft')).toBeNull();
  });

  test('reject them, for a reason that their authors read', async ({ people: { ben, carl } }) => {
    const proposals = [await fresh(carl, 'bad-one'), await fresh(carl, 'bad-two')];
    expect(await decide(ben, proposals, 'REJECT')).toMatchObject({ code: 'INVALID_INPUT', path: 'reason' });
    const done = await decide(ben, proposals, 'REJECT', { reason: 'Not ours.' });
    expect(done).toMatchObject({ accepted: 0, rejected: 2, bulk: null, cursor: null });
    const { myProposals } = await carl.read('{ myProposals(first: 2) { nodes { state decision } } }');
    expect(myProposals.nodes).toEqual(Array(2).fill({ state: 'REJECTED', decision: 'Not ours.' }));
  });

  test('are refused as a whole if one fails, or made for the others', async ({ strict, people }) => {
    const { ann, ben, carl } = people;
    const slug = await published(people);
    const other = await published(people);
    const stale = await propose(carl, 'reviseStatement', { slug, headline: 'Late' });
    const decided = await fresh(carl, 'decided-before');
    await ben.act('rejectProposal', { proposal: decided, reason: 'No' }, 'proposal { id }');
    await ben.act('acceptProposal', {
      proposal: await propose(carl, 'reviseStatement', { slug, headline: 'Early' }),
    });
    const own = await propose(ben, 'reviseStatement', { slug: other, summary: 'By Ben' });
    const good = await fresh(carl, 'good-one');
    const proposals = [stale, decided, own, good];
    const refused = await decide(ben, proposals, 'ACCEPT');
    expect(refused).toMatchObject({ code: 'DECISIONS_REFUSED', path: 'proposals' });
    expect(await stateOf(ben, 'good-one')).toBeNull();
    const done = await decide(ben, proposals, 'ACCEPT', { skipFailing: true });
    expect(outcomes(done)).toEqual(['PROPOSAL_CONFLICT', 'PROPOSAL_DECIDED', 'REVIEW_REQUIRED', 'ACCEPTED']);
    expect(done).toMatchObject({ accepted: 1, failed: 3 });
    expect(await decide(ann, [own], 'ACCEPT')).toMatchObject({ accepted: 1 });
    const again = await decide(ann, [own, own], 'ACCEPT');
    expect(again).toMatchObject({ code: 'INVALID_INPUT', path: 'proposals' });
    await expectVerified(strict.db);
  });

  test('made by two editors at once decide about each proposal once', async ({ strict, people }) => {
    const { ann, ben, carl, admin } = people;
    const proposals: string[] = [];
    for (let index = 0; index < 8; index += 1) proposals.push(await fresh(carl, `raced-${index}`));
    const results = await Promise.all(
      [ann, ben, admin].map((person, index) =>
        decide(person, index === 1 ? proposals.toReversed() : proposals, index === 2 ? 'REJECT' : 'ACCEPT', {
          ...{ skipFailing: true, reason: 'At once' },
        }),
      ),
    );
    const count = (of: string) => results.reduce((sum, result) => sum + result[of], 0);
    expect(count('accepted') + count('rejected')).toBe(8);
    expect(count('failed')).toBe(16);
    await expectVerified(strict.db);
  });
});
