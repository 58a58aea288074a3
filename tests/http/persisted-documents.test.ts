import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { test as base } from '../support/shared.js';

const HEAD = 'query Head { feedHead }';
const COUNT = 'query Count { developments { totalCount } }';
const LIVE = 'subscription Live { feed { __typename } }';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const withManifest =
  (manifest: unknown, env: Record<string, string> = {}) =>
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the required fixtures from the pattern.
  async ({}, use: (server: TestServer) => Promise<void>) => {
    const folder = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    const file = join(folder, 'manifest.json');
    await writeFile(file, JSON.stringify(manifest));
    try {
      await using database = await createDatabase();
      await using server = await startTestServer(database.location, { PERSISTED_DOCUMENTS: file, ...env });
      await use(server);
    } finally {
      await rm(folder, { recursive: true });
    }
  };

const APOLLO = {
  format: 'apollo-persisted-query-manifest',
  version: 1,
  operations: [HEAD, LIVE].map((body) => ({ id: sha256(body), name: 'X', type: 'query', body })),
};

const test = base.extend<{ trusting: TestServer; exclusive: TestServer }>({
  trusting: [withManifest({ head: HEAD, [`sha256:${sha256(COUNT)}`]: COUNT }), { scope: 'file' }],
  exclusive: [
    withManifest(APOLLO, { PERSISTED_DOCUMENTS_ONLY: '1', PERSISTED_MAX_AGE: '60' }),
    { scope: 'file' },
  ],
});

const apq = (query: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } },
});

async function post(server: TestServer, params: object) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body: JSON.stringify(params),
  });
  return { status: response.status, ...((await response.json()) as object) };
}

const get = (server: TestServer, params: Record<string, string>, headers = {}) =>
  fetch(`${server.url}?${new URLSearchParams(params)}`, { headers });

const over = (server: TestServer, params: object) =>
  new Promise((resolve) => {
    const payload = { query: '', ...params };
    const client = server.client();
    client.subscribe(payload, { next: resolve, error: resolve, complete() {} });
  });

describeWithDatabase('trusted documents', () => {
  test('are executed by id over HTTP and WebSocket, beside other documents', async ({ trusting }) => {
    const answer = { data: { feedHead: expect.any(String) } };
    expect(await post(trusting, { documentId: 'head' })).toMatchObject({ status: 200, ...answer });
    expect(await (await get(trusting, { documentId: 'head' })).json()).toMatchObject(answer);
    expect(await over(trusting, { documentId: 'head' })).toMatchObject(answer);
    expect(await post(trusting, { query: HEAD })).toMatchObject(answer);
    const counted = { data: { developments: { totalCount: 0 } } };
    for (const named of [
      { documentId: `sha256:${sha256(COUNT)}` },
      { documentId: sha256(COUNT) },
      apq(COUNT),
    ]) {
      expect(await post(trusting, named)).toMatchObject(counted);
      expect(await over(trusting, named)).toMatchObject(counted);
    }
  });

  test('are the only ones executed with PERSISTED_DOCUMENTS_ONLY', async ({ exclusive }) => {
    const refused = { errors: [{ extensions: { code: 'PERSISTED_QUERY_REQUIRED' } }] };
    expect(await post(exclusive, apq(HEAD))).toMatchObject({ data: {} });
    expect(await post(exclusive, { query: HEAD, ...apq(HEAD) })).toMatchObject({ data: {} });
    for (const params of [
      { query: HEAD },
      { query: COUNT, ...apq(COUNT) },
      { query: COUNT, ...apq(HEAD) },
      { documentId: 'nothing' },
      { documentId: '__proto__' },
    ]) {
      expect(await post(exclusive, params)).toMatchObject({ status: 403, ...refused });
      expect(await over(exclusive, params)).toMatchObject(refused.errors);
    }
    expect(await over(exclusive, apq(LIVE))).toMatchObject({
      data: { feed: { __typename: 'FeedCaughtUp' } },
    });
  });

  test('with public answers can be cached', async ({ exclusive, trusting }) => {
    const named = { extensions: JSON.stringify(apq(HEAD).extensions) };
    const kept = await get(exclusive, named);
    expect(kept.headers.get('cache-control')).toBe('public, max-age=60');
    expect(kept.headers.get('vary')).toMatch(/Authorization/);
    const authorization = 'Bearer a-token-for-tests-of-thirty-two-characters';
    const control = async (server: TestServer, params: Record<string, string>, headers = {}) =>
      (await get(server, params, headers)).headers.get('cache-control');
    expect(await control(exclusive, named, { authorization })).toBe('private, no-cache');
    expect(await control(exclusive, { documentId: 'nothing' })).toBe('no-store');
    // Without PERSISTED_MAX_AGE, caches must revalidate every time.
    expect(await control(trusting, { documentId: 'head' })).toBe('public, no-cache');
    expect(await control(trusting, { query: HEAD })).toBe('public, no-cache');
  });

  test.for([
    ['is not JSON', '{', /JSON/],
    ['is not a manifest', '[1]', /expected \{ "<id>": "<document>" \}/],
    [
      'contains an invalid document',
      '{"a":"{ nothing }"}',
      /the document a is not valid: Cannot query field/,
    ],
  ] as const)('prevent the start if the file %s', async ([, text, message]) => {
    const folder = await mkdtemp(join(tmpdir(), 'doctrine-wire-'));
    await writeFile(join(folder, 'manifest.json'), text);
    await using database = await createDatabase();
    const start = startTestServer(database.location, { PERSISTED_DOCUMENTS: join(folder, 'manifest.json') });
    await expect(start).rejects.toThrow(message);
    await rm(folder, { recursive: true });
  });
});

describeWithDatabase('automatic persisted queries', () => {
  test('are registered by hash and then executed by it, over HTTP and WebSocket', async ({ server }) => {
    const query = 'query Registered { feedHead }';
    const missing = {
      errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }],
    };
    expect(await post(server, apq(query))).toMatchObject({ status: 404, ...missing });
    expect(await over(server, apq(query))).toMatchObject(missing.errors);
    expect(await post(server, { query, ...apq(query) })).toMatchObject({ data: {} });
    expect(await post(server, apq(query))).toMatchObject({ data: { feedHead: expect.any(String) } });
    expect(await over(server, apq(query))).toMatchObject({ data: { feedHead: expect.any(String) } });
  });

  test('are refused with a hash that does not match', async ({ server }) => {
    expect(await post(server, { query: COUNT, ...apq(HEAD) })).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: 'PERSISTED_QUERY_MISMATCH' } }],
    });
    expect(await post(server, apq(HEAD))).toMatchObject({ status: 404 });
  });
});
