import { expect } from 'vitest';
import { DEVELOPMENTS } from '../../../src/dossier/developments.js';
import { describeWithDatabase } from '../../support/fixtures.js';
import { test } from '../../support/shared.js';

const LISTS = {
  events: 'Event',
  statements: 'Statement',
  doctrineChanges: 'DoctrineChange',
  actors: 'Actor',
  treaties: 'Treaty',
  weaponSystems: 'WeaponSystem',
  doctrines: 'Doctrine',
  sources: 'Source',
  topics: 'Topic',
} as const;

const ADDRESS = 'putin-federal-assembly-address-2019';

describeWithDatabase('objects', () => {
  test('of every node type are found by their id, alone and among others', async ({ dossier }) => {
    const fields = Object.keys(LISTS).map((list) => `${list}(first: 2) { nodes { id __typename slug } }`);
    const lists = await dossier.data<
      Record<string, { nodes: { id: string; __typename: string; slug: string }[] }>
    >(`{ ${fields} }`);
    const objects = Object.values(lists).flatMap(({ nodes }) => nodes);
    expect(new Set(objects.map(({ __typename }) => __typename))).toEqual(new Set(Object.values(LISTS)));
    const slug = Object.values(LISTS).map((type) => `... on ${type} { slug }`);

    const ids = objects.map(({ id }) => id).reverse();
    const { nodes } = await dossier.data(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename ${slug} } }`,
      { ids },
    );
    expect(nodes).toEqual([...objects].reverse());

    for (const object of objects) {
      const { node } = await dossier.data(`query ($id: ID!) { node(id: $id) { id __typename ${slug} } }`, {
        id: object.id,
      });
      expect(node).toEqual(object);
    }
  });

  test('from nodes keep the order and repetitions of the ids, with null for unknown ids', async ({
    dossier,
  }) => {
    const { statements, events } = await dossier.data(
      '{ statements(first: 1) { nodes { id } } events(first: 1) { nodes { id } } }',
    );
    const [statement, event] = [statements.nodes[0].id, events.nodes[0].id];
    const uuid = Buffer.from(statement, 'base64').toString().split(':')[1];
    const unknown = Buffer.from(`Statement:${crypto.randomUUID()}`).toString('base64');
    const ofAnotherType = Buffer.from(`Event:${uuid}`).toString('base64');
    const ids = [event, unknown, statement, ofAnotherType, event];
    const { nodes } = await dossier.data('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(nodes).toEqual([{ id: event }, null, { id: statement }, null, { id: event }]);
  });

  test('are found for at most 100 ids at once', async ({ dossier }) => {
    const { topics } = await dossier.data('{ topics(first: 1) { nodes { id } } }');
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ask = (count: number) =>
      dossier.request<any>(query, { variables: { ids: Array(count).fill(topics.nodes[0].id) } });
    expect((await ask(100)).data.nodes).toHaveLength(100);
    expect((await ask(101)).errors).toMatchObject([
      {
        message: 'Expected at most 100 ids; got 101. Send several requests.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  test('of any kind of development are found by the id that the interface returns', async ({ dossier }) => {
    const { developments } = await dossier.data(
      '{ developments(first: 50) { nodes { id __typename slug } } }',
    );
    expect(new Set(developments.nodes.map(({ __typename }: any) => __typename)).size).toBe(3);
    const { nodes } = await dossier.data(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Development { slug } } }',
      { ids: developments.nodes.map(({ id }: any) => id) },
    );
    expect(nodes).toEqual(developments.nodes);
  });

  test('are found by their slug, and an unknown slug returns null', async ({ dossier }) => {
    const known = await dossier.data(`{
      development(slug: "${ADDRESS}") { __typename slug }
      actor(slug: "russia") { name names { name language } countryCode wikidataId }
      treaty(slug: "inf") { abbreviation parties { slug } states { state since { edtf } } }
      weaponSystem(slug: "intermediate-and-shorter-range-missiles") { classes delivery rangeMinKm rangeMaxKm aliases { name source { slug } } }
      doctrine(slug: "basic-principles-nuclear-deterrence") { name actor { name } }
      source(slug: "putin-address-2019-02-20") { reliability published { earliest latest precision } retrievedAt url }
      topic(slug: "nuclear-doctrine") { name }
    }`);
    expect(known).toMatchObject({
      development: { __typename: 'Statement', slug: ADDRESS },
      actor: {
        countryCode: 'RU',
        wikidataId: 'Q159',
        names: expect.arrayContaining([{ name: 'Россия', language: 'ru' }]),
      },
      treaty: {
        parties: [{ slug: 'united-states' }, { slug: 'russia' }],
        states: ['SIGNED', 'IN_FORCE', 'SUSPENDED', 'ENDED'].map((state) => ({ state })),
      },
      weaponSystem: {
        rangeMinKm: 500,
        rangeMaxKm: 5500,
        classes: ['BALLISTIC_MISSILE', 'CRUISE_MISSILE'],
        delivery: ['GROUND'],
      },
      doctrine: { actor: { name: 'Russia' } },
      source: {
        published: { earliest: '2019-02-20', latest: '2019-02-20', precision: 'DAY' },
        retrievedAt: null,
        url: null,
      },
      topic: { name: 'Nuclear doctrine' },
    });
    expect(known['weaponSystem'].aliases).toContainEqual({
      name: 'RSMD',
      source: { slug: 'ryabkov-interview-article' },
    });

    const names = ['development', 'actor', 'treaty', 'weaponSystem', 'doctrine', 'source', 'topic'];
    const unknown = await dossier.data(
      `{ ${names.map((name) => `${name}(slug: "nothing-of-the-sort") { __typename }`)} }`,
    );
    expect(unknown).toEqual(Object.fromEntries(names.map((name) => [name, null])));
  });

  test('return fields of the interface and of their kind in one selection', async ({ dossier }) => {
    const { developments } = await dossier.data(`{
      developments(first: 100, orderBy: { field: RECORDED, direction: ASC }) {
        nodes {
          __typename slug status revision publishedAt occurred { earliest latest precision }
          ... on Node { id }
          ... on Event { type places { name countryCode precision latitude } quantities { name } }
          ... on Statement { attribution setting originalLanguage quotation translation speakers { actor { slug } } }
          ... on DoctrineChange { changeType doctrine { slug } }
          topics { slug } treaties { slug } weaponSystems { slug } doctrines { slug }
        }
      }
    }`);
    const bySlug = new Map(developments.nodes.map((node: any) => [node.slug, node]));
    expect(developments.nodes).toHaveLength(DEVELOPMENTS.length);
    expect(bySlug.get('exercise-denmark-2024')).toMatchObject({
      __typename: 'Event',
      type: 'EXERCISE',
      places: [{ name: 'Denmark', countryCode: 'DK', precision: 'COUNTRY', latitude: null }],
      quantities: [],
      topics: [{ slug: 'military-exercises' }, { slug: 'intermediate-range-missiles' }],
      occurred: { earliest: '2023-01-01', latest: '2025-12-31', precision: 'YEAR' },
    });
    expect(bySlug.get('analysts-on-nuclear-doctrine')).toMatchObject({
      attribution: 'unnamed analysts',
      quotation: null,
      speakers: [],
      doctrines: [{ slug: 'basic-principles-nuclear-deterrence' }],
    });
    for (const node of developments.nodes)
      expect(node).toMatchObject({ status: 'PUBLISHED', publishedAt: expect.any(String) });
  });

  test('have participants, claims and links that arguments filter, separately for each alias', async ({
    dossier,
  }) => {
    const { it, production } = await dossier.data(`{
      it: development(slug: "${ADDRESS}") {
        participants { role }
        speakers: participants(role: [SPEAKER]) { actor { slug } }
        others: participants(role: [ON_BEHALF_OF, ADDRESSEE]) { actor { slug } role }
        any: participants(role: []) { role }
        ... on Statement { named: speakers { capacity } }
      }
      production: development(slug: "putin-missile-production-2024") {
        claims { field }
        dates: claims(field: [OCCURRED]) { value citation { claims { value } } }
        after: claims(field: [AFTER]) { value }
        out: links(direction: OUT) { to { slug } }
        in: links(direction: IN) { from { slug } relation }
        implemented: links(relation: [IMPLEMENTS, PART_OF]) { from { slug } }
        outImplements: links(direction: OUT, relation: [IMPLEMENTS]) { note }
      }
    }`);
    expect(it).toEqual({
      participants: [{ role: 'SPEAKER' }, { role: 'ON_BEHALF_OF' }, { role: 'ADDRESSEE' }],
      speakers: [{ actor: { slug: 'vladimir-putin' } }],
      others: [
        { actor: { slug: 'russia' }, role: 'ON_BEHALF_OF' },
        { actor: { slug: 'federal-assembly-of-russia' }, role: 'ADDRESSEE' },
      ],
      any: [{ role: 'SPEAKER' }, { role: 'ON_BEHALF_OF' }, { role: 'ADDRESSEE' }],
      named: [{ capacity: 'President of Russia' }],
    });
    expect(production).toMatchObject({
      claims: [{ field: 'OCCURRED' }, { field: 'OCCURRED' }, { field: 'OCCURRED' }],
      dates: [
        { value: '2024-06-28' },
        { value: '2020-06-28', citation: { claims: [{ value: '2020-06-28' }, { value: '2021' }] } },
        { value: '2021' },
      ],
      after: [],
      out: [
        { to: { slug: 'exercise-denmark-2024' } },
        { to: { slug: 'exercise-philippines-2024' } },
        { to: { slug: 'typhon-arrives-luzon-2024' } },
        { to: { slug: 'launcher-taken-to-bornholm-2024' } },
      ],
      in: [{ from: { slug: 'missile-production-ready-2024' }, relation: 'IMPLEMENTS' }],
      implemented: [{ from: { slug: 'missile-production-ready-2024' } }],
      outImplements: [],
    });
  });
});
