import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { type Person, test } from './fixtures.js';

const PROPOSED = 2_000;
/** Root fields of a request. */
const AT_ONCE = 20;
/** Each of the two editors decides about so many, in acts of a page. */
const [CLEARED, PAGE] = [250, 50];

/** Proposes many statements in few requests. */
async function flood({ read }: Person): Promise<void> {
  for (let done = 0; done < PROPOSED; done += AT_ONCE) {
    const names = Array.from({ length: AT_ONCE }, (_, index) => `f${done + index}`);
    await read(
      `mutation (${names.map((name) => `$${name}: RecordStatementInput!`).join(' ')}) {
        ${names.map((name) => `${name}: recordStatement(input: $${name}) { __typename }`).join(' ')} }`,
      Object.fromEntries(
        names.map((name) => [name, { slug: name, headline: `Flood ${name}`, occurred: '2026', ...CITED }]),
      ),
    );
  }
}

/** The number of proposals of the contributor, by state. */
async function counts({ read }: Person): Promise<Record<string, number>> {
  const { proposalCounts } = await read('{ proposalCounts(author: "carl") { state count } }');
  return Object.fromEntries(proposalCounts.map(({ state, count }: any) => [state, count]));
}

/** Decides about pages from one end of the list, as the desk does: accepts one page, rejects the next. */
async function clear(person: Person, side: 'first' | 'last', seen: Record<string, number>[]): Promise<void> {
  for (let done = 0; done < CLEARED; done += PAGE) {
    const { proposals } = await person.read(
      `{ proposals(state: [RECEIVED], author: "carl", ${side}: ${PAGE}, direction: ASC) { nodes { id } } }`,
    );
    const isRejected = (done / PAGE) % 2 === 1;
    const result = await person.act(
      'decideProposals',
      {
        proposals: proposals.nodes.map(({ id }: { id: string }) => id),
        ...(isRejected ? { decision: 'REJECT', reason: 'Said before.' } : { decision: 'ACCEPT' }),
      },
      'accepted rejected failed',
    );
    expect(result).toMatchObject({
      ...{ accepted: isRejected ? 0 : PAGE, rejected: isRejected ? PAGE : 0, failed: 0 },
    });
    seen.push(await counts(person));
  }
}

describeWithDatabase('a flood of proposals', () => {
  test('is cleared by two editors at once, with right counts throughout', async ({ strict, people }) => {
    const { ann, ben, carl, reader } = people;
    await flood(carl);
    expect(await counts(ann)).toMatchObject({ RECEIVED: PROPOSED, ACCEPTED: 0, REJECTED: 0 });
    const published = 'query { developments { totalCount } }';
    expect((await reader.read(published))['developments'].totalCount).toBe(0);

    const seen: Record<string, number>[] = [];
    const began = performance.now();
    await Promise.all([clear(ann, 'first', seen), clear(ben, 'last', seen)]);
    const seconds = (performance.now() - began) / 1_000;
    process.stdout.write(`500 of ${PROPOSED} proposals decided about in ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(600);

    for (const states of seen) {
      const { RECEIVED = 0, ACCEPTED = 0, REJECTED = 0 } = states;
      expect(RECEIVED + ACCEPTED + REJECTED).toBe(PROPOSED);
      expect([ACCEPTED % PAGE, REJECTED % PAGE]).toEqual([0, 0]);
    }
    expect(await counts(ben)).toMatchObject({ RECEIVED: 1_500, ACCEPTED: 300, REJECTED: 200 });
    expect((await reader.read(published))['developments'].totalCount).toBe(300);
    const { myProposals } = await carl.read('{ myProposals { totalCount } }');
    expect(myProposals.totalCount).toBe(PROPOSED);
    const { bulkActs } = await ann.read('{ bulkActs(first: 20) { editor count } }');
    expect(bulkActs).toHaveLength(6);
    expect(bulkActs.every(({ count }: { count: number }) => count === PAGE)).toBe(true);

    // One act takes as many as it may.
    const ids: string[] = [];
    for (let after: string | null = null; ids.length < 500; ) {
      const { proposals }: any = await ann.read(
        'query ($after: Cursor) { proposals(state: [RECEIVED], author: "carl", first: 100, after: $after) { nodes { id } pageInfo { endCursor } } }',
        { after },
      );
      ids.push(...proposals.nodes.map(({ id }: { id: string }) => id));
      after = proposals.pageInfo.endCursor;
    }
    const all = await ann.act(
      'decideProposals',
      { proposals: ids, decision: 'ACCEPT_AS_DRAFT' },
      'accepted bulk { count } items { outcome proposal { id } }',
    );
    expect(all).toMatchObject({ accepted: 500, bulk: { count: 500 } });
    expect(all['items'].map(({ proposal }: any) => proposal.id)).toEqual(ids);
    expect(await counts(ben)).toMatchObject({ RECEIVED: 1_000, ACCEPTED: 800, REJECTED: 200 });
    await expectVerified(strict.db);
  }, 600_000);
});
