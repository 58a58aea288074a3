import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test } from '../../support/shared.js';
import { mutate } from '../../support/writes.js';

const LIST =
  'query ($filter: DevelopmentFilter) { developments(filter: $filter) { totalCount nodes { slug } } }';

/** Sends a query without a token, so that its answer is cached. */
async function ask(server: TestServer, query: string, filter?: object, accept = 'application/json') {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query, variables: { filter } }),
  });
  const text = await response.text();
  return JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? text);
}

const noTopic = (slug: string, argument = 'filter.topic') => ({
  ...{ code: 'UNKNOWN_SLUG', owner: 'TOPIC', slug, argument },
  message: `No topic has the slug "${slug}". Find slugs with the query topics.`,
});
const NOTHING = { developments: { totalCount: 0, nodes: [] } };

describeWithDatabase('a query of which one field fails', () => {
  test('answers the others, and says for programs what was wrong', async ({ server }) => {
    const { data, errors } = await server.request(
      `{ feedHead actors { totalCount } topic(slug: "nope") { name }
         list: developments(filter: { occurred: { within: "last week" } }) { totalCount }
         page: developments(first: 101) { totalCount }
         ranked: developments(orderBy: { field: RELEVANCE, direction: DESC }) { totalCount }
         past: developments(asOf: { revision: { slug: "nope", number: 1 } }) { totalCount } }`,
    );
    expect(data).toEqual({
      ...{ feedHead: expect.any(String), actors: { totalCount: 0 }, topic: null },
      ...{ list: null, page: null, ranked: null, past: null },
    });
    const told = errors?.map(({ path, extensions }) => [
      path?.[0],
      extensions?.['code'],
      extensions?.['argument'],
    ]);
    expect(told?.sort()).toEqual([
      ['list', 'INVALID_INPUT', 'within'],
      ['page', 'BAD_USER_INPUT', 'first'],
      ['past', 'BAD_USER_INPUT', 'asOf'],
      ['ranked', 'BAD_USER_INPUT', 'orderBy'],
    ]);
  });
});

describeWithDatabase('a filter that names an unknown slug', () => {
  test('finds nothing and warns of it, from the cache and over every transport too', async ({ server }) => {
    await publishStatement(server, 'First');
    const filter = { topic: ['nope'] };
    const expected = { data: NOTHING, extensions: { warnings: [noTopic('nope')] } };
    expect(await server.request(LIST, { variables: { filter } })).toMatchObject(expected);
    const answers = await Promise.all([ask(server, LIST, filter), ask(server, LIST, filter)]);
    const cached = await ask(server, LIST, filter);
    expect(cached.extensions.cost.requested).toBe(1);
    answers.push(cached);
    answers.push(await ask(server, LIST, filter, 'text/event-stream'));
    for await (const result of server.client().iterate<any>({ query: LIST, variables: { filter } }))
      answers.push(result);
    expect(answers).toHaveLength(5);
    for (const answer of answers) expect(answer).toMatchObject(expected);
    expect((await ask(server, LIST, {})).extensions).not.toHaveProperty('warnings');
  });

  test('finds the topic as soon as there is one, and no longer warns', async ({ server }) => {
    const filter = { topic: ['late'] };
    const read = () =>
      fetch(`${server.url}?query=${encodeURIComponent(LIST)}&variables=${JSON.stringify({ filter })}`);
    const before = await read();
    expect(await before.json()).toMatchObject({ extensions: { warnings: [noTopic('late')] } });
    await mutate(server, 'upsertTopic', { slug: 'late', name: 'Late' });
    const after = await read();
    expect((await after.json()).extensions).not.toHaveProperty('warnings');
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
  });

  test('matches what its other parts match', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'known', name: 'Known' });
    const slug = await publishStatement(server, 'Known', { topics: ['known'], slug: 'by-known' });
    const slugs = async (filter: object) => {
      const { data, extensions } = await ask(server, LIST, filter);
      return [
        data.developments.nodes.map((node: { slug: string }) => node.slug),
        extensions.warnings.map(({ argument }: { argument: string }) => argument),
      ];
    };
    expect(await slugs({ topic: ['known', 'nope'] })).toEqual([[slug], ['filter.topic']]);
    expect(await slugs({ topic: ['known'], not: { source: ['nope'] } })).toEqual([
      [slug],
      ['filter.not.source'],
    ]);
    expect(await slugs({ or: [{ topic: ['known'] }, { participant: { actor: 'nope' } }] })).toEqual([
      [slug],
      ['filter.or.1.participant.actor'],
    ]);
    const role = ['SPEAKER'];
    expect(await slugs({ participant: { actor: 'nope', role } })).toEqual([[], ['filter.participant.actor']]);
    expect(await slugs({ restsOnlyOn: ['nope'] })).toEqual([[], ['filter.restsOnlyOn']]);
  });

  test('warns for every list, at most 20 times', async ({ server }) => {
    const filter = { topic: ['nope'] };
    for (const field of [
      'timeline(filter: $filter, interval: DAY) { count }',
      'developmentFacets(filter: $filter) { kind { more } }',
      'changesBetween(from: { moment: "2000-01-01T00:00:00Z" }, filter: $filter) { totalCount }',
      'sources { nodes { developments(filter: $filter) { totalCount } } }',
    ]) {
      const { errors, extensions } = await ask(
        server,
        `query ($filter: DevelopmentFilter) { ${field} }`,
        filter,
      );
      expect([field, errors, extensions.warnings]).toEqual([field, undefined, [noTopic('nope')]]);
    }
    const many = { topic: Array.from({ length: 50 }, (_, index) => `nope-${index}`) };
    expect((await ask(server, LIST, many)).extensions.warnings).toHaveLength(20);
  });

  test('is refused by a subscription, which would find nothing even when the slug becomes known', async ({
    server,
  }) => {
    const query = 'subscription ($filter: DevelopmentFilter) { feed(filter: $filter) { __typename } }';
    const variables = { filter: { or: [{ topic: ['nope'] }] } };
    const refused = {
      errors: [
        { extensions: { code: 'UNKNOWN_SLUG', owner: 'TOPIC', slug: 'nope', argument: 'filter.or.0.topic' } },
      ],
    };
    const results: unknown[] = [];
    await new Promise<void>((resolve) => {
      server.client().subscribe(
        { query, variables },
        {
          next: (result) => results.push(result),
          error: (errors) => resolve(void results.push({ errors })),
          complete: resolve,
        },
      );
    });
    expect(results).toMatchObject([refused]);
    expect(await ask(server, query, variables.filter, 'text/event-stream')).toMatchObject(refused);
  });
});
