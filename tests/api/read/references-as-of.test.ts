import { expect } from 'vitest';
import { feedHead } from '../../support/feed-items.js';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';

const ACTOR =
  'slug name native: name(language: "ru") countryCode description names { name language } revision';
const SOURCE = `slug title publisher reliability published { edtf } revision
  agreement { preferred normal deprecated } revisions { totalCount nodes { number } }`;
const TREATY = `slug name parties { ${ACTOR} } states { state since { edtf } note } revision`;
const SYSTEM = 'slug name classes rangeMaxKm aliases { name source { title } } revision';
const DOCTRINE = 'slug name summary actor { name } revision';
const TOPIC = `slug name description revision firstOccurred { edtf } lastOccurred { edtf }
  developments { totalCount nodes { headline topics { name } } }`;

const OBJECTS = {
  actor: ['party', ACTOR],
  source: ['paper', SOURCE],
  treaty: ['pact', TREATY],
  weaponSystem: ['rocket', SYSTEM],
  doctrine: ['line', DOCTRINE],
  topic: ['matter', TOPIC],
} as const;

const DEVELOPMENT = `headline participants { actor { ${ACTOR} } } citations { source { ${SOURCE} } }
  treaties { ${TREATY} } weaponSystems { ${SYSTEM} } doctrines { ${DOCTRINE} } topics { ${TOPIC} }`;

/** Reads all references in every way, now or as of a point. */
const look = async (server: TestServer, asOf?: object) => {
  const objects = Object.entries(OBJECTS).map(
    ([field, [slug, fields]]) => `${field}(slug: "${slug}", asOf: $asOf) { ${fields} }`,
  );
  return server.data<any>(
    `query ($asOf: AsOf) {
      developments(asOf: $asOf) { nodes { ${DEVELOPMENT} } }
      development(slug: "one", asOf: $asOf) { ${DEVELOPMENT} links { to { topics { name } } } }
      developmentFacets(asOf: $asOf) {
        topic { values { topic { name } count } }
        source { values { source { title } count } }
        participant { values { actor { name } } }
      }
      ${objects.join('\n')}
    }`,
    { asOf: asOf ?? null },
  );
};

const statement = (slug: string, occurred: string) => ({
  ...{ slug, headline: slug, occurred, publish: true },
  citations: [{ source: 'paper', credibility: 2, claims: [{ field: 'OCCURRED', value: occurred }] }],
  participants: [{ actor: 'party', role: 'SPEAKER' }],
  ...{ treaties: ['pact'], weaponSystems: ['rocket'], doctrines: ['line'], topics: ['matter'] },
});

const STEPS: readonly (readonly [name: string, input: object])[] = [
  ['recordStatement', statement('one', '2019-02')],
  ['upsertSource', { slug: 'paper', title: 'Paper of record', reliability: 'D', published: '2018' }],
  [
    'upsertActor',
    {
      slug: 'party',
      kind: 'STATE',
      name: 'Federation',
      countryCode: 'RU',
      names: [{ name: 'Союз', language: 'ru' }],
    },
  ],
  [
    'upsertTreaty',
    {
      ...{ slug: 'pact', name: 'Pact', parties: ['party', 'other'] },
      states: [
        { state: 'IN_FORCE', since: '1988', note: null },
        { state: 'ENDED', since: '2019-08-02', note: 'Withdrawal' },
      ],
    },
  ],
  ['upsertActor', { slug: 'other', kind: 'STATE', name: 'Other, renamed' }],
  ['recordStatement', statement('two', '2020')],
  ['upsertTopic', { slug: 'matter', name: 'Matter, renamed', description: 'Said anew' }],
  [
    'upsertWeaponSystem',
    { slug: 'rocket', name: 'Rocket', rangeMaxKm: 900, classes: ['OTHER'], aliases: null },
  ],
  ['upsertDoctrine', { slug: 'line', name: 'Line', summary: 'Changed', actor: 'other' }],
  ['retractDevelopment', { slug: 'two', reason: 'Wrong' }],
];

