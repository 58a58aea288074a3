import { expect } from 'vitest';
// Loaded here: the first request would wait for it.
import '../../../src/intake/extract/extract.js';
import '../../../src/intake/record-names.js';
import { saveArrival } from '../../../src/intake/inbox/arrival/save-arrival.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { send } from '../desk/desk-client.js';
import { merge } from '../merging/merge-client.js';
import { add, article } from './inbox-client.js';

const FEED = 'https://news.example.org/feed';

/** Watches a feed with defaults. Returns its key. */
async function watch(server: TestServer): Promise<string> {
  await server.data(`mutation {
    a: upsertTopic(input: { slug: "missiles", name: "Missiles" }) { __typename }
    b: upsertTopic(input: { slug: "missile-forces", name: "Missile forces" }) { __typename }
    c: upsertTopic(input: { slug: "moratoria", name: "Moratoria" }) { __typename }
    d: upsertSource(input: { slug: "agency", title: "Agency", publisher: "News Agency", reliability: B }) { __typename }
    e: mergeTopics(input: { from: "missile-forces", into: "missiles", reason: "One subject." }) { __typename }
  }`);
  const rules = { url: FEED, topics: ['missiles', 'missile-forces', 'moratoria'], source: 'agency' };
  const { feed } = await send(server, 'watchFeed', rules, 'feed { key }');
  return feed.key;
}

const arrive = (server: TestServer, feedId: string, text: string, url: string) =>
  server.db.$transaction((tx) =>
    saveArrival(tx, {
      ...{ url, title: null, language: 'en', publishedAt: null, feedId, text, originalHash: 'hash' },
    }),
  );

describeWithDatabase('articles of a watched feed', () => {
  test('are listed and counted by feed', async ({ server }) => {
    const feed = await watch(server);
    await arrive(server, feed, article(1), 'https://news.example.org/1');
    await add(server, { text: article(2), title: 'Pasted' });
    const { all, some, none, counts } = await server.data(
      `query ($feed: ID!, $none: ID!) {
        all: inboxItems { nodes { title feed { key url } } }
        some: inboxItems(feed: $feed, state: UNREAD) { totalCount nodes { feed { key } } }
        none: inboxItems(feed: $none) { totalCount }
        counts: inboxCounts(feed: $feed) { state count }
      }`,
      { feed, none: '0197f0c4-6a1e-7c3b-9d52-0e8f6a7b1c2d' },
    );
    expect(all.nodes.map((one: any) => one.feed)).toEqual([null, { key: feed, url: FEED }]);
    expect(some).toEqual({ totalCount: 1, nodes: [{ feed: { key: feed } }] });
    expect(none.totalCount).toBe(0);
    expect(counts[0]).toEqual({ state: 'UNREAD', count: 1 });
    const { errors } = await server.request('{ inboxItems(feed: "x") { totalCount } }');
    expect(errors?.[0]?.message).toContain('Expected the `key` of a watched feed');
    await send(server, 'unwatchFeed', { feed }, 'url');
    const { inboxItems } = await server.data('{ inboxItems { nodes { feed { key } } } }');
    expect(inboxItems.nodes).toEqual([{ feed: null }, { feed: null }]);
  });

  test('become drafts with its topics, and a source with its publisher and grade', async ({ server }) => {
    const feed = await watch(server);
    const text = '“We will keep the moratorium,” analysts said.';
    const { item: row } = await arrive(server, feed, text, 'https://news.example.org/2');
    const item = Buffer.from(`InboxItem:${row}`).toString('base64');
    const { inboxItem } = await server.data(
      'query ($id: ID!) { inboxItem(id: $id) { id suggestions { key draft } } }',
      { id: item },
    );
    const [{ key, draft }] = inboxItem.suggestions;
    expect(draft.topics).toEqual(['missiles', 'moratoria']);
    const fields = `development { topics { slug }
      citations { source { title url publisher reliability } } }`;
    const { development } = await send(server, 'acceptSuggestion', { item, key }, fields);
    expect(development).toEqual({
      topics: [{ slug: 'missiles' }, { slug: 'moratoria' }],
      citations: [
        {
          source: {
            title: text,
            url: 'https://news.example.org/2',
            publisher: 'News Agency',
            reliability: 'B',
          },
        },
      ],
    });
  });

  test('follow its topics and its source through merges', async ({ server }) => {
    const feed = await watch(server);
    await server.data(`mutation {
      a: upsertTopic(input: { slug: "arms", name: "Arms" }) { __typename }
      b: upsertTopic(input: { slug: "arms-control", name: "Arms control" }) { __typename }
      c: upsertSource(input: { slug: "wire", title: "Wire", publisher: "The Wire", reliability: C }) { __typename }
      d: upsertSource(input: { slug: "press", title: "Press", publisher: "The Press", reliability: D }) { __typename }
    }`);
    for (const [name, from, into] of [
      ['mergeTopics', 'moratoria', 'arms-control'],
      ['mergeTopics', 'arms-control', 'arms'],
      ['mergeSources', 'agency', 'wire'],
      ['mergeSources', 'wire', 'press'],
    ] as const) {
      expect((await merge(server, name, from, into)).__typename).toMatch(/Success$/);
    }
    const text = '“We will keep the moratorium,” analysts said.';
    const { item: row } = await arrive(server, feed, text, 'https://news.example.org/3');
    const item = Buffer.from(`InboxItem:${row}`).toString('base64');
    const { inboxItem } = await server.data(
      'query ($id: ID!) { inboxItem(id: $id) { suggestions { key draft } } }',
      { id: item },
    );
    const [{ key, draft }] = inboxItem.suggestions;
    expect(draft.topics).toEqual(['arms', 'missiles']);
    const fields = 'development { citations { source { publisher reliability } } }';
    const { development } = await send(server, 'acceptSuggestion', { item, key }, fields);
    expect(development.citations).toEqual([{ source: { publisher: 'The Press', reliability: 'D' } }]);
  });
});
