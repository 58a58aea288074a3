import { expect } from 'vitest';
import { ERASE, erase, exportOf, requestErasure, tablesWith } from '../../support/erasing.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';
import { mutate } from '../../support/writes.js';
import { merge, undo } from '../merging/merge-client.js';

const NAMES = ['Xylograph', 'Kwyjibo', 'Квыджибо', 'Zanzibar', 'Q424242', 'Q424243'];

/** Makes a person with names everywhere, whom statements mention with an office and in claims. */
async function makePerson(server: TestServer): Promise<void> {
  await mutate(server, 'upsertSource', { slug: 'source', title: 'Source', reliability: 'B' });
  const person = { slug: 'kwyjibo-xylograph', kind: 'PERSON', name: 'Kwyjibo Xylograph', countryCode: 'RU' };
  await mutate(server, 'upsertActor', { ...person, reason: 'Kwyjibo was missing' });
  await mutate(server, 'upsertActor', {
    ...{ ...person, description: 'Zanzibar minister', wikidataId: 'Q424242', idempotencyKey: 'the person' },
    names: [{ name: 'Квыджибо Ксилограф', language: 'ru' }],
  });
  const office = { role: 'SPEAKER', actor: 'kwyjibo-xylograph', capacity: 'Minister of Zanzibar' };
  await publishStatement(server, 'Somebody speaks', {
    ...{ slug: 'with-office', participants: [office], idempotencyKey: 'with office' },
    citations: [
      {
        source: 'source',
        claims: [
          { field: 'SPEAKER', value: ['kwyjibo-xylograph'] },
          { field: 'ROLE', value: [{ actor: 'kwyjibo-xylograph', capacity: 'Minister of Zanzibar' }] },
        ],
      },
    ],
  });
  await mutate(server, 'reviseStatement', { slug: 'with-office', summary: 'Longer' });
  await publishStatement(server, 'Somebody drafts', {
    slug: 'a-draft',
    participants: [office],
    publish: false,
  });
  await publishStatement(server, 'Somebody retracts', { slug: 'gone', participants: [office] });
  await mutate(server, 'retractDevelopment', { slug: 'gone', reason: 'Wrong' });
  const plain = { role: 'SPEAKER', actor: 'kwyjibo-xylograph' };
  await publishStatement(server, 'Somebody stays', { slug: 'plain', participants: [plain] });
}

const READ = `{
  developments(filter: { status: [PUBLISHED, RETRACTED] }) {
    nodes { slug headline participants { role capacity actor { name slug } } claims { field value } }
  }
  actors { nodes { slug name description countryCode wikidataId names { name } } }
}`;

