import { expect } from 'vitest';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

const test = base.extend<{ record: TestServer }>({
  record: [
    async ({ server }, use) => {
      await server.data(`mutation {
        a: upsertActor(input: { slug: "putin", kind: PERSON, name: "Vladimir Putin", countryCode: "RU", names: [
          { name: "Владимир Путин", language: "ru" }, { name: "فلاديمير بوتين", language: "ar" }
        ] }) { __typename }
        b: upsertActor(input: { slug: "walesa", kind: PERSON, name: "Lech Wałęsa", countryCode: "PL" }) { __typename }
        c: upsertActor(input: { slug: "ministry", kind: ORGANISATION, name: "ÉTAT-MAJOR (général)", countryCode: "FR" }) { __typename }
        d: upsertActor(input: { slug: "russia", kind: STATE, name: "Russia", countryCode: "RU", countryCode3: "RUS", wikidataId: "Q159" }) { __typename }
        e: upsertTreaty(input: { slug: "inf", name: "Intermediate-Range Nuclear Forces Treaty", abbreviation: "INF" }) { __typename }
        f: upsertWeaponSystem(input: { slug: "oreshnik", name: "Oreshnik", aliases: [{ name: "Орешник", language: "ru" }, { name: "RS-26 Rubezh" }] }) { __typename }
        g: upsertSource(input: { slug: "decree", title: "Decree 991", publisher: "Kremlin", url: "http://www.example.org/decree/", wikidataId: "Q2", names: [{ name: "Указ", language: "ru" }] }) { __typename }
        h: upsertTopic(input: { slug: "exercises", name: "Military exercises", wikidataId: "Q1", names: [{ name: "Учения", language: "ru" }] }) { __typename }
        i: upsertDoctrine(input: { slug: "principles", name: "Basic Principles" }) { __typename }
      }`);
      const said = (slug: string, ...actors: string[]) =>
        publishStatement(server, slug, {
          slug,
          participants: actors.map((actor) => ({ actor, role: 'SPEAKER' })),
        });
      await said('one', 'walesa', 'russia');
      await said('two', 'walesa');
      await said('three', 'putin');
      await use(server);
    },
    { scope: 'file' },
  ],
});

async function list(record: TestServer, field: string): Promise<string[]> {
  const [name] = field.split('(');
  const data = await record.data(`{ ${field} { totalCount nodes { slug } } }`);
  const { nodes, totalCount } = data[name ?? ''];
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ slug }: { slug: string }) => slug);
}

