import { expect } from 'vitest';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const FEED = `subscription ($after: Cursor, $filter: DevelopmentFilter) {
  feed(after: $after, filter: $filter) {
    ... on DevelopmentPublished { cursor development { slug } }
    ... on DevelopmentRevised { cursor matches development { slug } }
    ... on FeedCaughtUp { cursor }
  }
}`;

/** Follows the feed item by item: the slug, and for a revision whether it still matches. */
function follow(server: TestServer, text: string, after?: string) {
  const items = server.client().iterate<{ feed: { matches?: boolean; development?: { slug: string } } }>({
    query: FEED,
    variables: { after, filter: { text } },
  });
  return async (): Promise<string> => {
    const { value } = await items.next();
    const item = value?.data?.feed;
    if (!item) throw new Error(`No item: ${JSON.stringify(value)}`);
    if (!item.development) return 'caught up';
    return item.matches === undefined
      ? item.development.slug
      : `${item.development.slug} ${item.matches ? 'still' : 'no more'}`;
  };
}

const revise = (server: TestServer, slug: string, input: object) =>
  server.data('mutation ($input: ReviseStatementInput!) { reviseStatement(input: $input) { __typename } }', {
    input: { slug, ...input },
  });

const nameTopic = (server: TestServer, name: string) =>
  server.data(
    'mutation ($name: String!) { upsertTopic(input: { slug: "topic", name: $name }) { __typename } }',
    { name },
  );

describeWithDatabase('a feed filtered by text', () => {
  test('matches English forms, phrases and excluded words as lists do, live and in replay', async ({
    server,
  }) => {
    const { feedHead } = await server.data('{ feedHead }');
    const text = '"cruise missile" -training';
    const live = follow(server, text);
    expect(await live()).toBe('caught up');
    await publishStatement(server, 'Cruise missiles fly', { slug: 'one' });
    await publishStatement(server, 'Missiles on a cruise', { slug: 'another-order' });
    await publishStatement(server, 'Cruise missiles for training', { slug: 'excluded' });
    await publishStatement(server, 'A launch', {
      slug: 'two',
      translation: 'A cruise missile was launched.',
    });
    await revise(server, 'excluded', { headline: 'Cruise missiles for sale' });
    await revise(server, 'one', { headline: 'A cruise' });
    await revise(server, 'one', { headline: 'A cruise again' });
    await publishStatement(server, 'The last cruise missile', { slug: 'three' });
    const expected = ['one', 'two', 'excluded still', 'one no more', 'three'];
    const seen: string[] = [];
    for (const _ of expected) seen.push(await live());
    expect(seen).toEqual(expected);
    const replay = follow(server, text, feedHead);
    for (const item of expected) expect(await replay()).toBe(item);
    expect(await replay()).toBe('caught up');
    const { developments } = await server.data(
      'query ($filter: DevelopmentFilter) { developments(filter: $filter) { nodes { slug } } }',
      { filter: { text } },
    );
    const listed = developments.nodes.map(({ slug }: { slug: string }) => slug);
    expect(listed.sort()).toEqual(['excluded', 'three', 'two']);
  });

  test('matches a name that was given after the subscription began', async ({ server }) => {
    await nameTopic(server, 'Exercises');
    const live = follow(server, 'drills');
    expect(await live()).toBe('caught up');
    await publishStatement(server, 'In spring', { slug: 'spring', topics: ['topic'] });
    // Names are matched when an item is processed. Once the next item arrives, spring has been skipped.
    await publishStatement(server, 'Drills in summer', { slug: 'summer' });
    expect(await live()).toBe('summer');
    await nameTopic(server, 'Drills');
    await publishStatement(server, 'In autumn', { slug: 'autumn', topics: ['topic'] });
    expect(await live()).toBe('autumn');
  });

  test('searches the items of one replay page in one statement', async ({ server }) => {
    const { feedHead } = await server.data('{ feedHead }');
    for (let index = 0; index < 16; index += 1)
      await publishStatement(server, `Missile ${index}`, { slug: `m-${index}` });
    let lookups = 0;
    server.db.onStatement(({ query }) => {
      if (query.includes('version.search')) lookups += 1;
    });
    const replay = follow(server, 'missile', feedHead);
    for (let index = 0; index < 16; index += 1) expect(await replay()).toBe(`m-${index}`);
    expect(await replay()).toBe('caught up');
    expect(lookups).toBe(1);
  });
});
