import { expect, inject } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, publishStatement } from '../support/fixtures.js';
import { runs } from '../support/random/runs.js';
import { ADMIN_TOKEN, startTestServer, type TestServer } from '../support/server.js';
import { test } from '../support/shared.js';

const QUESTION = '{ developments(first: 5) { totalCount nodes { slug headline revision } } }';

/** Sends a query, and returns the response with its cost. */
async function ask(server: TestServer, query: string, init: RequestInit = {}) {
  const response = await fetch(server.url, {
    method: 'POST',
    body: JSON.stringify({ query }),
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
  const { data, errors, extensions } = (await response.json()) as any;
  return { status: response.status, headers: response.headers, data, errors, cost: extensions?.cost };
}

const get = (server: TestServer, query: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}?${new URLSearchParams({ query })}`, { headers });

const revise = (server: TestServer, slug: string, headline: string) =>
  server.data(
    `mutation ($input: ReviseStatementInput!) { reviseStatement(input: $input) { ... on ReviseStatementSuccess { development { revision } } ... on Error { message } } }`,
    { input: { slug, headline, reason: 'Again' } },
  );

describeWithDatabase('a cached response', () => {
  test('costs 1 and is used until the record changes', async ({ server }) => {
    const slug = await publishStatement(server, 'Kept');
    const made = await ask(server, QUESTION);
    expect(made.cost.requested).toBeGreaterThan(1);
    const cached = await ask(server, QUESTION);
    expect(cached).toMatchObject({ data: made.data, cost: { requested: 1, limit: 100_000 } });
    expect(cached.cost.remaining).toBeLessThan(made.cost.remaining);
    await revise(server, slug, 'Changed');
    const after = await ask(server, QUESTION);
    expect(after.data.developments.nodes[0]).toMatchObject({ slug, headline: 'Changed', revision: 2 });
    expect(after.cost.requested).toBe(made.cost.requested);
  });

  test('belongs to one document, operation and set of variables', async ({ server }) => {
    await publishStatement(server, 'One');
    const query = 'query A($n: Int!) { a: developments(first: $n) { totalCount } } query B { feedHead }';
    const of = async (body: object) => {
      const { data } = await ask(server, '', { body: JSON.stringify({ query, ...body }) });
      return data;
    };
    for (let time = 0; time < 4; time += 1) {
      expect(await of({ operationName: 'A', variables: { n: 1 } })).toEqual({ a: expect.anything() });
      expect(await of({ operationName: 'B' })).toEqual({ feedHead: expect.any(String) });
      expect(await of({ operationName: 'A', variables: { n: 2 } })).toMatchObject({
        a: { totalCount: expect.any(Number) },
      });
    }
  });

  test('is never older than what its client has seen in the feed', async ({ server }) => {
    const slug = await publishStatement(server, 'Raced');
    const one = `{ development(slug: "${slug}") { revision } statements(first: 1, filter: { status: [PUBLISHED] }) { nodes { revision } } }`;
    let isOver = false;
    // Other clients send the same query, so that responses are cached at every moment of the race.
    const others = Array.from({ length: 4 }, async () => {
      while (!isOver) await ask(server, one);
    });
    const feed = server.client().iterate<any>({
      query:
        'subscription { feed { ... on DevelopmentRevised { revision } ... on FeedCaughtUp { cursor } } }',
    });
    await feed.next();
    let hits = 0;
    try {
      for (let revision = 2; revision <= 1 + runs(60, 10); revision += 1) {
        const revised = revise(server, slug, `Raced ${revision}`);
        const { value } = await feed.next();
        const seen = value.data.feed.revision;
        const { data, cost } = await ask(server, one);
        expect(data.development.revision).toBeGreaterThanOrEqual(seen);
        expect(data.statements.nodes[0].revision).toBeGreaterThanOrEqual(seen);
        await revised;
        const again = await ask(server, one);
        expect(again.data.development.revision).toBe(seen);
        if (cost.requested === 1 || again.cost.requested === 1) hits += 1;
      }
    } finally {
      isOver = true;
      await Promise.all(others);
      await feed.return?.();
    }
    expect(hits).toBeGreaterThan(0); // Otherwise the race never met a cached response.
  });

  test('shows reference data as the last upsert left it', async ({ server }) => {
    const upsert = (name: string) =>
      server.data(
        `mutation { upsertTopic(input: { slug: "kept-topic", name: "${name}" }) { ... on UpsertTopicSuccess { topic { slug } } } }`,
      );
    await upsert('First');
    await publishStatement(server, 'Filed', { topics: ['kept-topic'] });
    const question =
      '{ statements(filter: { topic: ["kept-topic"] }) { nodes { topics { name } } } topic(slug: "kept-topic") { name } }';
    for (const name of ['First', 'Second', 'Third']) {
      await upsert(name);
      for (let time = 0; time < 3; time += 1) {
        const { data } = await ask(server, question);
        expect(data.statements.nodes[0].topics).toEqual([{ name }]);
        expect(data.topic.name).toBe(name);
      }
    }
  });

  test('is used for readers only: editors see their drafts, and nobody else does', async ({ server }) => {
    const slug = await publishStatement(server, 'A draft', { publish: false });
    const question = `{ development(slug: "${slug}") { headline } }`;
    const authorization = `Bearer ${ADMIN_TOKEN}`;
    for (let time = 0; time < 3; time += 1) {
      expect((await ask(server, question)).data).toEqual({ development: null });
      const seen = await ask(server, question, { headers: { authorization } });
      expect(seen.data).toEqual({ development: { headline: 'A draft' } });
      expect(seen.cost.requested).toBeGreaterThan(1);
    }
  });

  test('is answered with 304 to a client that sends its ETag', async ({ server }) => {
    const slug = await publishStatement(server, 'Tagged');
    const first = await get(server, QUESTION);
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe('public, no-cache');
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const sent of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const known = await get(server, QUESTION, { 'if-none-match': sent });
      expect([known.status, await known.text(), known.headers.get('etag')]).toEqual([304, '', etag]);
    }
    expect((await get(server, QUESTION, { 'if-none-match': '"other"' })).status).toBe(200);
    await revise(server, slug, 'Tagged anew');
    const changed = await get(server, QUESTION, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    const own = await get(server, QUESTION, { authorization: `Bearer ${ADMIN_TOKEN}` });
    expect(own.headers.get('cache-control')).toBe('private, no-cache');
    const posted = await ask(server, QUESTION);
    expect([posted.headers.get('etag'), posted.headers.get('cache-control')]).toEqual([null, 'no-store']);
  });

  test('obeys the access rules, the allowed origins and the rate limit', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, {
      READ_REQUIRES_TOKEN: 'true',
      CORS_ORIGINS: 'https://news.example.org',
      BUDGET_PER_MINUTE: '500',
    });
    const { createToken } = await import('../../src/domain/token.js');
    const reader = `Bearer ${await createToken(server.db, { name: 'reader', role: 'READER' })}`;
    const headers = { authorization: reader, origin: 'https://news.example.org' };
    expect((await ask(server, QUESTION, { headers })).status).toBe(200);
    const cached = await ask(server, QUESTION, { headers });
    expect(cached.cost.requested).toBe(1);
    expect(cached.headers.get('access-control-allow-origin')).toBe('https://news.example.org');
    expect((await ask(server, QUESTION)).status).toBe(401);
    expect((await ask(server, QUESTION, { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
    expect(
      (await ask(server, QUESTION, { headers: { ...headers, origin: 'https://evil.example.net' } })).status,
    ).toBe(403);
    for (let spent = 0; spent < 2_000; spent += 1) {
      const { status, cost } = await ask(server, QUESTION, { headers });
      if (status === 429) break;
      expect(cost.requested).toBe(1);
    }
    expect((await ask(server, QUESTION, { headers })).status).toBe(429);
    await server.db.apiToken.updateMany({ data: { revokedAt: new Date() } });
    expect((await ask(server, QUESTION, { headers })).status).toBe(401);
  });

  test('is never used with RESPONSE_CACHE=0', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { RESPONSE_CACHE: '0' });
    for (let time = 0; time < 3; time += 1)
      expect((await ask(server, QUESTION)).cost.requested).toBeGreaterThan(1);
  });

  test.runIf(inject('database') === 'postgres')(
    'is dropped when another instance changes the record',
    async () => {
      await using database = await createDatabase();
      await using one = await startTestServer(database.location);
      await using two = await startTestServer(database.location);
      const slug = await publishStatement(one, 'Told');
      const feed = two.client().iterate<any>({
        query:
          'subscription { feed { ... on DevelopmentRevised { revision } ... on FeedCaughtUp { cursor } } }',
      });
      await feed.next();
      for (let revision = 2; revision <= 20; revision += 1) {
        await ask(two, QUESTION);
        await ask(two, QUESTION);
        await revise(one, slug, `Told ${revision}`);
        const { value } = await feed.next();
        expect(value.data.feed.revision).toBe(revision);
        expect((await ask(two, QUESTION)).data.developments.nodes[0].revision).toBe(revision);
      }
      await feed.return?.();
    },
  );
});

describeWithDatabase('concurrent identical queries', () => {
  /** Counts the statements that read developments until the work is done. */
  async function readsDuring(server: TestServer, work: () => Promise<unknown>): Promise<number> {
    let reads = 0;
    let isOver = false;
    server.db.onStatement(({ query }) => {
      if (!isOver && query.includes('AS content')) reads += 1;
    });
    await work();
    isOver = true;
    return reads;
  }

  const CLIENTS = 50;
  const askTogether = (server: TestServer, query: string, init?: RequestInit) =>
    Promise.all(Array.from({ length: CLIENTS }, () => ask(server, query, init)));

  test('share one execution', async ({ server }) => {
    await publishStatement(server, 'Shared');
    const query = '{ once: developments(first: 3) { nodes { slug headline } } }';
    const reads = await readsDuring(server, async () => {
      const answers = await askTogether(server, query);
      expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
    });
    expect(reads).toBe(1);
  });

  test('read the record once after each change that the feed sends', async ({ server }) => {
    const slug = await publishStatement(server, 'Followed');
    const query = `{ development(slug: "${slug}") { revision } }`;
    const feeds = Array.from({ length: CLIENTS }, () =>
      server.client().iterate<any>({
        query:
          'subscription { feed { ... on DevelopmentRevised { revision } ... on FeedCaughtUp { cursor } } }',
      }),
    );
    await Promise.all(feeds.map((feed) => feed.next()));
    for (const revision of [2, 3, 4]) {
      await revise(server, slug, `Followed ${revision}`);
      const reads = await readsDuring(server, () =>
        Promise.all(
          feeds.map(async (feed) => {
            const { value } = await feed.next();
            expect(value.data.feed.revision).toBe(revision);
            expect((await ask(server, query)).data.development.revision).toBe(revision);
          }),
        ),
      );
      expect(reads).toBe(1);
    }
    await Promise.all(feeds.map((feed) => feed.return?.()));
  });

  test('share neither errors nor responses to editors', async ({ server }) => {
    const failing = '{ developments(filter: { topic: ["No such topic"] }) { nodes { slug } } }';
    for (const { data, errors } of await askTogether(server, failing))
      expect([data, errors[0].extensions.code]).toEqual([{ developments: null }, 'INVALID_INPUT']);
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    const reads = await readsDuring(server, async () => {
      for (const { cost } of await askTogether(server, QUESTION, { headers }))
        expect(cost.requested).toBeGreaterThan(1);
    });
    expect(reads).toBe(CLIENTS);
  });
});