describeWithDatabase('the erasure of a reference', () => {
  test('takes a person from every table, answer and export, and the record verifies', async ({ server }) => {
    await makePerson(server);
    expect(await tablesWith(server, NAMES)).toEqual(
      expect.arrayContaining(['actor', 'actor_name', 'reference_key', 'reference_revision', 'revision']),
    );
    const past = (await server.data('{ feedHead }'))['feedHead'];
    expect(JSON.stringify(await server.data(READ))).toContain('Kwyjibo');
    const requested = await requestErasure(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' });
    expect(requested).toMatchObject({
      ...{ title: 'Kwyjibo Xylograph', revisions: 2, slugs: ['kwyjibo-xylograph'], developments: 3 },
      ...{ namedIn: [], namedInCount: 0 },
    });
    const { it: before } = await server.data('{ it: actor(slug: "kwyjibo-xylograph") { id } }');
    const erased = (await server.data(ERASE, { code: requested['confirmationCode'] }))['result'];
    expect(erased).toMatchObject({
      ...{ development: null, revisions: 2, notes: 0, developments: 3, cursor: expect.any(String) },
      reference: {
        id: before.id,
        slug: expect.stringMatching(/^erased-/),
        name: expect.stringMatching(/^Erased /),
      },
    });

    expect(await tablesWith(server, NAMES)).toEqual([]);
    const { slug, name } = erased.reference;
    const now = await server.data(READ);
    expect(JSON.stringify(now)).not.toMatch(new RegExp(NAMES.join('|'), 'i'));
    const found = (wanted: string) => now['developments'].nodes.find((it: any) => it.slug === wanted);
    const speaker = { role: 'SPEAKER', capacity: null, actor: { name, slug } };
    expect(found('with-office')).toMatchObject({
      participants: [speaker],
      claims: [{ field: 'SPEAKER', value: [slug] }],
    });
    expect(found('plain').participants).toEqual([speaker]);
    expect(found('gone').participants).toEqual([speaker]);
    const { old, at, draft } = await server.data(`{
      old: actor(slug: "kwyjibo-xylograph") { name }
      at: actor(slug: "${slug}", asOf: { cursor: "${past}" }) { name names { name } }
      draft: development(slug: "a-draft") { participants { capacity actor { name } } }
    }`);
    expect(old).toBeNull();
    expect(at).toEqual({ name, names: [] });
    expect(draft.participants).toEqual([{ capacity: null, actor: { name } }]);
    expect((await exportOf(server)).join('\n')).not.toMatch(new RegExp(NAMES.join('|'), 'i'));
    await expectVerified(server.db);
    // A new one can have the slug.
    await mutate(server, 'upsertActor', { slug: 'kwyjibo-xylograph', kind: 'PERSON', name: 'Another' });
    expect(await erase(server, { target: 'ACTOR', slug })).toMatchObject({ reference: { slug, name } });
    await expectVerified(server.db);
  });

  test('makes markers of earlier revisions, with the day and the ground', async ({ server }) => {
    await makePerson(server);
    const { reference } = await erase(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' });
    const { actor } = await server.data(
      `{ actor(slug: "${reference.slug}") { revisions { nodes { number editor reason changedFields } } } }`,
    );
    const marker = expect.stringMatching(/^Erased on \d{4}-\d\d-\d\d: PERSONAL_DATA\.$/);
    const erased = { editor: 'erased', reason: marker, changedFields: [] };
    expect(actor.revisions.nodes).toEqual(
      expect.arrayContaining([
        { number: 1, ...erased },
        { number: 2, ...erased },
        { number: 4, editor: 'ADMIN_TOKEN', reason: marker, changedFields: [] },
      ]),
    );
  });

  test('works for every kind, and keeps what refers to it', async ({ server }) => {
    await mutate(server, 'upsertActor', {
      slug: 'state',
      kind: 'STATE',
      name: 'Xylograph',
    });
    await mutate(server, 'upsertSource', {
      ...{
        slug: 'source',
        title: 'Kwyjibo paper',
        publisher: 'Zanzibar',
        url: 'https://example.org/kwyjibo',
      },
      ...{ reliability: 'B', published: '2019-08', retrievedAt: '2020-01-01T00:00:00Z' },
      ...{ names: [{ name: 'Zanzibar gazette', language: 'en' }], wikidataId: 'Q424242' },
    });
    await mutate(server, 'upsertTopic', {
      ...{ slug: 'kwyjibo-topic', name: 'Kwyjibo', description: 'Zanzibar' },
      ...{ names: [{ name: 'Xylograph affairs', language: 'en' }], wikidataId: 'Q424243' },
    });
    await mutate(server, 'upsertTreaty', {
      ...{ slug: 'kwyjibo-treaty', name: 'Kwyjibo', abbreviation: 'KWYJIBO', parties: ['state'] },
      states: [{ state: 'IN_FORCE', since: '1988-06-01', note: 'Zanzibar' }],
    });
    await mutate(server, 'upsertDoctrine', { slug: 'kwyjibo-line', name: 'Kwyjibo line', actor: 'state' });
    await mutate(server, 'upsertWeaponSystem', {
      ...{ slug: 'kwyjibo-rocket', name: 'Kwyjibo rocket', rangeMaxKm: 500 },
      aliases: [{ name: 'Zanzibar', source: 'source', note: 'Xylograph' }],
    });
    await publishStatement(server, 'Words', {
      ...{ topics: ['kwyjibo-topic'], treaties: ['kwyjibo-treaty'], doctrines: ['kwyjibo-line'] },
      ...{
        weaponSystems: ['kwyjibo-rocket'],
        slug: 'words',
        participants: [{ role: 'SPEAKER', actor: 'state' }],
      },
    });
    for (const [target, slug] of [
      ['SOURCE', 'source'],
      ['TOPIC', 'kwyjibo-topic'],
      ['TREATY', 'kwyjibo-treaty'],
      ['WEAPON_SYSTEM', 'kwyjibo-rocket'],
      ['DOCTRINE', 'kwyjibo-line'],
      ['ACTOR', 'state'],
    ]) {
      expect(await erase(server, { target, slug }), target).toMatchObject({
        ...{ developments: 0, reference: { slug: expect.stringMatching(/^erased-/) } },
      });
      await expectVerified(server.db);
    }
    expect(await tablesWith(server, NAMES)).toEqual([]);
    const { development } = await server.data(`{ development(slug: "words") {
      topics { name } treaties { name parties { name } } weaponSystems { name } doctrines { name actor { name } }
      citations { source { title reliability url } } participants { actor { name } }
    } }`);
    const name = expect.stringMatching(/^Erased /);
    expect(development).toEqual({
      ...{ topics: [{ name }], treaties: [{ name, parties: [] }], weaponSystems: [{ name }] },
      ...{ doctrines: [{ name, actor: null }], participants: [{ actor: { name } }] },
      citations: [{ source: { title: name, reliability: 'B', url: null } }],
    });
  });

  test('takes those merged into it too, and is refused for a merged one', async ({ server }) => {
    await makePerson(server);
    await mutate(server, 'upsertActor', { slug: 'zanzibar', kind: 'PERSON', name: 'Zanzibar' });
    await publishStatement(server, 'Of the other', {
      participants: [{ role: 'SPEAKER', actor: 'zanzibar', capacity: 'Xylograph in chief' }],
    });
    const merged = await merge(server, 'mergeActors', 'zanzibar', 'kwyjibo-xylograph', {
      idempotencyKey: 'the merge',
    });
    const { code } = await requestErasure(server, { target: 'ACTOR', slug: 'zanzibar' });
    expect(code).toBe('INVALID_INPUT');
    expect(await requestErasure(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' })).toMatchObject({
      ...{ revisions: 4, slugs: ['kwyjibo-xylograph', 'zanzibar'] },
    });
    await erase(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' });
    expect(await tablesWith(server, NAMES)).toEqual([]);
    await expectVerified(server.db);
    expect(await undo(server, merged.merge.key)).toMatchObject({ code: 'MERGE_UNDO_REFUSED' });
  });

  test('names the developments whose words have the name, and leaves these words', async ({ server }) => {
    await makePerson(server);
    const speaks = await publishStatement(server, 'Kwyjibo Xylograph speaks');
    await publishStatement(server, 'Kwyjibo and a xylograph');
    const noted = await publishStatement(server, 'A note');
    await mutate(server, 'reviseStatement', {
      ...{ slug: noted, headline: 'A note again', reason: 'Said by kwyjibo xylograph' },
    });
    // In what the person takes part in, the surname is enough.
    const surname = await publishStatement(server, 'What Xylograph said', {
      participants: [{ role: 'SPEAKER', actor: 'kwyjibo-xylograph' }],
    });
    const russian = await publishStatement(server, 'Речь Ксилографа', {
      participants: [{ role: 'SPEAKER', actor: 'kwyjibo-xylograph' }],
    });
    await publishStatement(server, 'Without a name', {
      participants: [{ role: 'SPEAKER', actor: 'kwyjibo-xylograph' }],
    });
    const requested = await requestErasure(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' });
    expect(requested['namedInCount']).toBe(4);
    expect(requested['namedIn'].map(({ slug }: { slug: string }) => slug).sort()).toEqual(
      [noted, speaks, surname, russian].sort(),
    );
    await server.data(ERASE, { code: requested['confirmationCode'] });
    const { development } = await server.data(`{ development(slug: "${speaks}") { headline } }`);
    expect(development).toEqual({ headline: 'Kwyjibo Xylograph speaks' });
  });

  test('is refused if the reference was changed since the request', async ({ server }) => {
    await makePerson(server);
    const { confirmationCode: code } = await requestErasure(server, {
      ...{ target: 'ACTOR', slug: 'kwyjibo-xylograph' },
    });
    await mutate(server, 'upsertActor', { slug: 'kwyjibo-xylograph', kind: 'PERSON', name: 'Newer' });
    expect((await server.data(ERASE, { code }))['result']).toEqual({ code: 'REVISION_CONFLICT' });
    expect(await requestErasure(server, { target: 'TOPIC', slug: 'kwyjibo-xylograph' })).toMatchObject({
      code: 'UNKNOWN_SLUG',
    });
  });

  test('is told to every follower, and replays no longer have the name', async ({ server }) => {
    const { feedHead: start } = await server.data('{ feedHead }');
    await makePerson(server);
    const query = `subscription ($after: Cursor, $filter: DevelopmentFilter, $replay: FeedReplay, $references: Boolean) {
      feed(after: $after, filter: $filter, replay: $replay, references: $references) {
        __typename
        ... on DevelopmentErased { development { slug participants { capacity actor { name } } } }
        ... on ReferenceChanged { changedFields reference { ... on Actor { name } } changes { before after } }
        ... on ReferenceErased { ground day reference { __typename ... on Actor { id name slug } } }
        ... on FeedCaughtUp { cursor }
      } }`;
    const next = async (feed: AsyncIterator<any>) => (await feed.next()).value.data.feed;
    const follow = (variables: object) => server.client().iterate({ query, variables: { ...variables } });
    const filter = { text: 'nothing has this word' };
    const none = follow({ filter });
    expect((await next(none)).__typename).toBe('FeedCaughtUp');
    const { reference } = await erase(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' });
    const erased = {
      ...{ __typename: 'ReferenceErased', ground: 'PERSONAL_DATA' },
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      reference: { __typename: 'Actor', id: reference.id, name: reference.name, slug: reference.slug },
    };
    const gone = { capacity: null, actor: { name: reference.name } };
    expect([await next(none), await next(none)].map((item) => item.development)).toEqual(
      expect.arrayContaining([
        { slug: 'with-office', participants: [gone] },
        { slug: 'gone', participants: [gone] },
      ]),
    );
    expect(await next(none)).toEqual(erased);
    for (const replay of ['CHANGES', 'LATEST']) {
      for (const references of [true, false]) {
        const feed = follow({ after: start, replay, references });
        const items: any[] = [];
        for (let item = await next(feed); item.__typename !== 'FeedCaughtUp'; item = await next(feed))
          items.push(item);
        expect(items, `${replay} ${references}`).toContainEqual(erased);
        expect(JSON.stringify(items)).not.toMatch(new RegExp(NAMES.join('|'), 'i'));
      }
    }
  });

  test('is allowed although the record requires review', async ({ server }) => {
    await makePerson(server);
    await server.db.$executeRawUnsafe("UPDATE review_policy SET mode = 'REQUIRED'");
    expect(await erase(server, { target: 'ACTOR', slug: 'kwyjibo-xylograph' })).toMatchObject({
      developments: 3,
    });
    expect(await erase(server, { target: 'DEVELOPMENT', slug: 'plain' })).toMatchObject({
      development: { status: 'RETRACTED' },
    });
  });
});
