import { expect } from 'vitest';
import { feedHead } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';
import { merge, undo } from '../merging/merge-client.js';

const FEED = `subscription ($after: Cursor, $filter: DevelopmentFilter, $replay: FeedReplay) {
  feed(after: $after, filter: $filter, replay: $replay) {
    __typename
    ... on DevelopmentPublished { cursor development { id headline links { to { id headline } } } }
    ... on DevelopmentRevised { cursor matches development { id headline links { to { id headline } } } }
    ... on DevelopmentRetracted { cursor reason development { id headline } }
    ... on FeedCaughtUp { cursor }
  }
}`;

interface Item {
  readonly __typename: string;
  readonly cursor: string;
  readonly matches?: boolean;
  readonly development: { id: string; headline: string; links: { to: { id: string; headline: string } }[] };
}

/** Follows the feed with graphql-ws's client, item by item. */
function follow(server: TestServer, variables: { after: string; filter?: object; replay?: string }) {
  const results = server.client().iterate<{ feed: Item }>({
    query: FEED,
    variables: { replay: 'LATEST', ...variables },
  });
  const next = async (): Promise<Item> => {
    const { value } = await results.next();
    if (!value?.data) throw new Error(`No item: ${JSON.stringify(value)}`);
    return value.data.feed;
  };
  return {
    next,
    /** Returns the items before FeedCaughtUp. */
    replayed: async () => {
      const items: Item[] = [];
      for (let item = await next(); item.__typename !== 'FeedCaughtUp'; item = await next()) items.push(item);
      return items;
    },
    stop: () => results.return?.(),
  };
}

const revise = (server: TestServer, slug: string, input: object) =>
  mutate(server, 'reviseStatement', { slug, ...input });

const told = ({ __typename, matches, development }: Item) =>
  [
    __typename.replace('Development', ''),
    development?.headline,
    ...(matches === undefined ? [] : [matches]),
  ].join(' ');

const TOPIC = { filter: { topic: 'topic' } };

