import { expect } from 'vitest';
import { createToken, revokeToken } from '../../../src/domain/token.js';
import { describeWithDatabase, publishStatement } from '../../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';
import { test as base } from '../../support/shared.js';

type Who = 'anonymous' | 'READER' | 'EDITOR' | 'ADMIN';
type Tokens = Record<Who, string | null>;

/** A published statement and a draft, linked both ways, and a token for each role. */
const test = base.extend<{ tokens: Tokens; draft: { id: string } }>({
  tokens: [
    async ({ server: { db } }, use) => {
      await use({
        anonymous: null,
        READER: await createToken(db, { name: 'reader', role: 'READER' }),
        EDITOR: await createToken(db, { name: 'editor', role: 'EDITOR' }),
        ADMIN: await createToken(db, { name: 'admin', role: 'ADMIN' }),
      });
    },
    { scope: 'file' },
  ],
  draft: [
    async ({ server }, use) => {
      await publishStatement(server, 'Drafted first', {
        slug: 'published',
        publish: false,
        occurred: '2020',
      });
      await server.data('mutation { publishDevelopment(input: { slug: "published" }) { __typename } }');
      await publishStatement(server, 'Secret', { slug: 'draft', publish: false, occurred: '1990' });
      await server.data(`mutation {
        out: linkDevelopments(input: { slug: "published", to: "draft", relation: RESPONDS_TO }) { __typename }
        in: linkDevelopments(input: { slug: "draft", to: "published", relation: PART_OF }) { __typename }
      }`);
      const { development } = await server.data('{ development(slug: "draft") { ... on Node { id } } }');
      await use({ id: development.id });
    },
    { scope: 'file' },
  ],
});

const readAs = async (server: TestServer, token: string | null, query: string) => {
  const answer = await server.request<Record<string, any>>(query, { token });
  expect(answer.errors).toBeUndefined();
  return answer.data ?? {};
};

describeWithDatabase('a draft', () => {
  const SEEN: Record<Who, boolean> = { anonymous: false, READER: false, EDITOR: true, ADMIN: true };

  test.for(Object.entries(SEEN) as [Who, boolean][])(
    'is visible to %s: %s',
    async ([who, isSeen], { server, tokens, draft }) => {
      const lists = ['developments', 'statements'].flatMap((list) =>
        [
          'status: [DRAFT]',
          'status: [DRAFT, PUBLISHED]',
          'and: [{ status: [DRAFT] }]',
          'not: { status: [PUBLISHED, RETRACTED] }',
        ].map(
          (filter) => `${list}(filter: { ${filter} }) { totalCount nodes { slug } edges { node { slug } } }`,
        ),
      );
      for (const list of lists) {
        const { it } = await readAs(server, tokens[who], `{ it: ${list} }`);
        const slugs = it.nodes.map(({ slug }: { slug: string }) => slug);
        expect(slugs.includes('draft'), list).toBe(isSeen);
        expect(it.totalCount).toBe(slugs.length);
        expect(it.edges).toHaveLength(slugs.length);
      }

      const seen = await readAs(
        server,
        tokens[who],
        `{
        development(slug: "draft") { slug }
        node(id: "${draft.id}") { id }
        nodes(ids: ["${draft.id}"]) { id }
        usual: developments { totalCount }
        timeline(filter: { status: [DRAFT] }, interval: YEAR) { from count }
        words: developments(filter: { text: "secret", status: [DRAFT] }) { totalCount }
        published: development(slug: "published") {
          links { from { slug } to { slug } }
          out: links(direction: OUT) { to { slug } }
          in: links(direction: IN) { from { slug } }
          revisions { totalCount nodes { number status } pageInfo { hasNextPage } }
          short: revisions(first: 2) { nodes { number } pageInfo { hasNextPage } }
          oldest: revisions(last: 1) { nodes { number } }
        }
      }`,
      );
      const node = isSeen ? { id: draft.id } : null;
      expect(seen).toEqual({
        development: isSeen ? { slug: 'draft' } : null,
        node,
        nodes: [node],
        usual: { totalCount: 1 },
        timeline: isSeen ? [{ from: '1990-01-01', count: 1 }] : [],
        words: { totalCount: isSeen ? 1 : 0 },
        published: {
          links: isSeen
            ? [
                { from: { slug: 'published' }, to: { slug: 'draft' } },
                { from: { slug: 'draft' }, to: { slug: 'published' } },
              ]
            : [],
          out: isSeen ? [{ to: { slug: 'draft' } }] : [],
          in: isSeen ? [{ from: { slug: 'draft' } }] : [],
          revisions: {
            totalCount: isSeen ? 3 : 2,
            nodes: [
              { number: 3, status: 'PUBLISHED' },
              { number: 2, status: 'PUBLISHED' },
              ...(isSeen ? [{ number: 1, status: 'DRAFT' }] : []),
            ],
            pageInfo: { hasNextPage: false },
          },
          short: { nodes: [{ number: 3 }, { number: 2 }], pageInfo: { hasNextPage: isSeen } },
          oldest: { nodes: [{ number: isSeen ? 1 : 2 }] },
        },
      });
    },
  );
});

describeWithDatabase('a token', () => {
  const whoAmI = '{ __typename }';

  test('that is unknown, malformed, expired or revoked is rejected with 401, even for reading', async ({
    server,
  }) => {
    const expired = await createToken(server.db, {
      name: 'expired',
      role: 'EDITOR',
      expiresAt: new Date(Date.now() - 1),
    });
    const revoked = await createToken(server.db, { name: 'revoked', role: 'EDITOR' });
    expect((await server.request(whoAmI, { token: revoked })).status).toBe(200);
    await revokeToken(server.db, 'revoked');
    for (const token of [expired, revoked, 'dw_unknown', ADMIN_TOKEN.slice(1), 'x'.repeat(501)]) {
      const answer = await server.request(whoAmI, { token });
      expect(answer.status).toBe(401);
      expect(answer.errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
      expect(answer.errors?.[0]?.message).toMatch(
        /unknown, expired or revoked\. Send a valid one, or none to read|Expected "Authorization: Bearer <token>"/,
      );
    }
    expect(server.logged).toEqual([]);
  });

  test('is accepted only under the Bearer scheme', async ({ server, tokens }) => {
    for (const authorization of [`Basic ${tokens.EDITOR}`, `${tokens.EDITOR}`, 'Bearer', 'Bearer a b']) {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: whoAmI }),
      });
      expect(response.status).toBe(401);
      expect(await response.text()).toContain('Expected \\"Authorization: Bearer <token>\\"');
    }
  });

  test('is stored only as a hash', async ({ server, tokens }) => {
    const rows = JSON.stringify(await server.db.apiToken.findMany());
    for (const token of [tokens.READER, tokens.EDITOR, tokens.ADMIN]) expect(rows).not.toContain(token);
  });
});
