import { describe, expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate, test } from '../../support/writes.js';

const FIELDS = 'number changedFields editor reason act recordedAt publishedAt changes { field before after }';

const revisionsOf = async (record: TestServer, object: string) =>
  (await record.data(`{ it: ${object} { revisions { totalCount nodes { ${FIELDS} } } } }`))['it'].revisions;

describeWithDatabase('the revisions of a reference', () => {
  test('tell who changed what, newest first', async ({ record }) => {
    const source = { slug: 'graded', title: 'Graded', published: '2019-08', reliability: 'C' };
    expect((await mutate(record, 'upsertSource', source)).message).toBeUndefined();
    await mutate(record, 'upsertSource', {
      slug: 'graded',
      title: 'Graded',
      reliability: 'B',
      published: null,
    });
    const { totalCount, nodes } = await revisionsOf(record, 'source(slug: "graded")');
    expect(totalCount).toBe(2);
    expect(nodes[0]).toMatchObject({
      number: 2,
      changedFields: ['published', 'reliability'],
      editor: 'ADMIN_TOKEN',
      reason: null,
      changes: [
        { field: 'published', before: '2019-08', after: null },
        { field: 'reliability', before: 'C', after: 'B' },
      ],
    });
    expect(nodes[1]).toMatchObject({
      number: 1,
      changedFields: ['published', 'reliability', 'slug', 'title'],
      changes: [
        { field: 'published', before: null, after: '2019-08' },
        { field: 'reliability', before: null, after: 'C' },
        { field: 'slug', before: null, after: 'graded' },
        { field: 'title', before: null, after: 'Graded' },
      ],
    });
    for (const { recordedAt, publishedAt } of nodes) expect(publishedAt >= recordedAt).toBe(true);
  });

  test('are not written if nothing changes', async ({ record }) => {
    const actor = {
      slug: 'unchanged',
      kind: 'PERSON',
      name: 'Same',
      names: [{ name: 'Тот же', language: 'ru' }],
    };
    await mutate(record, 'upsertActor', actor);
    const { feedHead } = await record.data('{ feedHead }');
    await mutate(record, 'upsertActor', actor);
    await mutate(record, 'upsertActor', { slug: 'unchanged', kind: 'PERSON', name: 'Same' });
    expect(await record.data('{ feedHead }')).toEqual({ feedHead });
    expect((await revisionsOf(record, 'actor(slug: "unchanged")')).totalCount).toBe(1);
  });

  test('name other objects by slug, and dates in EDTF', async ({ record }) => {
    await mutate(record, 'upsertActor', { slug: 'party', kind: 'STATE', name: 'Party' });
    await mutate(record, 'upsertSource', { slug: 'paper', title: 'Paper' });
    const states = [{ state: 'IN_FORCE', since: '1988-06-01', note: 'Exchange' }];
    await mutate(record, 'upsertTreaty', { slug: 'pact', name: 'Pact', parties: ['party'], states });
    await mutate(record, 'upsertDoctrine', { slug: 'line', name: 'Line', actor: 'party' });
    const aliases = [{ name: 'SS-0', language: 'en', source: 'paper' }];
    await mutate(record, 'upsertWeaponSystem', { slug: 'rocket', name: 'Rocket', aliases, rangeMaxKm: 500 });
    await mutate(record, 'upsertTopic', { slug: 'matter', name: 'Matter', description: 'What it is' });
    const changesOf = async (object: string) => (await revisionsOf(record, object)).nodes[0].changes;
    expect(await changesOf('treaty(slug: "pact")')).toEqual([
      { field: 'name', before: null, after: 'Pact' },
      { field: 'parties', before: null, after: ['party'] },
      { field: 'slug', before: null, after: 'pact' },
      { field: 'states', before: null, after: states },
    ]);
    expect(await changesOf('doctrine(slug: "line")')).toContainEqual({
      field: 'actor',
      before: null,
      after: 'party',
    });
    expect(await changesOf('weaponSystem(slug: "rocket")')).toEqual([
      { field: 'aliases', before: null, after: [{ ...aliases[0], note: null }] },
      { field: 'name', before: null, after: 'Rocket' },
      { field: 'rangeMaxKm', before: null, after: 500 },
      { field: 'slug', before: null, after: 'rocket' },
    ]);
    expect(await changesOf('topic(slug: "matter")')).toHaveLength(3);
  });

  test('come in pages, in both directions', async ({ record }) => {
    for (const name of ['One', 'Two', 'Three', 'Four'])
      await mutate(record, 'upsertTopic', { slug: 'paged', name });
    const page = async (args: string) =>
      (
        await record.data(
          `{ topic(slug: "paged") { revisions(${args}) { nodes { number } pageInfo { endCursor startCursor } } } }`,
        )
      )['topic'].revisions;
    const first = await page('first: 3');
    expect(first.nodes.map(({ number }: { number: number }) => number)).toEqual([4, 3, 2]);
    const rest = await page(`first: 3, after: "${first.pageInfo.endCursor}"`);
    expect(rest.nodes).toEqual([{ number: 1 }]);
    const before = await page(`last: 2, before: "${rest.pageInfo.startCursor}"`);
    expect(before.nodes).toEqual([{ number: 3 }, { number: 2 }]);
  });
});

describe('the feed', () => {
  test('skips changes of references, and its cursors pass them', async ({ server }) => {
    const { feedHead: before } = await server.data('{ feedHead }');
    await mutate(server, 'upsertTopic', { slug: 'unseen', name: 'Unseen' });
    const feed = server.client().iterate({
      query: `subscription { feed(after: "${before}") { __typename ... on FeedCaughtUp { cursor } } }`,
    });
    const { value } = await feed.next();
    const { feedHead } = await server.data('{ feedHead }');
    expect(feedHead).not.toBe(before);
    expect(value).toEqual({ data: { feed: { __typename: 'FeedCaughtUp', cursor: feedHead } } });
    await feed.return?.();
  });
});
