import { pino } from 'pino';
import { expect, inject, vi } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { ReferenceCache } from '../../src/domain/references/cache.js';
import { Prisma } from '../../src/generated/prisma/client.js';
import { createRequestContext } from '../../src/http/context.js';
import { createSlots } from '../../src/http/execution/slots.js';
import { createTurns } from '../../src/http/execution/turns.js';
import { createObservation } from '../../src/observe/observation.js';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { holdTable } from '../support/held-table.js';
import { startTestServer, type TestServer } from '../support/server.js';

const TOO_SLOW = {
  message: expect.stringMatching(/^Expected a request that can be answered within 3 s \(REQUEST_TIMEOUT\)/),
  extensions: { code: 'REQUEST_TIMEOUT', maximum: 3 },
};

const waiting = async (server: TestServer) => {
  const rows = await server.db.$queryRaw<{ query: string }[]>`
    SELECT query FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`;
  return rows.length;
};

// PGlite runs in this process, so its statements cannot be cancelled.
describeWithDatabase('a request that takes too long', { skip: inject('database') !== 'postgres' }, () => {
  test('is answered with an error over HTTP and WebSocket, and its statements are cancelled', async () => {
    await using database = await createDatabase();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '3' });
    await using _held = await holdTable(database.location.url, 'topic');
    const query = '{ topics { nodes { slug } } }';
    const http = server.request(query);
    const next = new Promise((resolve, reject) => {
      server.client().subscribe({ query }, { next: resolve, error: reject, complete() {} });
    });
    await vi.waitUntil(async () => (await waiting(server)) === 2, { timeout: 30_000, interval: 20 });
    expect(await http).toMatchObject({ status: 504, errors: [TOO_SLOW] });
    expect(await next).toMatchObject({ errors: [TOO_SLOW] });
    await vi.waitUntil(async () => (await waiting(server)) === 0, { timeout: 30_000, interval: 20 });
    expect(server.logged).toEqual([]); // A timeout is not a server failure.
  });

  test('is rolled back if it writes, and can be retried with its key', async () => {
    await using database = await createDatabase();
    if (database.location.kind !== 'postgres') throw new Error('Expected PostgreSQL.');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '3' });
    const mutation =
      'mutation { upsertTopic(input: { slug: "late", name: "Late", idempotencyKey: "one" }) { __typename } }';
    {
      await using _held = await holdTable(database.location.url, 'topic');
      expect(await server.request(mutation)).toMatchObject({ errors: [TOO_SLOW] });
      await vi.waitUntil(async () => (await waiting(server)) === 0, { timeout: 30_000, interval: 20 });
    }
    expect(await server.data('{ topics { totalCount } }')).toEqual({ topics: { totalCount: 0 } });
    expect(await server.data(mutation)).toEqual({ upsertTopic: { __typename: 'UpsertTopicSuccess' } });
    expect(await server.data('{ topics { totalCount } }')).toEqual({ topics: { totalCount: 1 } });
  });
});

test('an expired request cannot access the database', async () => {
  const db = {} as Database;
  const observation = createObservation(pino({ level: 'silent' }), undefined);
  const context = createRequestContext(
    {
      ...{ db, references: new ReferenceCache(), turns: createTurns(), slots: createSlots(1) },
      requestTimeout: 0.02,
      charge: () => {},
      signingKey: undefined,
      publicUrl: undefined,
      intake: undefined,
      wake: () => {},
    },
    {
      call: observation.beginCall('http', 'one', {}),
      address: '192.0.2.1',
      isReadOnly: false,
      resumeFrom: undefined,
      openOutlet: () => {
        throw new Error('Expected no subscription.');
      },
    },
  );
  const { db: before, lifetime } = context;
  expect(before).toBe(context.db);
  const error = await new Promise((resolve) => lifetime.onEnd(resolve));
  expect(error).toMatchObject({ extensions: { code: 'REQUEST_TIMEOUT' } });
  expect(() => context.db).toThrow(/REQUEST_TIMEOUT/);
  await expect(before.driver.query(Prisma.sql`SELECT 1`, {})).rejects.toBe(error);
  expect(() => context.takeTurn()).toThrow(/REQUEST_TIMEOUT/);
});