async function prepare(server: TestServer): Promise<void> {
  await mutate(server, 'upsertActor', { slug: 'party', kind: 'STATE', name: 'Union' });
  await mutate(server, 'upsertActor', { slug: 'other', kind: 'STATE', name: 'Other' });
  await mutate(server, 'upsertSource', {
    slug: 'paper',
    title: 'Paper',
    reliability: 'B',
    publisher: 'Press',
  });
  await mutate(server, 'upsertTreaty', {
    ...{ slug: 'pact', name: 'Pact', parties: ['party'] },
    states: [{ state: 'IN_FORCE', since: '1988' }],
  });
  const aliases = [{ name: 'SS-0', source: 'paper' }];
  await mutate(server, 'upsertWeaponSystem', { slug: 'rocket', name: 'Rocket', rangeMaxKm: 500, aliases });
  await mutate(server, 'upsertDoctrine', { slug: 'line', name: 'Line', actor: 'party' });
  await mutate(server, 'upsertTopic', { slug: 'matter', name: 'Matter' });
}

describeWithDatabase('references as of a point', () => {
  test('are shown as they were then, in every answer', async ({ server }) => {
    await prepare(server);
    const seen: { cursor: string; view: unknown }[] = [];
    for (const [name, input] of STEPS) {
      seen.push({ cursor: await feedHead(server), view: await look(server) });
      expect(await mutate(server, name, input)).not.toHaveProperty('code');
    }
    seen.push({ cursor: await feedHead(server), view: await look(server) });
    expect(new Set(seen.map(({ view }) => JSON.stringify(view))).size).toBe(STEPS.length + 1);
    for (const { cursor, view } of seen) expect(await look(server, { cursor })).toEqual(view);
  });

  test('have ids of their own, which lead to those states', async ({ server }) => {
    await prepare(server);
    const cursor = await feedHead(server);
    await mutate(server, 'upsertTopic', { slug: 'matter', name: 'Renamed' });
    const { past, present } = await server.data<any>(
      `query ($asOf: AsOf) {
        past: topic(slug: "matter", asOf: $asOf) { id name }
        present: topic(slug: "matter") { id name }
      }`,
      { asOf: { cursor } },
    );
    expect(past.id).not.toBe(present.id);
    const { nodes } = await server.data<any>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Topic { name revision } } }',
      { ids: [past.id, present.id] },
    );
    expect(nodes).toEqual([
      { id: past.id, name: 'Matter', revision: 1 },
      { id: present.id, name: 'Renamed', revision: 2 },
    ]);
  });

  test('are null before the record has them', async ({ server }) => {
    const cursor = await feedHead(server);
    await prepare(server);
    const { actor, treaty } = await server.data<any>(
      'query ($asOf: AsOf) { actor(slug: "party", asOf: $asOf) { name } treaty(slug: "pact", asOf: $asOf) { name } }',
      { asOf: { cursor } },
    );
    expect([actor, treaty]).toEqual([null, null]);
  });

  test('are two before their merge, and one after it', async ({ server }) => {
    await prepare(server);
    await mutate(server, 'recordStatement', statement('one', '2019'));
    const before = await feedHead(server);
    await server.data(
      'mutation { mergeActors(input: { from: "party", into: "other", reason: "One" }) { __typename } }',
    );
    const after = await feedHead(server);
    const read = async (cursor: string) => {
      const { actor, development, id } = await server.data<any>(
        `query ($asOf: AsOf) {
          actor(slug: "party", asOf: $asOf) { slug name }
          id: actor(slug: "party", asOf: $asOf) { id }
          development(slug: "one", asOf: $asOf) { participants { actor { slug name } } }
        }`,
        { asOf: { cursor } },
      );
      const { node } = await server.data<any>(
        'query ($id: ID!) { node(id: $id) { ... on Actor { slug name } } }',
        id,
      );
      expect(node).toEqual(actor);
      expect(development.participants).toEqual([{ actor }]);
      return actor.slug;
    };
    expect(await read(before)).toBe('party');
    expect(await read(after)).toBe('other');
  });

  test('are listed as they were, in every order, with those that were merged since', async ({ server }) => {
    const LISTS: Readonly<Record<string, string>> = {
      actors: 'slug name countryCode names { name }',
      doctrines: 'slug name summary',
      sources: 'slug title reliability',
      topics: 'slug name lastOccurred { edtf }',
      treaties: 'slug name parties { slug }',
      weaponSystems: 'slug name rangeMaxKm',
    };
    const ORDERS = ['NAME', 'MOST_USED'];
    const listsOf = (args: string) =>
      Object.entries(LISTS)
        .map(
          ([list, fields]) =>
            `${list}(first: 50, asOf: $asOf${args}) { totalCount nodes { ${fields} revision } }`,
        )
        .join(' ');
    const look = async (cursor?: string) => {
      const asOf = cursor === undefined ? null : { cursor };
      const views = [];
      for (const order of ORDERS) {
        views.push(await server.data(`query ($asOf: AsOf) { ${listsOf(`, orderBy: ${order}`)} }`, { asOf }));
      }
      const { states, russian, backwards } = await server.data<any>(
        `query ($asOf: AsOf) {
          states: actors(kind: [STATE], asOf: $asOf) { totalCount nodes { slug } }
          russian: actors(country: ["RU"], asOf: $asOf) { totalCount nodes { slug } }
          backwards: actors(last: 1, orderBy: NAME, asOf: $asOf) { nodes { slug } pageInfo { hasPreviousPage } }
        }`,
        { asOf },
      );
      return { views, states, russian, backwards };
    };
    const start = await feedHead(server);
    await prepare(server);
    const seen: { cursor: string; view: unknown }[] = [];
    const note = async () => seen.push({ cursor: await feedHead(server), view: await look() });
    for (const [index, [name, input]] of STEPS.entries()) {
      if (index % 3 === 0) await note();
      expect(await mutate(server, name, input)).not.toHaveProperty('code');
    }
    await note();
    const apart = await feedHead(server);
    await server.data(
      'mutation { mergeActors(input: { from: "party", into: "other", reason: "One" }) { __typename } }',
    );
    await note();
    await mutate(server, 'upsertActor', { slug: 'third', kind: 'PERSON', name: 'Third' });
    await note();
    for (const { cursor, view } of seen) expect(await look(cursor)).toEqual(view);
    expect(await look(start)).toMatchObject({ states: { totalCount: 0, nodes: [] } });

    const found = async (search: string, cursor: string) => {
      const { actors } = await server.data<any>(
        'query ($search: String, $asOf: AsOf) { actors(search: $search, asOf: $asOf) { totalCount nodes { slug name } } }',
        { search, asOf: { cursor } },
      );
      expect(actors.totalCount).toBe(actors.nodes.length);
      return actors.nodes;
    };
    // A search matches present names and shows those of then. A merged reference is found as itself before the merge.
    expect(await found('renamed', seen[0]?.cursor ?? '')).toEqual([{ slug: 'other', name: 'Other' }]);
    expect(await found('federation', apart)).toEqual([{ slug: 'party', name: 'Federation' }]);
    expect(await found('federation', await feedHead(server))).toEqual([
      { slug: 'other', name: 'Other, renamed' },
    ]);
    expect(await found('third', apart)).toEqual([]);
    const first = await server.data<any>(
      'query ($asOf: AsOf) { actors(first: 1, asOf: $asOf) { nodes { slug } pageInfo { endCursor hasNextPage } } }',
      { asOf: { cursor: apart } },
    );
    const next = await server.data<any>(
      'query ($after: Cursor, $asOf: AsOf) { actors(first: 5, after: $after, asOf: $asOf) { nodes { slug } pageInfo { hasNextPage } } }',
      { asOf: { cursor: apart }, after: first.actors.pageInfo.endCursor },
    );
    expect([...first.actors.nodes, ...next.actors.nodes]).toEqual([{ slug: 'other' }, { slug: 'party' }]);
    expect([first.actors.pageInfo.hasNextPage, next.actors.pageInfo.hasNextPage]).toEqual([true, false]);
  });
});
