import { expect } from 'vitest';
import { encodeCursor } from '../../../src/feed/cursor.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const FEED = `subscription ($after: Cursor, $filter: DevelopmentFilter) {
  feed(after: $after, filter: $filter) {
    __typename
    ... on DevelopmentPublished { cursor development { headline } }
    ... on DevelopmentRevised { cursor matches revision changedFields reason development { headline } }
    ... on DevelopmentRetracted { cursor reason development { headline status } }
    ... on FeedCaughtUp { cursor }
    ... on FeedReset { cursor cause }
  }
}`;

interface Item {
  __typename: string;
  cursor: string;
  matches?: boolean;
  reason?: string;
  development?: { headline: string };
}

/** Follows the feed with graphql-ws's client, item by item. */
function follow(server: TestServer, variables: { after?: string; filter?: object } = {}) {
  const results = server.client().iterate<{ feed: Item }>({ query: FEED, variables });
  return {
    next: async (): Promise<Item> => {
      const { value } = await results.next();
      if (!value?.data) throw new Error(`No item: ${JSON.stringify(value)}`);
      return value.data.feed;
    },
    stop: () => results.return?.(),
  };
}

const told = ({ __typename, development }: Item) => development?.headline ?? __typename;

const revise = (server: TestServer, slug: string, input: object) =>
  server.data(
    `mutation ($input: ReviseStatementInput!) {
      reviseStatement(input: $input) { __typename ... on Error { message } }
    }`,
    { input: { slug, ...input } },
  );

describeWithDatabase('the feed', () => {
  test('starts with live items without a cursor', async ({ server }) => {
    await publishStatement(server, 'before');
    const feed = follow(server);
    expect(told(await feed.next())).toBe('FeedCaughtUp');
    await publishStatement(server, 'after');
    expect(told(await feed.next())).toBe('after');
  });

  test('resumes after the given cursor, reports when it has caught up, then goes live', async ({
    server,
  }) => {
    const { feedHead } = await server.data<{ feedHead: string }>('{ feedHead }');
    for (const headline of ['one', 'two', 'three']) await publishStatement(server, headline);
    const feed = follow(server, { after: feedHead });
    const first = await feed.next();
    expect(told(first)).toBe('one');
    expect(told(await feed.next())).toBe('two');
    await feed.stop();
    const again = follow(server, { after: first.cursor });
    expect(told(await again.next())).toBe('two');
    expect(told(await again.next())).toBe('three');
    expect(told(await again.next())).toBe('FeedCaughtUp');
    await publishStatement(server, 'four');
    expect(told(await again.next())).toBe('four');
  });

  test('sends revisions and retractions with the development as each change left it', async ({ server }) => {
    const feed = follow(server);
    const { cursor } = await feed.next();
    const slug = await publishStatement(server, 'as first written');
    await revise(server, slug, { headline: 'as corrected', reason: 'A slip' });
    await server.data(
      `mutation ($slug: String!) {
      retractDevelopment(input: { slug: $slug, reason: "Not so" }) { __typename }
    }`,
      { slug },
    );
    const replay = follow(server, { after: cursor });
    expect(await replay.next()).toMatchObject({
      __typename: 'DevelopmentPublished',
      development: { headline: 'as first written' },
    });
    expect(await replay.next()).toMatchObject({
      __typename: 'DevelopmentRevised',
      changedFields: ['headline'],
      reason: 'A slip',
      development: { headline: 'as corrected' },
    });
    expect(await replay.next()).toMatchObject({
      __typename: 'DevelopmentRetracted',
      reason: 'Not so',
      development: { headline: 'as corrected', status: 'RETRACTED' },
    });
  });

  test('sends a revision that moves a development out of the filter, in replay and live', async ({
    server,
  }) => {
    const filter = { text: 'missiles' };
    const live = follow(server, { filter });
    const { cursor } = await live.next();
    const slug = await publishStatement(server, 'On missiles');
    await publishStatement(server, 'On something else');
    await revise(server, slug, { headline: 'On trade' });
    await revise(server, slug, { headline: 'On trade, again' });
    await publishStatement(server, 'More missiles');
    for (const feed of [live, follow(server, { filter, after: cursor })]) {
      expect(await feed.next()).toMatchObject({ __typename: 'DevelopmentPublished' });
      expect(await feed.next()).toMatchObject({ __typename: 'DevelopmentRevised', matches: false });
      expect(told(await feed.next())).toBe('More missiles');
    }
  });

  test('answers a cursor of another epoch with FeedReset, and continues from a new cursor', async ({
    server,
  }) => {
    const strange = encodeCursor({
      epoch: '00000000-0000-7000-8000-000000000000',
      position: 1n,
      hash: '0000000000000000',
    });
    const feed = follow(server, { after: strange });
    const reset = await feed.next();
    expect(reset).toMatchObject({ __typename: 'FeedReset', cause: 'OTHER_EPOCH' });
    expect(await feed.next()).toEqual({ __typename: 'FeedCaughtUp', cursor: reset.cursor });
    await publishStatement(server, 'fresh');
    expect(told(await feed.next())).toBe('fresh');
  });

  test('replays more than one page, each change once and in order', async ({ server }) => {
    const { feedHead } = await server.data<{ feedHead: string }>('{ feedHead }');
    const headlines = Array.from({ length: 230 }, (_, index) => `number ${index}`);
    for (const headline of headlines) await publishStatement(server, headline);
    const feed = follow(server, { after: feedHead });
    const seen: string[] = [];
    while (seen.length < headlines.length) seen.push(told(await feed.next()));
    expect(seen).toEqual(headlines);
    expect(told(await feed.next())).toBe('FeedCaughtUp');
  });
});