describeWithDatabase('a feed that replays the latest states', () => {
  test('sends each development once, as it is now, in the order of their newest changes', async ({
    server,
  }) => {
    const after = await feedHead(server);
    const [one = '', two = '', three = ''] = [
      await publishStatement(server, 'one'),
      await publishStatement(server, 'two'),
      await publishStatement(server, 'three'),
    ];
    await publishStatement(server, 'four');
    await revise(server, two, { headline: 'two, corrected' });
    await revise(server, one, { headline: 'one, corrected' });
    await revise(server, two, { headline: 'two, corrected again' });
    await mutate(server, 'retractDevelopment', { slug: three, reason: 'Wrong' });
    const feed = follow(server, { after });
    expect((await feed.replayed()).map(told)).toEqual([
      'Published four',
      'Revised one, corrected true',
      'Revised two, corrected again true',
      'Retracted three',
    ]);
    await revise(server, one, { headline: 'one, live' });
    await revise(server, one, { headline: 'one, live again' });
    expect([told(await feed.next()), told(await feed.next())]).toEqual([
      'Revised one, live true',
      'Revised one, live again true',
    ]);
    const changes = follow(server, { after, replay: 'CHANGES' });
    expect((await changes.replayed()).map(told)).toHaveLength(10);
  });

  test('shows links as they are now, under the ids of the present', async ({ server }) => {
    const after = await feedHead(server);
    const [from, to] = [await publishStatement(server, 'from'), await publishStatement(server, 'to')];
    await mutate(server, 'linkDevelopments', { slug: from, to, relation: 'RESPONDS_TO' });
    await revise(server, to, { headline: 'to, corrected' });
    const { now } = await server.data(`{ now: development(slug: "${to}") { id headline } }`);
    const [first] = await follow(server, { after }).replayed();
    expect(first?.development).toMatchObject({ headline: 'from', links: [{ to: now }] });
    const [, , linked] = await follow(server, { after, replay: 'CHANGES' }).replayed();
    expect(linked?.development.links).toEqual([{ to: { id: now.id, headline: 'to' } }]);
  });

  test('sends what has left the filter, and nothing that was never in it', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'topic', name: 'Topic' });
    const after = await feedHead(server);
    const left = await publishStatement(server, 'left', { topics: ['topic'] });
    const never = await publishStatement(server, 'never');
    await publishStatement(server, 'stays', { topics: ['topic'] });
    const gone = await publishStatement(server, 'gone', { topics: ['topic'] });
    await revise(server, left, { topics: [] });
    await revise(server, never, { headline: 'never at all' });
    await revise(server, left, { headline: 'left long ago' });
    await mutate(server, 'retractDevelopment', { slug: gone, reason: 'Wrong' });
    expect((await follow(server, { after, ...TOPIC }).replayed()).map(told)).toEqual([
      'Published stays',
      'Revised left long ago false',
      'Retracted gone',
    ]);
  });

  test('resumes at any item in mid-replay and misses nothing, whatever happened to the filter since', async ({
    server,
  }) => {
    await mutate(server, 'upsertTopic', { slug: 'topic', name: 'Topic' });
    const start = await feedHead(server);
    const slug = await publishStatement(server, 'a', { topics: ['topic'] });
    const known = await feedHead(server); // The client shows "a".
    await revise(server, slug, { topics: [] });
    await publishStatement(server, 'b', { topics: ['topic'] });
    await revise(server, slug, { headline: 'a, elsewhere' });
    await publishStatement(server, 'c', { topics: ['topic'] });
    const all = await follow(server, { after: known, ...TOPIC }).replayed();
    expect(all.map(told)).toEqual(['Published b', 'Revised a, elsewhere false', 'Published c']);
    for (const [index, { cursor }] of all.entries()) {
      const rest = await follow(server, { after: cursor, ...TOPIC }).replayed();
      expect(rest.map(told)).toEqual(all.slice(index + 1).map(told));
    }
    // It is sent to a client that never had it, too: the server does not know what clients have.
    expect((await follow(server, { after: start, ...TOPIC }).replayed()).map(told)).toEqual(all.map(told));
  });

  test('looks names up again for developments that have left a text search', async ({ server }) => {
    const after = await feedHead(server);
    const slug = await publishStatement(server, 'Missiles in August');
    await publishStatement(server, 'Nothing of the sort');
    await revise(server, slug, { headline: 'Rockets in August' });
    await revise(server, slug, { headline: 'Rockets in September' });
    const filter = { text: 'missiles' };
    expect((await follow(server, { after, filter }).replayed()).map(told)).toEqual([
      'Revised Rockets in September false',
    ]);
  });

  test('sends a development that the undo of a merge publishes to filters of retracted ones', async ({
    server,
  }) => {
    const retracted = { filter: { status: 'RETRACTED' } };
    const all = { filter: { status: ['RETRACTED', 'PUBLISHED'] } };
    const after = await feedHead(server);
    const [one, two] = [await publishStatement(server, 'one'), await publishStatement(server, 'two')];
    const live = follow(server, { ...retracted, after, replay: 'CHANGES' });
    expect((await live.next()).__typename).toBe('FeedCaughtUp');
    const made = await merge(server, 'mergeDevelopments', one, two);
    expect(told(await live.next())).toBe('Retracted one');
    await undo(server, made.merge.key);
    expect(told(await live.next())).toBe('Revised one false');
    live.stop();
    const since = (variables: object) => follow(server, { after, ...variables }).replayed();
    expect((await since({ ...retracted, replay: 'CHANGES' })).map(told)).toEqual([
      'Retracted one',
      'Revised one false',
    ]);
    expect((await since(retracted)).map(told)).toEqual(['Revised one false']);
    // Clients without a filter for retracted ones add it again.
    expect((await since(all)).map(told)).toContain('Published one');
    expect((await since({})).map(told)).toContain('Published one');
  });
});