describeWithDatabase('a list of references', () => {
  test.for([
    ['the beginning of a word', 'actors(search: "vlad")', ['putin']],
    ['several words in any order', 'actors(search: "put vl")', ['putin']],
    ['no words of which one is in no name', 'actors(search: "vladimir x")', []],
    ['other letter case and no accents', 'actors(search: "WALESA")', ['walesa']],
    ['accents where the name has them too', 'actors(search: "Wałę")', ['walesa']],
    ['words after punctuation', 'actors(search: "major, general")', ['ministry']],
    ['names in Russian', 'actors(search: "путин")', ['putin']],
    ['names in Arabic, with vowel points', 'actors(search: "بُوتين")', ['putin']],
    ['an abbreviation', 'treaties(search: "inf")', ['inf']],
    ['a word of a hyphenated one', 'treaties(search: "range")', ['inf']],
    ['an alias', 'weaponSystems(search: "ореш")', ['oreshnik']],
    ['a title', 'sources(search: "991")', ['decree']],
    ['a publisher', 'sources(search: "kreml")', ['decree']],
    ['a topic', 'topics(search: "exer")', ['exercises']],
    ['a topic by another name', 'topics(search: "учени")', ['exercises']],
    ['a topic by its Wikidata item', 'topics(search: "q1")', ['exercises']],
    ['a source by another title', 'sources(search: "указ")', ['decree']],
    ['a source by its Wikidata item', 'sources(search: "Q2")', ['decree']],
    ['no source by the item of a topic', 'sources(search: "Q1")', []],
    ['a designation in parts', 'weaponSystems(search: "RS 26")', ['oreshnik']],
    ['the beginning of a designation', 'weaponSystems(search: "rs2")', ['oreshnik']],
    ['no other designation', 'weaponSystems(search: "RS 27")', []],
    ['a doctrine', 'doctrines(search: "princ")', ['principles']],
    ['a state by its code', 'actors(search: "RUS")', ['russia']],
    ['a state by its short code, and no person of it', 'actors(search: "ru")', ['russia']],
    ['an actor by its Wikidata item', 'actors(search: " q159 ")', ['russia']],
    ['no actor by the beginning of its Wikidata item', 'actors(search: "Q15")', []],
    ['a slug', 'actors(search: "ministry")', ['ministry']],
    [
      'an address, whatever its protocol',
      'sources(search: "https://example.org/decree?utm_source=x")',
      ['decree'],
    ],
    ['no other address', 'sources(search: "https://example.org/decrees")', []],
    ['nothing by punctuation alone', 'actors(search: "?")', []],
    ['nothing by what looks like a query', `actors(search: "' | a:*")`, []],
    ['everything by a blank text', 'topics(search: " ")', ['exercises']],
  ] as const)('finds %s', async ([, field, slugs], { record }) => {
    expect(await list(record, field)).toEqual(slugs);
  });

  test('of actors selects kinds and countries, and nothing is no condition', async ({ record }) => {
    expect(await list(record, 'actors(country: ["RU"])')).toEqual(['putin', 'russia']);
    expect(await list(record, 'actors(country: ["RU", "PL"], kind: [PERSON])')).toEqual(['putin', 'walesa']);
    expect(await list(record, 'actors(country: [], kind: [])')).toHaveLength(4);
    const { errors } = await record.request('{ actors(country: ["Russia"]) { totalCount } }');
    expect(errors?.[0]?.message).toContain('alpha-2');
  });

  test.for([
    ['SLUG', ['ministry', 'putin', 'russia', 'walesa']],
    ['NAME', ['ministry', 'walesa', 'russia', 'putin']],
    ['RECENTLY_USED', ['putin', 'walesa', 'russia', 'ministry']],
    ['MOST_USED', ['walesa', 'putin', 'russia', 'ministry']],
  ] as const)('is ordered by %s, on pages from either end', async ([orderBy, slugs], { record }) => {
    expect(await list(record, `actors(orderBy: ${orderBy})`)).toEqual(slugs);
    const found: string[] = [];
    for (let after: string | null = null; found.length < slugs.length; ) {
      const { actors }: Record<string, any> = await record.data(
        `query ($after: Cursor) { actors(first: 1, after: $after, orderBy: ${orderBy}) { nodes { slug } pageInfo { endCursor hasNextPage hasPreviousPage } } }`,
        { after },
      );
      found.push(...actors.nodes.map(({ slug }: { slug: string }) => slug));
      expect(actors.pageInfo).toMatchObject({
        hasNextPage: found.length < slugs.length,
        hasPreviousPage: after !== null,
      });
      after = actors.pageInfo.endCursor;
    }
    expect(found).toEqual(slugs);
    const { actors } = await record.data(
      `query ($before: Cursor) { actors(last: 2, before: $before, orderBy: ${orderBy}) { nodes { slug } } }`,
      {
        before: (await record.data(`{ actors(last: 1, orderBy: ${orderBy}) { pageInfo { startCursor } } }`))[
          'actors'
        ].pageInfo.startCursor,
      },
    );
    expect(actors.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(slugs.slice(1, 3));
  });

  test('refuses a cursor of another order', async ({ record }) => {
    const { actors } = await record.data('{ actors(first: 1, orderBy: NAME) { pageInfo { endCursor } } }');
    const { errors } = await record.request(
      'query ($after: Cursor) { actors(after: $after) { nodes { slug } } }',
      {
        variables: { after: actors.pageInfo.endCursor },
      },
    );
    expect(errors?.[0]?.message).toContain('Expected after to be a cursor of this list');
  });

  test('keeps up with a changed name and with new developments', async ({ server }) => {
    await server.data('mutation { upsertTopic(input: { slug: "later", name: "Before" }) { __typename } }');
    expect(await list(server, 'topics(search: "after")')).toEqual([]);
    await server.data('mutation { upsertTopic(input: { slug: "later", name: "After" }) { __typename } }');
    expect(await list(server, 'topics(search: "after")')).toEqual(['later']);
    await publishStatement(server, 'Used', { slug: 'used', topics: ['later'] });
    expect((await list(server, 'topics(orderBy: RECENTLY_USED)'))[0]).toBe('later');
  });
});
