import { expect } from 'vitest';
import { createToken } from '../../../src/domain/token.js';
import { ERASE, erase, exportOf, requestErasure, tablesWith } from '../../support/erasing.js';
import { expectVerified } from '../../support/expect-verified.js';
import { describeWithDatabase, publishStatement, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const QUOTATION = 'Kwyjibo zanzibar quotidian flummox.';
const SECRETS = ['Zanzibar', 'Kwyjibo', 'Flummox', 'Xylograph'];

/** Records a statement with secrets everywhere, revises and returns its slug. */
async function publishSecret(server: TestServer): Promise<string> {
  const slug = await publishStatement(server, 'Xylograph speaks at first', {
    idempotencyKey: 'Secret key',
    quotation: QUOTATION,
    originalLanguage: 'en',
    citations: [{ source: 'source', excerpt: `He said: ${QUOTATION}` }],
  });
  await server.data(
    `mutation ($slug: String!, $text: String!) {
      a: reviseStatement(input: { slug: $slug, newSlug: "xylograph-speaks", headline: "Xylograph speaks", reason: "Kwyjibo" }) { __typename }
      b: addNote(input: { slug: $slug, text: $text }) { __typename }
    }`,
    { slug, text: `About ${QUOTATION}` },
  );
  return 'xylograph-speaks';
}

describeWithDatabase('erasure', () => {
  test('a development is erased from every table, answer and export, and the record verifies', async ({
    server,
  }) => {
    const slug = await publishSecret(server);
    await publishStatement(server, 'Another one', { slug: 'another' });
    expect(await tablesWith(server, SECRETS)).toEqual(
      expect.arrayContaining(['development', 'development_slug', 'development_version', 'note', 'revision']),
    );
    const read = '{ developments(filter: { status: [PUBLISHED, RETRACTED] }) { nodes { headline slug } } }';
    expect(JSON.stringify(await server.data(read))).toContain('Xylograph');

    const requested = await requestErasure(server, { target: 'DEVELOPMENT', slug });
    expect(requested).toMatchObject({
      title: 'Xylograph speaks',
      revisions: 2,
      notes: 1,
      slugs: ['xylograph-speaks', 'xylograph-speaks-at-first'],
    });
    expect(JSON.stringify(await server.data(read))).toContain('Xylograph');
    const erased = (await server.data(ERASE, { code: requested['confirmationCode'] }))['result'];
    expect(erased).toMatchObject({
      development: { headline: 'Erased', status: 'RETRACTED', slug: expect.stringMatching(/^erased-/) },
      revisions: 2,
      notes: 1,
      cursor: expect.any(String),
    });

    expect(await tablesWith(server, SECRETS)).toEqual([]);
    expect(JSON.stringify(await server.data(read))).not.toContain('Xylograph');
    const past = await server.data(`{
      development(slug: "xylograph-speaks") { headline }
      found: developments(filter: { text: "zanzibar", status: [PUBLISHED, RETRACTED] }) { totalCount }
    }`);
    expect(past['development']).toBeNull();
    expect(past['found'].totalCount).toBe(0);
    const { development } = await server.data(
      `{ development(slug: "${erased['development'].slug}") { revisions { nodes { number editor reason } } } }`,
    );
    const marker = expect.stringMatching(/^Erased on \d{4}-\d\d-\d\d: PERSONAL_DATA\.$/);
    expect(development.revisions.nodes).toEqual(
      expect.arrayContaining([
        { number: 1, editor: 'erased', reason: marker },
        { number: 4, editor: 'ADMIN_TOKEN', reason: marker },
      ]),
    );
    expect((await exportOf(server)).join('\n')).not.toMatch(new RegExp(SECRETS.join('|'), 'i'));
    await expectVerified(server.db);
  });

  test('a quotation is erased, and the rest of the newest revision stays', async ({ server }) => {
    const slug = await publishSecret(server);
    const erased = await erase(server, { target: 'QUOTATION', slug });
    expect(erased).toMatchObject({
      development: { headline: 'Xylograph speaks', status: 'PUBLISHED', slug },
    });
    expect(await tablesWith(server, ['zanzibar', 'flummox'])).toEqual([]);
    expect(
      await server.data(
        `{ development(slug: "${slug}") { headline ... on Statement { quotation } citations { excerpt } } }`,
      ),
    ).toEqual({
      development: { headline: 'Xylograph speaks', quotation: null, citations: [{ excerpt: null }] },
    });
    await expectVerified(server.db);
  });

  test('a draft is erased without a trace in the feed', async ({ server }) => {
    const slug = await publishStatement(server, 'Xylograph drafts', { publish: false, quotation: QUOTATION });
    const { feedHead: before } = await server.data('{ feedHead }');
    const erased = await erase(server, { target: 'DEVELOPMENT', slug });
    expect(erased).toMatchObject({ development: { headline: 'Erased', status: 'DRAFT' }, cursor: null });
    expect(await tablesWith(server, SECRETS)).toEqual([]);
    expect((await server.data('{ feedHead }'))['feedHead']).toBe(before);
    await expectVerified(server.db);
  });

  test('every follower is told to drop it, and replays no longer have it', async ({ server }) => {
    const { feedHead: start } = await server.data('{ feedHead }');
    const slug = await publishSecret(server);
    const query = `subscription ($after: Cursor, $filter: DevelopmentFilter) { feed(after: $after, filter: $filter) {
      __typename
      ... on DevelopmentPublished { development { headline } }
      ... on DevelopmentRevised { development { headline } }
      ... on DevelopmentRetracted { development { headline } }
      ... on DevelopmentErased { ground day development { ... on Node { id } headline } }
      ... on FeedCaughtUp { cursor }
    } }`;
    const next = async (feed: AsyncIterator<any>) => (await feed.next()).value.data.feed;
    const all = server.client().iterate({ query, variables: { after: start } });
    const none = server.client().iterate({ query, variables: { filter: { text: 'nothing has this word' } } });
    expect([await next(all), await next(all), await next(all)].map(({ __typename }) => __typename)).toEqual([
      'DevelopmentPublished',
      'DevelopmentRevised',
      'FeedCaughtUp',
    ]);
    expect((await next(none)).__typename).toBe('FeedCaughtUp');
    const { development } = await erase(server, { target: 'DEVELOPMENT', slug });
    const erased = {
      __typename: 'DevelopmentErased',
      ground: 'PERSONAL_DATA',
      day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      development: { id: development.id, headline: 'Erased' },
    };
    expect(await next(all)).toEqual({
      __typename: 'DevelopmentRetracted',
      development: { headline: 'Erased' },
    });
    expect(await next(all)).toEqual(erased);
    expect(await next(none)).toEqual(erased);
    const again = server.client().iterate({ query, variables: { after: start } });
    const replay = [await next(again), await next(again), await next(again), await next(again)];
    expect(JSON.stringify(replay)).not.toContain('Xylograph');
    expect(replay.at(-1)).toEqual(erased);
  });

  test('a code works once, for the state that was seen, and only for admins', async ({ server }) => {
    const slug = await publishSecret(server);
    const code = (await requestErasure(server, { target: 'QUOTATION', slug }))['confirmationCode'];
    await server.data(
      `mutation { reviseStatement(input: { slug: "${slug}", headline: "Newer" }) { __typename } }`,
    );
    expect((await server.data(ERASE, { code }))['result']).toEqual({ code: 'REVISION_CONFLICT' });
    const second = (await requestErasure(server, { target: 'QUOTATION', slug }))['confirmationCode'];
    expect((await server.data(ERASE, { code: second }))['result'].revisions).toBe(3);
    expect((await server.data(ERASE, { code: second }))['result']).toEqual({ code: 'UNKNOWN_ERASURE_CODE' });
    expect((await server.data(ERASE, { code: 'nonsense' }))['result']).toEqual({
      code: 'UNKNOWN_ERASURE_CODE',
    });
    const token = await createToken(server.db, { name: 'editor', role: 'EDITOR' });
    for (const query of [ERASE.replaceAll('$code', '$code'), '{ audit { totalCount } }']) {
      const { errors } = await server.request(query, { variables: { code: 'x' }, token });
      expect(errors?.[0]).toMatchObject({
        extensions: { code: 'FORBIDDEN' },
        message: expect.stringContaining('needs the role ADMIN'),
      });
    }
  });

  test('a request is refused for an unknown slug, and for a quotation of what is no statement', async ({
    server,
  }) => {
    await server.data(
      `mutation { recordEvent(input: { slug: "event", headline: "Event", occurred: "2020", type: TEST }) { __typename } }`,
    );
    expect(await requestErasure(server, { target: 'DEVELOPMENT', slug: 'nothing' })).toMatchObject({
      code: 'UNKNOWN_SLUG',
    });
    expect(await requestErasure(server, { target: 'QUOTATION', slug: 'event' })).toMatchObject({
      code: 'INVALID_INPUT',
      path: 'slug',
    });
  });

  test('the audit tells who did what, newest first, and cannot be changed', async ({ server }) => {
    const slug = await publishSecret(server);
    await createToken(server.db, { name: 'jo', role: 'EDITOR' });
    const { development } = await erase(server, { target: 'DEVELOPMENT', slug });
    const { audit } = await server.data(
      '{ audit(first: 2) { nodes { act actor subject detail } pageInfo { hasNextPage endCursor } totalCount } }',
    );
    expect(audit.nodes.map(({ act, actor }: { act: string; actor: string }) => `${act} ${actor}`)).toEqual([
      'ERASED ADMIN_TOKEN',
      'ERASURE_REQUESTED ADMIN_TOKEN',
    ]);
    expect(audit.nodes[0].detail).toMatchObject({
      target: 'DEVELOPMENT',
      ground: 'PERSONAL_DATA',
      reason: 'Case 7',
      revisions: 2,
    });
    expect(development.id).toEqual(expect.any(String));
    const rest = await server.data(
      `{ audit(after: "${audit.pageInfo.endCursor}") { nodes { act actor subject } } }`,
    );
    expect(rest['audit'].nodes[0]).toEqual({ act: 'TOKEN_CREATED', actor: 'command line', subject: 'jo' });
    for (const sql of [
      'UPDATE audit_entry SET actor = $$x$$',
      'DELETE FROM audit_entry',
      'TRUNCATE audit_entry',
    ]) {
      await expect(server.db.$executeRawUnsafe(sql)).rejects.toThrow(/never changed or deleted/);
    }
  });
});
