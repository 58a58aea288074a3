import { expect } from 'vitest';
import { latestOf, readLatest } from '../../../src/feed/latest.js';
import { readEntries } from '../../../src/feed/log.js';
import { feedHead } from '../../support/feed-items.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';

const FEED = `subscription ($after: Cursor, $filter: DevelopmentFilter, $replay: FeedReplay!, $references: Boolean!) {
  feed(after: $after, filter: $filter, replay: $replay, references: $references) {
    __typename
    ... on DevelopmentPublished { cursor development { headline } }
    ... on ReferenceChanged {
      cursor revision changedFields editor reason
      changes { field before after }
      reference { ...Shown }
      mergedInto { ...Shown }
    }
    ... on FeedCaughtUp { cursor }
  }
}
fragment Shown on Reference {
  __typename
  ... on Actor { id revision name(language: "ru") names { name language } }
  ... on Source { id revision title reliability published { edtf } retrievedAt }
  ... on Topic { id revision name }
  ... on Treaty { id revision name parties { name } states { state since { edtf text } note } }
  ... on WeaponSystem { id revision name classes rangeMaxKm aliases { name language source { title } } }
  ... on Doctrine { id revision name actor { name } }
}`;

interface Options {
  readonly after: string;
  readonly filter?: object;
  readonly replay?: 'CHANGES' | 'LATEST';
  readonly references?: boolean;
}

/** Returns the items before FeedCaughtUp, and a function for those after it. */
async function follow(server: TestServer, { after, filter, replay = 'CHANGES', references = true }: Options) {
  const results = server.client().iterate<{ feed: any }>({
    query: FEED,
    variables: { after, filter: filter ?? null, replay, references },
  });
  const next = async () => {
    const { value } = await results.next();
    if (!value?.data || value.errors) throw new Error(`No item: ${JSON.stringify(value)}`);
    return value.data.feed;
  };
  const replayed: any[] = [];
  for (let item = await next(); item.__typename !== 'FeedCaughtUp'; item = await next()) replayed.push(item);
  return { replayed, next, stop: () => results.return?.() };
}

const nameOf = ({ reference, development }: any) =>
  reference ? `${reference.title ?? reference.name} ${reference.revision}` : development.headline;

