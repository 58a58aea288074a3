import pg from 'pg';
import { expect, inject, vi } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';

const TOO_SLOW = {
  message: expect.stringMatching(/^Expected a request that can be answered within 1 s \(REQUEST_TIMEOUT\)/),
  extensions: { code: 'REQUEST_TIMEOUT', maximum: 1 },
};

/** Holds a table so that every statement on it waits, until disposed. */
async function holdTable(url: string, table: string): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
  return { [Symbol.asyncDispose]: () => client.end() };
}

const waiting = async (server: TestServer) => {
  const rows = await server.db.$queryRaw<{ query: string }[]>`
    SELECT query FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`;
  return rows.length;
};

// PGlite runs in this process: a statement there cannot be cancelled.
describeWithDatabase('a request that takes too long', { skip: inject('database') !== 'postgres' }, () => {
  test('is answered in time, over HTTP and WebSocket, and its statements are cancelled', async () => {
    await using database = await createDatabase();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '1' });
    await using _held = await holdTable(database.location.url, 'topic');
    const query = '{ topics { nodes { slug } } }';
    const http = server.request(query);
    const next = new Promise((resolve, reject) => {
      server.client().subscribe({ query }, { next: resolve, error: reject, complete() {} });
    });
    await vi.waitUntil(async () => (await waiting(server)) === 2, { timeout: 20_000, interval: 20 });
    expect(await http).toMatchObject({ status: 504, errors: [TOO_SLOW] });
    expect(await next).toMatchObject({ errors: [TOO_SLOW] });
    await vi.waitUntil(async () => (await waiting(server)) === 0, { timeout: 20_000, interval: 20 });
    expect(server.logged).toEqual([]); // It is not our failure.
  });

  test('leaves nothing behind where it writes, and can be sent again with its key', async () => {
    await using database = await createDatabase();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '1' });
    const mutation =
      'mutation { upsertTopic(input: { slug: "late", name: "Late", idempotencyKey: "one" }) { __typename } }';
    {
      await using _held = await holdTable(database.location.url, 'topic');
      expect(await server.request(mutation)).toMatchObject({ errors: [TOO_SLOW] });
      await vi.waitUntil(async () => (await waiting(server)) === 0, { timeout: 20_000, interval: 20 });
    }
    expect(await server.data('{ topics { totalCount } }')).toEqual({ topics: { totalCount: 0 } });
    expect(await server.data(mutation)).toEqual({ upsertTopic: { __typename: 'Topic' } });
    expect(await server.data('{ topics { totalCount } }')).toEqual({ topics: { totalCount: 1 } });
  });

  test('begins no further statement', async () => {
    await using database = await createDatabase();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '1' });
    const statements: string[] = [];
    server.db.$on('query', ({ query }) => statements.push(query));
    await using _held = await holdTable(database.location.url, 'topic');
    // A mutation's fields run one after the other: the second must not begin.
    const answer = await server.request(`mutation {
      one: upsertTopic(input: { slug: "one", name: "One" }) { __typename }
      two: upsertActor(input: { slug: "two", name: "Two", kind: STATE }) { __typename }
    }`);
    expect(answer).toMatchObject({ errors: [TOO_SLOW] });
    await vi.waitUntil(async () => (await waiting(server)) === 0, { timeout: 20_000, interval: 20 });
    await server.data('{ feedHead }');
    expect(statements.filter((sql) => sql.includes('"actor"'))).toEqual([]);
  });
});
