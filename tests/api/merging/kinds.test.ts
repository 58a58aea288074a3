import { expect } from 'vitest';
import { upsertActor } from '../../../src/domain/references/actor.js';
import { findByName, identityOf } from '../../../src/domain/references/named/find-by-name.js';
import { createToken } from '../../../src/domain/token.js';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { expectWhole, mutate, readDevelopment } from '../../support/writes.js';
import { makeActors, merge, undo } from './merge-client.js';

const EVENT = { summary: '', occurred: '2020', publish: true, type: 'TEST' };

describeWithDatabase('a merge of references', () => {
  test('joins citations of two sources that differ in nothing, and derives the confidence again', async ({
    server,
  }) => {
    await mutate(server, 'upsertSource', { slug: 'good', title: 'Good', reliability: 'A', publisher: 'One' });
    await mutate(server, 'upsertSource', {
      ...{ slug: 'twin', title: 'Twin', reliability: 'A', publisher: 'Two' },
      url: 'https://example.org/twin',
    });
    await mutate(server, 'upsertWeaponSystem', {
      ...{ slug: 'missile', name: 'Missile' },
      aliases: [{ name: 'M', source: 'twin' }],
    });
    const cite = (source: string, more: object = {}) => ({ source, credibility: 2, ...more });
    const claims = [{ field: 'OCCURRED', value: '2020' }];
    await mutate(server, 'recordEvent', {
      ...{ ...EVENT, slug: 'launch', headline: 'Launch' },
      citations: [cite('good'), cite('twin', { claims }), cite('twin', { locator: 'p. 2' })],
    });
    const read = () =>
      readDevelopment(
        server,
        'launch',
        'confidence citations { source { slug } locator claims { field value } }',
      );
    expect(await read()).toMatchObject({ confidence: 'HIGH' });
    const merged = await merge(server, 'mergeSources', 'twin', 'good');
    expect(merged).toMatchObject({ source: { slug: 'good' }, merge: { count: 1 } });
    // One publisher is left.
    expect(await read()).toEqual({
      confidence: 'MODERATE',
      citations: [
        { source: { slug: 'good' }, locator: null, claims: [{ field: 'OCCURRED', value: '2020' }] },
        { source: { slug: 'good' }, locator: 'p. 2', claims: [] },
      ],
    });
    const { weaponSystem } = await server.data<any>(
      '{ weaponSystem(slug: "missile") { aliases { source { slug } } } }',
    );
    expect(weaponSystem.aliases).toEqual([{ source: { slug: 'good' } }]);
    // An import finds the survivor by the address and the title of the merged one.
    const input = { slug: 'new', title: 'Twin', url: 'https://example.org/twin' };
    const found = await findByName(server.db, [{ owner: 'Source', input }]);
    expect(found.get(identityOf({ owner: 'Source', input }))).toMatchObject({ slug: 'good' });
    await expectWhole(server);
    await undo(server, merged.merge.key);
    expect(await read()).toMatchObject({ confidence: 'HIGH', citations: [{}, { claims: [{}] }, {}] });
    await expectWhole(server);
  });

  test('replaces topics, weapon systems and doctrines, each once', async ({ server }) => {
    for (const slug of ['old', 'new']) {
      await mutate(server, 'upsertTopic', { slug, name: `Topic ${slug}` });
      await mutate(server, 'upsertWeaponSystem', { slug, name: `System ${slug}` });
      await mutate(server, 'upsertDoctrine', { slug, name: `Doctrine ${slug}` });
    }
    const both = ['old', 'new'];
    await mutate(server, 'recordDoctrineChange', {
      ...{ slug: 'change', headline: 'Change', occurred: '2020', publish: true, changeType: 'AMENDED' },
      ...{
        doctrine: 'old',
        doctrines: both,
        topics: both,
        weaponSystems: both,
        citations: [{ source: 'source' }],
      },
    });
    const fields =
      'topics { slug } weaponSystems { slug } doctrines { slug } ... on DoctrineChange { doctrine { slug } }';
    const head = await feedHead(server);
    const before = await readDevelopment(server, 'change', fields);
    const keys: string[] = [];
    for (const name of ['mergeTopics', 'mergeWeaponSystems', 'mergeDoctrines'] as const) {
      keys.push((await merge(server, name, 'old', 'new')).merge.key);
    }
    const one = [{ slug: 'new' }];
    expect(await readDevelopment(server, 'change', fields)).toEqual({
      ...{ topics: one, weaponSystems: one, doctrines: one, doctrine: { slug: 'new' } },
    });
    expect(await toldSince(server, head)).toHaveLength(3);
    const lists =
      '{ topics { nodes { slug } } weaponSystems { nodes { slug } } doctrines { nodes { slug } } }';
    expect(await server.data<any>(lists)).toEqual({
      ...{ topics: { nodes: one }, weaponSystems: { nodes: one }, doctrines: { nodes: one } },
    });
    const filtered = await server.data<any>(
      `{ developments(filter: { topic: ["old"], weaponSystem: ["old"], doctrine: ["old"] }) { nodes { slug } } }`,
    );
    expect(filtered.developments.nodes).toEqual([{ slug: 'change' }]);
    await expectWhole(server);
    // Another order than they were made in does not matter only for those that nothing depends on.
    expect(await undo(server, keys[0] ?? '')).toMatchObject({ code: 'MERGE_UNDO_REFUSED' });
    for (const key of keys.toReversed()) await undo(server, key);
    expect(await readDevelopment(server, 'change', fields)).toEqual(before);
    await expectWhole(server);
  });

  test('follows a chain of merges by slug, name and search', async ({ server }) => {
    await makeActors(server, { first: 'Ferdinand Quux', second: 'F. Quux', third: 'Fernando Quux' });
    await mutate(server, 'recordStatement', {
      ...{
        slug: 'talk',
        headline: 'Talk',
        occurred: '2020',
        publish: true,
        citations: [{ source: 'source' }],
      },
      participants: [{ actor: 'first', role: 'SPEAKER' }],
    });
    await merge(server, 'mergeActors', 'first', 'second');
    const second = await merge(server, 'mergeActors', 'second', 'third');
    const data = await server.data<any>(`{
      actor(slug: "first") { slug }
      text: developments(filter: { text: "Ferdinand" }) { nodes { slug } }
      actors(search: "Ferdinand") { nodes { slug } }
      similar: similarReferences(kind: ACTOR, actorKind: PERSON, name: "Ferdinand Quux") { reference { ... on Actor { slug } } }
      suggestions: duplicateSuggestions(kind: ACTOR) { suggestions { one { ... on Actor { slug } } } }
      merges { from { ... on Actor { slug } } into { ... on Actor { slug } } undoneAt }
    }`);
    expect(data).toEqual({
      actor: { slug: 'third' },
      text: { nodes: [{ slug: 'talk' }] },
      actors: { nodes: [{ slug: 'third' }] },
      similar: [{ reference: { slug: 'third' } }],
      suggestions: { suggestions: [] },
      merges: [
        { from: { slug: 'second' }, into: { slug: 'third' }, undoneAt: null },
        { from: { slug: 'first' }, into: { slug: 'second' }, undoneAt: null },
      ],
    });
    const input = { slug: 'new', kind: 'PERSON' as const, name: 'Ferdinand Quux' };
    const found = await findByName(server.db, [{ owner: 'Actor', input }]);
    expect(found.get(identityOf({ owner: 'Actor', input }))).toMatchObject({ slug: 'third' });
    await undo(server, second.merge.key);
    expect(await server.data<any>('{ actor(slug: "first") { slug } }')).toEqual({
      actor: { slug: 'second' },
    });
    await expectWhole(server);
  });

  test('needs a second editor where the record requires review', async ({ server }) => {
    await makeActors(server, { one: 'One Name', other: 'Other Name' });
    await mutate(server, 'recordStatement', {
      ...{
        slug: 'talk',
        headline: 'Talk',
        occurred: '2020',
        publish: true,
        citations: [{ source: 'source' }],
      },
      participants: [{ actor: 'one', role: 'SPEAKER' }],
    });
    await server.db.$executeRaw`UPDATE review_policy SET mode = 'REQUIRED'`;
    const [jo, al] = await Promise.all(
      ['Jo', 'Al'].map((name) => createToken(server.db, { name, role: 'EDITOR' })),
    );
    expect(await merge(server, 'mergeActors', 'one', 'other', { token: jo })).toMatchObject({
      code: 'REVIEW_REQUIRED',
    });
    const { preview } = await server.data<any>(
      '{ preview: mergePreview(kind: ACTOR, from: "one", into: "other") { developments drafts references obstacles { refusal } } }',
    );
    expect(preview).toEqual({
      ...{ developments: 1, drafts: 0, references: 0, obstacles: [{ refusal: 'REVIEW_REQUIRED' }] },
    });
    await server.request(
      'mutation { judgeDuplicate(input: { kind: ACTOR, one: "one", other: "other", verdict: SAME }) { __typename } }',
      { token: al ?? '' },
    );
    const merged = await merge(server, 'mergeActors', 'one', 'other', { token: jo });
    expect(merged).toMatchObject({ merge: { editor: 'Jo' } });
    expect(await undo(server, merged.merge.key, jo)).toMatchObject({ code: 'REVIEW_REQUIRED' });
    expect(await undo(server, merged.merge.key, al)).toMatchObject({ merge: { undoneBy: 'Al' } });
    await expectWhole(server);
  });

  test('refuses a writer that has looked up the slug before, who then finds the survivor', async ({
    server,
  }) => {
    await makeActors(server, { one: 'One Name', other: 'Other Name' });
    await Promise.all([
      merge(server, 'mergeActors', 'one', 'other'),
      ...Array.from({ length: 10 }, (_, index) =>
        mutate(server, 'recordStatement', {
          ...{ slug: `talk-${index}`, headline: 'Talk', occurred: '2020', publish: true },
          ...{ citations: [{ source: 'source' }], participants: [{ actor: 'one', role: 'SPEAKER' }] },
        }),
      ),
      upsertActor(
        { db: server.db, editor: 'test', wake: () => {} },
        { slug: 'x', kind: 'PERSON', name: 'X' },
      ),
    ]);
    const { developments } = await server.data<any>(
      '{ developments(filter: { participant: { actor: "other" } }) { totalCount } }',
    );
    expect(developments.totalCount).toBe(10);
    await expectWhole(server);
  });
});
