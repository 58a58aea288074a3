import { expect } from 'vitest';
import { feedHead, toldSince } from '../../support/feed-items.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { expectWhole, mutate } from '../../support/writes.js';
import { makeActors, merge, undo } from './merge-client.js';

/** Who takes part in a development, as of a cursor or now. */
async function participants(server: TestServer, slug: string, asOf?: string) {
  const { development } = await server.data<any>(
    `query ($slug: String!, $asOf: AsOf) { development(slug: $slug, asOf: $asOf) {
      revision ... on Statement { participants { role actor { slug } capacity } citations { claims { field value } } } } }`,
    { slug, asOf: asOf === undefined ? null : { cursor: asOf } },
  );
  return development;
}

const slugsOf = ({ participants: some }: any) => some.map(({ actor }: any) => actor.slug);

/** The slugs of developments with a participant, now or as of a cursor. */
async function withActor(server: TestServer, actor: string, asOf?: string): Promise<string[]> {
  const { developments } = await server.data<any>(
    `query ($actor: String!, $asOf: AsOf) { developments(filter: { participant: { actor: $actor } }, asOf: $asOf) { nodes { slug } } }`,
    { actor, asOf: asOf === undefined ? null : { cursor: asOf } },
  );
  return developments.nodes.map(({ slug }: any) => slug).sort();
}