describeWithDatabase('a feed with references', () => {
  test('sends each change of a reference, as the change left it, between those of developments', async ({
    server,
  }) => {
    const after = await feedHead(server);
    await mutate(server, 'upsertSource', { slug: 'graded', title: 'Graded', reliability: 'C' });
    const slug = await publishStatement(server, 'Between');
    await mutate(server, 'upsertSource', {
      ...{ slug: 'graded', title: 'Graded again', reliability: 'B', published: '2019-08' },
      reason: 'Checked.',
    });
    const { replayed, stop } = await follow(server, { after });
    expect(replayed.map(nameOf)).toEqual(['Graded 1', 'Between', 'Graded again 2']);
    const { it } = await server.data('{ it: source(slug: "graded") { id } }');
    expect(replayed[0]).toMatchObject({
      ...{ revision: 1, changedFields: ['reliability', 'slug', 'title'], reason: null },
      reference: { id: it.id, reliability: 'C', published: null },
    });
    expect(replayed[2]).toMatchObject({
      ...{ __typename: 'ReferenceChanged', revision: 2, editor: 'ADMIN_TOKEN', reason: 'Checked.' },
      changes: [
        { field: 'published', before: null, after: '2019-08' },
        { field: 'reliability', before: 'C', after: 'B' },
        { field: 'title', before: 'Graded', after: 'Graded again' },
      ],
      reference: { id: it.id, reliability: 'B', published: { edtf: '2019-08' } },
      mergedInto: null,
    });
    await stop();
    const without = await follow(server, { after, references: false });
    expect(without.replayed.map(nameOf)).toEqual(['Between']);
    await without.stop();
    expect(slug).toBeTruthy();
  });

  test('sends every kind, whatever the filter, and goes on live', async ({ server }) => {
    const after = await feedHead(server);
    await mutate(server, 'upsertActor', {
      ...{ slug: 'party', kind: 'STATE', name: 'Party' },
      names: [{ name: 'Сторона', language: 'ru' }],
    });
    await mutate(server, 'upsertSource', { slug: 'paper', title: 'Paper' });
    await mutate(server, 'upsertTreaty', {
      ...{ slug: 'pact', name: 'Pact', parties: ['party'] },
      states: [{ state: 'IN_FORCE', since: '1988-06-01', note: 'Exchange' }],
    });
    await mutate(server, 'upsertDoctrine', { slug: 'line', name: 'Line', actor: 'party' });
    await mutate(server, 'upsertWeaponSystem', {
      ...{ slug: 'rocket', name: 'Rocket', rangeMaxKm: 500 },
      aliases: [{ name: 'SS-0', source: 'paper' }],
    });
    const feed = await follow(server, { after, filter: { topic: [] as string[], kind: ['EVENT'] } });
    expect(feed.replayed.map(({ reference: { id: _, ...reference } }) => reference)).toEqual([
      { __typename: 'Actor', revision: 1, name: 'Сторона', names: [{ name: 'Сторона', language: 'ru' }] },
      {
        ...{ __typename: 'Source', revision: 1, title: 'Paper', reliability: 'F' },
        ...{ published: null, retrievedAt: null },
      },
      {
        ...{ __typename: 'Treaty', revision: 1, name: 'Pact', parties: [{ name: 'Party' }] },
        states: [{ state: 'IN_FORCE', since: { edtf: '1988-06-01', text: '1 June 1988' }, note: 'Exchange' }],
      },
      { __typename: 'Doctrine', revision: 1, name: 'Line', actor: { name: 'Party' } },
      {
        ...{ __typename: 'WeaponSystem', revision: 1, name: 'Rocket', classes: [], rangeMaxKm: 500 },
        aliases: [{ name: 'SS-0', language: '', source: { title: 'Paper' } }],
      },
    ]);
    await mutate(server, 'upsertTopic', { slug: 'live', name: 'Live' });
    expect(nameOf(await feed.next())).toBe('Live 1');
    await feed.stop();
  });

  test('replays each reference that has changed once, as it is now, and resumes at any item', async ({
    server,
  }) => {
    const after = await feedHead(server);
    for (const name of ['One', 'Two']) await mutate(server, 'upsertTopic', { slug: 'first', name });
    await mutate(server, 'upsertTopic', { slug: 'second', name: 'Second' });
    await publishStatement(server, 'Between');
    await mutate(server, 'upsertTopic', { slug: 'first', name: 'Three' });
    const expected = ['Second 1', 'Between', 'Three 3'];
    const feed = await follow(server, { after, replay: 'LATEST' });
    expect(feed.replayed.map(nameOf)).toEqual(expected);
    await feed.stop();
    for (const [index, { cursor }] of feed.replayed.entries()) {
      const resumed = await follow(server, { after: cursor, replay: 'LATEST' });
      expect(resumed.replayed.map(nameOf)).toEqual(expected.slice(index + 1));
      await resumed.stop();
    }
  });

  test('replays the same latest states from the database as from memory, up to any position', async ({
    server: { db },
  }) => {
    const entries = await readEntries(db, 0n, 1_000);
    for (const withReferences of [true, false]) {
      for (let upTo = 0n; upTo <= BigInt(entries.length); upTo += 3n) {
        const read = await readLatest(db, 1n, upTo, 1_000, withReferences);
        const kept = latestOf(
          entries.filter(({ position }) => position > 1n && position <= upTo),
          withReferences,
        );
        expect(read.map(({ position }) => position)).toEqual(kept.map(({ position }) => position));
      }
    }
  });

  test('names the reference that one was merged into', async ({ server }) => {
    await mutate(server, 'upsertTopic', { slug: 'twin', name: 'Twin' });
    await mutate(server, 'upsertTopic', { slug: 'kept', name: 'Kept' });
    const after = await feedHead(server);
    await server.data(
      'mutation { mergeTopics(input: { from: "twin", into: "kept", reason: "One" }) { __typename } }',
    );
    const { replayed, stop } = await follow(server, { after });
    expect(replayed.filter(({ mergedInto }) => mergedInto)).toMatchObject([
      {
        ...{ reference: { name: 'Twin' }, mergedInto: { name: 'Kept' }, reason: 'One' },
        changedFields: ['mergedInto'],
        changes: [{ field: 'mergedInto', before: null, after: 'kept' }],
      },
    ]);
    await stop();
  });
});
