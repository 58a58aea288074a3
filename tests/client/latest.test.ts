import { expect } from 'vitest';
import { followFeed } from '../../packages/client/src/index.js';
import { publishStatement } from '../support/fixtures.js';
import { mutate } from '../support/writes.js';
import { headOf, next, TRANSPORTS, test, told } from './fixtures.js';

for (const transport of TRANSPORTS) {
  test(`over ${transport}, brings a cache up to date with the latest states after each connection`, async ({
    server,
    proxy,
    follow,
  }) => {
    const after = await headOf(server);
    const slug = await publishStatement(server, `as first written, ${transport}`);
    const revise = (headline: string) => mutate(server, 'reviseStatement', { slug, headline });
    await revise('as corrected');
    const feed = follow({ transport, after, replay: 'LATEST' });
    expect(told(await next(feed))).toBe('as corrected');
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    proxy.refuses = true;
    proxy.cut();
    await revise('while away');
    await revise('while away, again');
    proxy.refuses = false;
    expect(told(await next(feed))).toBe('while away, again');
    expect(told(await next(feed))).toBe('FeedCaughtUp');
    await revise('live');
    expect(told(await next(feed))).toBe('live');
  });
}

test('takes replay with a document that has its variable', async ({ server, follow }) => {
  const after = await headOf(server);
  const slug = await publishStatement(server, 'as first written');
  await mutate(server, 'reviseStatement', { slug, headline: 'as corrected' });
  const document = `subscription ($after: Cursor, $replay: FeedReplay) {
    feed(after: $after, replay: $replay) {
      __typename
      ... on DevelopmentPublished { cursor development { headline } }
      ... on DevelopmentRevised { cursor development { headline } }
      ... on DevelopmentRetracted { cursor }
      ... on FeedCaughtUp { cursor }
      ... on FeedReset { cursor }
    }
  }`;
  const feed = follow({ transport: 'websocket', after, document, replay: 'LATEST' });
  expect(told(await next(feed))).toBe('as corrected');
  expect(told(await next(feed))).toBe('FeedCaughtUp');
});

test('refuses replay for a document without its variable', () => {
  const document = `subscription ($after: Cursor) { feed(after: $after) { __typename ... on FeedCaughtUp { cursor } } }`;
  expect(() => followFeed({ url: 'http://127.0.0.1/graphql', document, replay: 'LATEST' })).toThrow(
    'replay needs a document with the variable $replay: FeedReplay',
  );
});