describeWithDatabase('a merge of actors', () => {
  test('shows the survivor everywhere, both as of before, and is undone exactly', async ({ server }) => {
    await makeActors(server, { 'sergei-ivanov': 'Sergei Ivanov', 's-ivanov': 'S. Ivanov' });
    await mutate(server, 'upsertTreaty', {
      slug: 'pact',
      name: 'Pact',
      parties: ['s-ivanov', 'sergei-ivanov'],
    });
    await mutate(server, 'upsertDoctrine', { slug: 'policy', name: 'Policy', actor: 's-ivanov' });
    const speaker = (actor: string, capacity: string | null = null) => [{ actor, role: 'SPEAKER', capacity }];
    const record = (slug: string, input: object) =>
      mutate(server, 'recordStatement', {
        ...{ slug, headline: slug, summary: '', occurred: '2020', publish: true },
        ...{ citations: [{ source: 'source' }], ...input },
      });
    await record('one', { participants: speaker('s-ivanov', 'Minister') });
    await record('two', { participants: [...speaker('sergei-ivanov'), ...speaker('s-ivanov', 'Minister')] });
    await record('other', { participants: speaker('sergei-ivanov') });
    const claims = [{ field: 'SPEAKER', value: ['s-ivanov'] }];
    await record('claimed', {
      participants: speaker('sergei-ivanov'),
      citations: [{ source: 'source', claims }],
    });
    await record('draft', { participants: speaker('s-ivanov'), publish: false });
    const before = await feedHead(server);
    const idOf = async (slug: string) =>
      (await server.data<any>(`{ actor(slug: "${slug}") { id } }`)).actor.id;
    const oldId = await idOf('s-ivanov');
    expect(await withActor(server, 's-ivanov')).toEqual(['one', 'two']);

    const merged = await merge(server, 'mergeActors', 's-ivanov', 'sergei-ivanov');
    expect(merged).toMatchObject({
      actor: { slug: 'sergei-ivanov' },
      merge: { kind: 'ACTOR', from: { slug: 's-ivanov' }, into: { slug: 'sergei-ivanov' }, count: 4 },
    });
    const told = await toldSince(server, before, 'slug');
    expect(told.map(({ development }) => development.slug).sort()).toEqual(['claimed', 'one', 'two']);
    expect((await participants(server, 'one')).participants).toEqual([
      { role: 'SPEAKER', actor: { slug: 'sergei-ivanov' }, capacity: 'Minister' },
    ]);
    expect((await participants(server, 'two')).participants).toEqual([
      { role: 'SPEAKER', actor: { slug: 'sergei-ivanov' }, capacity: 'Minister' },
    ]);
    expect((await participants(server, 'claimed')).citations[0].claims).toEqual([
      { field: 'SPEAKER', value: ['sergei-ivanov'] },
    ]);
    expect(slugsOf(await participants(server, 'draft'))).toEqual(['sergei-ivanov']);
    // By its old slug and id.
    expect(await idOf('s-ivanov')).toBe(await idOf('sergei-ivanov'));
    const { node, nodes } = await server.data<any>(
      `query ($id: ID!) { node(id: $id) { id ... on Actor { slug } } nodes(ids: [$id]) { id } }`,
      { id: oldId },
    );
    expect(node).toEqual({ id: await idOf('sergei-ivanov'), slug: 'sergei-ivanov' });
    expect(nodes).toEqual([{ id: node.id }]);
    const all = ['claimed', 'one', 'other', 'two'];
    expect(await withActor(server, 's-ivanov')).toEqual(all);
    expect(await withActor(server, 'sergei-ivanov')).toEqual(all);
    const reading = await server.data<any>(
      `{ actors(search: "S Ivanov") { nodes { slug } } all: actors { nodes { slug } }
         treaty(slug: "pact") { parties { slug } } doctrine(slug: "policy") { actor { slug } } }`,
    );
    expect(reading).toEqual({
      actors: { nodes: [{ slug: 'sergei-ivanov' }] },
      all: { nodes: [{ slug: 'sergei-ivanov' }] },
      treaty: { parties: [{ slug: 'sergei-ivanov' }] },
      doctrine: { actor: { slug: 'sergei-ivanov' } },
    });
    // As of before.
    expect(await withActor(server, 's-ivanov', before)).toEqual(['one', 'two']);
    expect(await withActor(server, 'sergei-ivanov', before)).toEqual(['claimed', 'other', 'two']);
    expect(slugsOf(await participants(server, 'two', before))).toEqual(['sergei-ivanov', 's-ivanov']);
    expect(await withActor(server, 's-ivanov', merged.cursor)).toEqual(all);
    // What is written by the old slug names the survivor.
    await record('later', { participants: speaker('s-ivanov') });
    expect(slugsOf(await participants(server, 'later'))).toEqual(['sergei-ivanov']);
    const refused = await mutate(server, 'upsertActor', { slug: 's-ivanov', kind: 'PERSON', name: 'S' });
    expect(refused).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('"sergei-ivanov"'),
    });
    await expectWhole(server);

    const undone = await undo(server, merged.merge.key);
    expect(undone.merge).toMatchObject({ key: merged.merge.key, undoneBy: 'ADMIN_TOKEN' });
    expect(await withActor(server, 's-ivanov')).toEqual(['one', 'two']);
    expect(slugsOf(await participants(server, 'two'))).toEqual(['sergei-ivanov', 's-ivanov']);
    expect(slugsOf(await participants(server, 'draft'))).toEqual(['s-ivanov']);
    expect(slugsOf(await participants(server, 'later'))).toEqual(['sergei-ivanov']);
    expect((await participants(server, 'claimed')).citations[0].claims[0].value).toEqual(['s-ivanov']);
    expect(await idOf('s-ivanov')).toBe(oldId);
    expect(await withActor(server, 's-ivanov', merged.cursor)).toEqual(all);
    const again = await server.data<any>(
      `{ treaty(slug: "pact") { parties { slug } } doctrine(slug: "policy") { actor { slug } } }`,
    );
    expect(again).toEqual({
      treaty: { parties: [{ slug: 's-ivanov' }, { slug: 'sergei-ivanov' }] },
      doctrine: { actor: { slug: 's-ivanov' } },
    });
    await expectWhole(server);
  }, 180_000);

  test('is not undone once something that it changed was changed again, and says what by whom', async ({
    server,
  }) => {
    await makeActors(server, { ann: 'Ann Lee', anne: 'Anne Lee' });
    const input = { headline: 'Talk', summary: '', occurred: '2020', publish: true };
    await mutate(server, 'recordStatement', {
      ...{ ...input, slug: 'talk', citations: [{ source: 'source' }] },
      participants: [{ actor: 'ann', role: 'SPEAKER' }],
    });
    const merged = await merge(server, 'mergeActors', 'ann', 'anne');
    await mutate(server, 'reviseStatement', { slug: 'talk', summary: 'Edited since.' });
    const refused = await undo(server, merged.merge.key);
    expect(refused).toMatchObject({
      code: 'MERGE_UNDO_REFUSED',
      changed: [{ slug: 'talk', isDevelopment: true, reason: 'changed since by ADMIN_TOKEN' }],
    });
    expect(slugsOf(await participants(server, 'talk'))).toEqual(['anne']);
    expect(await undo(server, '00000000-0000-7000-8000-000000000000')).toMatchObject({
      code: 'UNKNOWN_MERGE',
    });
    await expectWhole(server);
  });

  test('refuses what cannot be one, each with its reason', async ({ server }) => {
    await makeActors(server, { a: 'Aa', b: 'Bb', c: 'Cc' });
    await mutate(server, 'upsertActor', { slug: 'org', kind: 'ORGANISATION', name: 'Org' });
    const state = (slug: string, more: object) =>
      mutate(server, 'upsertActor', { slug, kind: 'STATE', name: slug, ...more });
    await state('coded', { countryCode3: 'RUS' });
    await state('other', { countryCode3: 'USA' });
    await state('plain', {});
    await mutate(server, 'upsertActor', { slug: 'q1', kind: 'PERSON', name: 'Q one', wikidataId: 'Q1' });
    await mutate(server, 'upsertActor', { slug: 'q2', kind: 'PERSON', name: 'Q two', wikidataId: 'Q2' });
    const refusal = async (from: string, into: string) => {
      const { preview } = await server.data<any>(
        `{ preview: mergePreview(kind: ACTOR, from: "${from}", into: "${into}") { obstacles { refusal } } }`,
      );
      const refused = await merge(server, 'mergeActors', from, into);
      expect(preview.obstacles[0]).toEqual({ refusal: refused.refusal });
      return refused.refusal;
    };
    expect(await refusal('a', 'a')).toBe('SAME');
    expect(await refusal('a', 'org')).toBe('OTHER_ACTOR_KIND');
    expect(await refusal('coded', 'other')).toBe('OTHER_ISO_CODE');
    expect(await refusal('q1', 'q2')).toBe('OTHER_WIKIDATA_ITEM');
    expect(await refusal('coded', 'plain')).toBe('KEEPS_NO_CODE');
    await merge(server, 'mergeActors', 'a', 'b');
    expect(await refusal('a', 'c')).toBe('ALREADY_MERGED');
    expect(await refusal('c', 'a')).toBe('ALREADY_MERGED');
    const conflict = await merge(server, 'mergeActors', 'b', 'c', {
      expectedRevisions: { from: 1, into: 7 },
    });
    expect(conflict).toMatchObject({ refusal: 'NEWER_REVISION', path: 'expectedRevisions.into' });
    await expectWhole(server);
  });
});
