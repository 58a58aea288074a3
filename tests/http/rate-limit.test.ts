import { expect, inject } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';

const THREE =
  '{ developments(first: 3) { totalCount edges { cursor node { slug headline } } pageInfo { endCursor } } }';
const COST = 10 + 20 + 100 + (1 + 3 * (1 + 1 + 2)) + (1 + 1);

const ask = (server: TestServer, headers: Record<string, string> = {}) =>
  fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: THREE }),
  });

describeWithDatabase('a client that has spent its budget', () => {
  test('is refused with a retry time over HTTP and WebSocket, without affecting others', async () => {
    await using database = await createDatabase();
    const env = { BUDGET_PER_MINUTE: String(2 * COST), TRUST_PROXY: 'loopback', RESPONSE_CACHE: '0' };
    await using server = await startTestServer(database.location, env);
    const remaining = async () =>
      ((await (await ask(server)).json()) as { extensions: { cost: { remaining: number } } }).extensions.cost
        .remaining;
    expect(await remaining()).toBe(COST);
    expect(await remaining()).toBe(0);
    const refused = await ask(server);
    expect(refused.status).toBe(429);
    const retryAfter = Number(refused.headers.get('retry-after'));
    expect(retryAfter).toBeGreaterThanOrEqual(1);
    expect(retryAfter).toBeLessThanOrEqual(60);
    const error = {
      message: expect.stringMatching(/^Expected requests that cost at most \d+ points a minute/),
      extensions: {
        code: 'TOO_MANY_REQUESTS',
        limit: 'BUDGET_PER_MINUTE',
        maximum: 2 * COST,
        retryAfter: expect.any(Number),
      },
    };
    expect(await refused.json()).toMatchObject({
      errors: [{ ...error, extensions: { ...error.extensions, got: COST } }],
    });
    const errors = await new Promise((resolve, reject) => {
      server.client().subscribe({ query: THREE }, { next: reject, error: resolve, complete() {} });
    });
    expect(errors).toMatchObject([error]);
    // Another address has its own budget, and so has a token at the same address.
    expect((await ask(server, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(200);
    expect((await ask(server, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(200);
    expect((await ask(server, { 'x-forwarded-for': '192.0.2.7' })).status).toBe(429);
    expect((await server.request(THREE)).status).toBe(200);
    // Addresses of one IPv6 network share a budget.
    for (const [host, status] of [
      [1, 200],
      [2, 200],
      [3, 429],
    ])
      expect((await ask(server, { 'x-forwarded-for': `2001:db8:1:2::${host}` })).status).toBe(status);
    expect(server.logged).toEqual([]);
  });

  test('cannot claim another address without a trusted proxy', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { BUDGET_PER_MINUTE: String(COST) });
    expect((await ask(server, { 'x-forwarded-for': '192.0.2.1' })).status).toBe(200);
    expect((await ask(server, { 'x-forwarded-for': '192.0.2.2' })).status).toBe(429);
  });

  test.runIf(inject('database') === 'postgres')('is refused on every instance', async () => {
    await using database = await createDatabase();
    const env = { BUDGET_PER_MINUTE: String(2 * COST), RESPONSE_CACHE: '0' };
    await using one = await startTestServer(database.location, env);
    await using two = await startTestServer(database.location, env);
    expect([(await ask(one)).status, (await ask(two)).status]).toEqual([200, 200]);
    expect([(await ask(one)).status, (await ask(two)).status]).toEqual([429, 429]);
    // If the shared count is unavailable, each instance counts for itself and nobody is refused.
    await one.db.$executeRawUnsafe('ALTER TABLE client_budget RENAME TO client_budget_away');
    const token = { authorization: 'Bearer a-token-for-tests-of-thirty-two-characters' };
    expect([(await ask(one, token)).status, (await ask(two, token)).status]).toEqual([200, 200]);
  });
});

describeWithDatabase('a client is charged', () => {
  const CHEAP = '{ feedHead }';
  const statusOf = async (server: TestServer, query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...headers,
      },
      body: JSON.stringify({ query }),
    });
    await response.text();
    return response.status;
  };
  const TOKEN = { authorization: 'Bearer a-token-for-tests-of-thirty-two-characters' };

  const REFUSED: [what: string, query: string][] = [
    ['that cannot be parsed', '{'],
    ['that are invalid', '{ nothing }'],
    ['above a limit', `{ ${'feedHead '.repeat(21)} }`],
    ['with arguments that cannot be coerced', 'query ($n: String = "a") { development(slug: $n) { id } }'],
  ];
  test.for(REFUSED)('for documents %s, until its budget is spent', async ([, query], { server: _ }) => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { BUDGET_PER_MINUTE: '35' });
    for (let time = 0; time < 4; time += 1) expect(await statusOf(server, query)).not.toBe(429);
    // The fourth took more than was left. Even a document that cannot be parsed is refused for the budget now.
    await expect.poll(() => statusOf(server, '{')).toBe(429);
    expect(await statusOf(server, CHEAP)).toBe(429);
    expect(await statusOf(server, CHEAP, TOKEN)).toBe(200);
  });

  test('for tokens that are refused, at its address', async () => {
    await using database = await createDatabase();
    await using server = await startTestServer(database.location, { BUDGET_PER_MINUTE: '120' });
    for (let time = 0; time < 3; time += 1)
      expect(await statusOf(server, CHEAP, { authorization: 'Bearer wrong' })).toBeGreaterThanOrEqual(401);
    await expect.poll(() => statusOf(server, CHEAP)).toBe(429);
    expect(await statusOf(server, CHEAP, TOKEN)).toBe(200);
  });

  test('for the time of its requests, which the response reports', async () => {
    await using database = await createDatabase();
    const env = { BUDGET_PER_MINUTE: '2000000000', BUDGET_SECONDS_PER_MINUTE: '1000', RESPONSE_CACHE: '0' };
    await using server = await startTestServer(database.location, env);
    const costOf = async () =>
      ((await (await ask(server)).json()) as { extensions: { cost: Record<string, number> } }).extensions
        .cost;
    const first = await costOf();
    expect(first['requested']).toBe(COST);
    expect(first['actual']).toBeGreaterThan(COST);
    const second = await costOf();
    expect(second['remaining']).toBeLessThan(Number(first['remaining']) - COST);
  });
});
