import type { Client } from 'graphql-ws';
import { expect, vi } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

/** Subscribes and returns a list that collects the results. */
function subscribe(client: Client, query: string, variables: Record<string, unknown> = {}) {
  const results: unknown[] = [];
  const stop = client.subscribe(
    { query, variables },
    {
      next: (result) => results.push(result.errors ?? result.data),
      error: (error) => results.push(error),
      complete: () => {},
    },
  );
  return { results, stop };
}

const SLUGS =
  'subscription ($filter: DevelopmentFilter) { developmentPublished(filter: $filter) { slug headline } }';

const followedBy = (server: TestServer, count: number) =>
  vi.waitUntil(() => server.fanOut.figures.subscribers === count, 30_000);

/** Publishes a last statement and waits for it: everything sent before it has then arrived. */
async function upToNow(server: TestServer, results: unknown[], headline = 'The last') {
  await publishStatement(server, headline);
  await vi.waitUntil(() => JSON.stringify(results).includes(headline), 30_000);
  return results.map(
    (result) => (result as { developmentPublished: { headline: string } }).developmentPublished.headline,
  );
}

describeWithDatabase('a live subscription', () => {
  test('sends each subscriber what its own filter selects', async ({ server }) => {
    const events = subscribe(server.client(), SLUGS, { filter: { kind: ['EVENT'] } });
    const both = subscribe(server.client(), SLUGS);
    await followedBy(server, 2);
    await publishStatement(server, 'Only said');
    await server.data(
      'mutation { recordEvent(input: { headline: "Done", occurred: "2026", type: TEST, publish: true, citations: [{ source: "source" }] }) { __typename } }',
    );
    await vi.waitUntil(() => both.results.length === 2 && events.results.length === 1, 30_000);
    expect(both.results).toMatchObject([
      { developmentPublished: { headline: 'Only said' } },
      { developmentPublished: { headline: 'Done' } },
    ]);
    expect(events.results).toMatchObject([{ developmentPublished: { headline: 'Done' } }]);
  });

  test('refuses a filter with an unknown slug, and says what was expected', async ({ server }) => {
    const { results } = subscribe(server.client(), SLUGS, { filter: { topic: ['no-such-topic'] } });
    await vi.waitUntil(() => results.length > 0, 30_000);
    expect(JSON.stringify(results)).toMatch(/No topic has the slug .*no-such-topic/);
    expect(server.logged).toEqual([]);
  });

  test('sends a draft when it is published, not before, even to an editor', async ({ server }) => {
    const { ADMIN_TOKEN } = await import('../../support/server.js');
    const reader = subscribe(server.client(), SLUGS);
    const editor = subscribe(server.client({ authorization: `Bearer ${ADMIN_TOKEN}` }), SLUGS);
    await followedBy(server, 2);
    const draft = await publishStatement(server, 'Drafted first', { publish: false });
    await publishStatement(server, 'Published meanwhile');
    await server.data(
      'mutation ($slug: String!) { publishDevelopment(input: { slug: $slug }) { __typename } }',
      {
        slug: draft,
      },
    );
    const expected = ['Published meanwhile', 'Drafted first', 'The last'];
    expect(await upToNow(server, reader.results)).toEqual(expected);
    await vi.waitUntil(() => editor.results.length === 3, 30_000);
    expect(JSON.stringify(editor.results)).toEqual(JSON.stringify(reader.results));
  });

  test('to publications sends no revisions or retractions', async ({ server }) => {
    const slug = await publishStatement(server, 'Published before');
    const other = await publishStatement(server, 'Withdrawn later');
    const { results } = subscribe(server.client(), SLUGS);
    await followedBy(server, 1);
    const changes = await server.data(
      `mutation ($slug: String!, $other: String!) {
        revised: reviseStatement(input: { slug: $slug, headline: "Revised" }) { ... on ReviseStatementSuccess { development { revision } } }
        retracted: retractDevelopment(input: { slug: $other, reason: "A mistake" }) { ... on RetractDevelopmentSuccess { development { status } } }
      }`,
      { slug, other },
    );
    expect(changes).toEqual({
      revised: { development: { revision: 2 } },
      retracted: { development: { status: 'RETRACTED' } },
    });
    expect(await upToNow(server, results)).toEqual(['The last']);
  });

  test('loads each item anew, so that it shows values that changed in between', async ({ server }) => {
    const actor = (name: string) =>
      server.data(
        'mutation ($name: String!) { upsertActor(input: { slug: "speaker", kind: PERSON, name: $name }) { ... on Error { message } } }',
        { name },
      );
    await actor('Old name');
    const participants = [{ actor: 'speaker', role: 'SPEAKER' }];
    // Aliases with different arguments make Pothos load the relation separately, through its loader per context.
    const { results } = subscribe(
      server.client(),
      `subscription { developmentPublished {
        slug
        a: participants(role: [SPEAKER]) { actor { name names { name } } }
        b: participants { actor { name } }
        links { relation }
      } }`,
    );
    await followedBy(server, 1);
    await publishStatement(server, 'Before the change', { slug: 'first', participants });
    await vi.waitUntil(() => results.length === 1, 30_000);
    await actor('New name');
    await server.data(
      'mutation { reviseStatement(input: { slug: "first", headline: "After the change" }) { __typename } }',
    );
    await publishStatement(server, 'Second', {
      slug: 'second',
      participants,
    });
    await vi.waitUntil(() => results.length === 2, 30_000);
    const told = (name: string, slug: string) => ({
      developmentPublished: {
        slug,
        a: [{ actor: { name } }],
        b: [{ actor: { name } }],
      },
    });
    expect(results).toMatchObject([told('Old name', 'first'), told('New name', 'second')]);
  });
});
