import { createHash } from 'node:crypto';
import { parse } from 'graphql';
import { expect, expectTypeOf } from 'vitest';
import { type Feed, followFeed, type TypedDocument } from '../../packages/client/src/index.js';
import { publishStatement } from '../support/fixtures.js';
import { headOf, TRANSPORTS, test } from './fixtures.js';

const TEXT = `subscription ($after: Cursor, $filter: DevelopmentFilter, $with: Boolean = false) {
  feed(after: $after, filter: $filter) {
    __typename
    ... on DevelopmentPublished { cursor development { headline slug @include(if: $with) } }
    ... on DevelopmentRevised { cursor }
    ... on DevelopmentRetracted { cursor }
    ... on FeedCaughtUp { cursor }
    ... on FeedReset { cursor cause }
  }
}`;

type Item =
  | { __typename: 'DevelopmentPublished'; cursor: string; development: { headline: string; slug?: string } }
  | { __typename: 'DevelopmentRevised' | 'DevelopmentRetracted' | 'FeedCaughtUp'; cursor: string };
type Filter = { text?: string };
type Variables = { after?: string; filter?: Filter; with?: boolean };

/** A document as code generators make it. */
const typed = (document: object) => document as TypedDocument<{ feed: Item }, Variables>;

for (const transport of TRANSPORTS) {
  test(`over ${transport}, follows with a parsed document, its filter and its variables`, async ({
    server,
    proxy,
    follow,
  }) => {
    const after = await headOf(server);
    await publishStatement(server, 'of a parsed document');
    const { statuses: _, ...feed } = follow({
      transport,
      after,
      document: typed(parse(TEXT)) as never,
      filter: { text: '"parsed document"' },
      variables: { with: true },
    });
    const { value } = await feed.next();
    expect(value).toMatchObject({
      development: { headline: 'of a parsed document', slug: expect.any(String) },
    });
    expect(proxy.made).toBeGreaterThan(0);
  });

  test(`over ${transport}, follows with the id of a persisted document`, async ({ server, follow }) => {
    const after = await headOf(server);
    await publishStatement(server, 'of a persisted document');
    const documentId = createHash('sha256').update(TEXT).digest('hex');
    await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: TEXT, documentId }), // Refused without a stream, and remembered.
    });
    const { value } = await follow({ transport, after, documentId }).next();
    expect(value).toMatchObject({ development: { headline: 'of a persisted document' } });
  });
}

test('takes the text of a generated document of the class String', () => {
  const feed = followFeed({
    url: 'http://127.0.0.1/graphql',
    document: typed(new String(TEXT)),
    transport: 'sse',
  });
  expectTypeOf(feed).toEqualTypeOf<Feed<Item>>();
  expect(() =>
    followFeed({ url: 'http://127.0.0.1/graphql', document: typed(new String('{ feedHead }')) }),
  ).toThrow('document lacks a subscription');
});

test('refuses more than one way to say what is selected', () => {
  expect(() => followFeed({ url: 'http://127.0.0.1/graphql', selection: 'slug', documentId: 'a' })).toThrow(
    'selection, document and documentId exclude each other',
  );
});

test('types the items, the filter and the variables from the document', () => {
  const options = {
    url: 'http://127.0.0.1/graphql',
    transport: 'sse',
    document: typed(parse(TEXT)),
  } as const;
  followFeed({
    ...options,
    filter: { text: 'missile' },
    variables: { with: true },
    onChange: (item) => expectTypeOf(item.cursor).toBeString(),
  });
  // @ts-expect-error: no such part of the filter.
  followFeed({ ...options, filter: { words: 'missile' } });
  // @ts-expect-error: not a boolean.
  followFeed({ ...options, variables: { with: 'yes' } });
});
