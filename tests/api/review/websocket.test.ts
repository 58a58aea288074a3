import type { Client } from 'graphql-ws';
import { expect } from 'vitest';
import { CITED } from '../../support/example-source.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { draftBy, test } from './fixtures.js';

/** Sends a mutation over a WebSocket and returns its result. */
async function send(client: Client, name: string, input: object): Promise<Record<string, any>> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${name}(input: $input) { __typename ... on Error { code }
    ${name === 'bulkChange' ? '... on BulkRefusedError { failing { failure { code } } }' : ''} } }`;
  for await (const { data, errors } of client.iterate<{ it: any }>({ query, variables: { input } })) {
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data.it;
  }
  throw new Error('The server sent no result.');
}

describeWithDatabase('four eyes over WebSocket', () => {
  test('hold for every act that publishes, revises or withdraws', async ({ strict, people }) => {
    const { ann, ben } = people;
    const client = strict.client({ authorization: `Bearer ${ann.token}` });
    const own = await draftBy(ann);
    const open = await draftBy(ann);
    await ben.act('publishDevelopment', { slug: open });
    const { feedHead: before } = await ann.read('{ feedHead }');
    const fresh = { headline: 'Alone', occurred: '2026', publish: true, ...CITED };
    const later = new Date(Date.now() + 60_000).toISOString();
    const item = (slug: string, expectedRevision: number) => [{ slug, expectedRevision }];
    const attacks: readonly (readonly [string, object, string])[] = [
      ['recordStatement', fresh, 'REVIEW_REQUIRED'],
      ['recordEvent', { ...fresh, type: 'TEST' }, 'REVIEW_REQUIRED'],
      ['publishDevelopment', { slug: own }, 'REVIEW_REQUIRED'],
      ['publishDevelopment', { slug: own, overrideReview: true, reason: 'Me' }, 'INVALID_INPUT'],
      ['schedulePublication', { slug: own, publishAt: later }, 'REVIEW_REQUIRED'],
      ['approve', { slug: own, expectedRevision: 1 }, 'OWN_APPROVAL'],
      ['bulkChange', { items: item(own, 1), action: { publish: true } }, 'BULK_REFUSED'],
      ['bulkChange', { items: item(own, 1), action: { approve: true } }, 'BULK_REFUSED'],
      ['bulkChange', { items: item(open, 2), action: { retract: true }, reason: 'X' }, 'BULK_REFUSED'],
      ['bulkChange', { items: item(open, 2), action: { regrade: { credibility: 5 } } }, 'BULK_REFUSED'],
      ['reviseStatement', { slug: open, headline: 'Alone' }, 'PROPOSED_INSTEAD'],
      ['addCitation', { slug: open, source: 'source', locator: 'p. 9' }, 'PROPOSED_INSTEAD'],
      ['retractDevelopment', { slug: open, reason: 'Alone' }, 'PROPOSED_INSTEAD'],
    ];
    for (const [name, input, code] of attacks) {
      const key = `${name} ${JSON.stringify(input)}`;
      expect((await send(client, name, input))['code'], key).toBe(code);
    }
    const { development, feedHead } = await ann.read(
      `{ feedHead development(slug: "${open}") { revision status headline } }`,
    );
    expect(development).toMatchObject({ revision: 2, status: 'PUBLISHED' });
    expect(feedHead).toBe(before);
    await client.dispose();
    await expectVerified(strict.db);
  });

  test('twenty approvals over twenty sockets and an edit at once leave no approval of what nobody saw', async ({
    strict,
    people: { ann, ben },
  }) => {
    const clients = Array.from({ length: 20 }, () => strict.client({ authorization: `Bearer ${ben.token}` }));
    for (let round = 0; round < 3; round += 1) {
      const slug = await draftBy(ann);
      const [, ...results] = await Promise.all([
        ann.act('reviseStatement', { slug, headline: 'Slipped in' }),
        ...clients.map((client) => send(client, 'approve', { slug, expectedRevision: 1 })),
      ]);
      const successes = results.filter(({ __typename }) => __typename === 'ApproveSuccess');
      expect(successes.length).toBeLessThanOrEqual(1);
      expect(await ann.act('publishDevelopment', { slug })).toMatchObject({ code: 'REVIEW_REQUIRED' });
    }
    await Promise.all(clients.map((client) => client.dispose()));
    await expectVerified(strict.db);
  });
});
