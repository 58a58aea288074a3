import { expect, expectTypeOf } from 'vitest';
import WebSocket from 'ws';
import { type FeedItem, followFeed, type ReferenceChanged } from '../../packages/client/src/index.js';
import { publishStatement } from '../support/fixtures.js';
import { mutate } from '../support/writes.js';
import { headOf, TRANSPORTS, test } from './fixtures.js';

for (const transport of TRANSPORTS) {
  test(`over ${transport}, follows references too, and resumes`, async ({ server, proxy }) => {
    const after = await headOf(server);
    const slug = `followed-${transport}`;
    await mutate(server, 'upsertSource', { slug, title: 'First' });
    await publishStatement(server, 'Between');
    const feed = followFeed({
      ...{ url: proxy.url, webSocketImpl: WebSocket, transport, after },
      ...{ backOff: { min: 1, max: 20 }, references: true, replay: 'LATEST' },
    });
    expectTypeOf(feed.next).returns.resolves.toExtend<
      IteratorResult<FeedItem | ReferenceChanged, undefined>
    >();
    const told = async () => {
      const { value } = await feed.next();
      if (!value) throw new Error('The feed has ended.');
      return value.__typename === 'ReferenceChanged'
        ? `${value.reference.__typename} ${value.reference.name} ${value.revision}`
        : value.__typename;
    };
    expect(await told()).toBe('Source First 1');
    expect(await told()).toBe('DevelopmentPublished');
    expect(await told()).toBe('FeedCaughtUp');
    proxy.refuses = true;
    proxy.cut();
    await mutate(server, 'upsertSource', { slug, title: 'Second' });
    await mutate(server, 'upsertSource', { slug, title: 'Third' });
    proxy.refuses = false;
    expect(await told()).toBe('Source Third 3');
    expect(await told()).toBe('FeedCaughtUp');
    feed.close();
  });
}

test('refuses references for a document without their variable', () => {
  const document = `subscription ($after: Cursor) { feed(after: $after) { __typename ... on FeedCaughtUp { cursor } } }`;
  expect(() => followFeed({ url: 'http://127.0.0.1/graphql', document, references: true })).toThrow(
    'references needs a document with the variable $references: Boolean',
  );
});
