import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, vi } from 'vitest';
import { createDatabase } from '../support/database.js';
import { describeWithDatabase, publishStatement, test } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';

async function ready(server: TestServer) {
  const response = await fetch(new URL('/health/ready', server.url));
  return { status: response.status, body: (await response.json()) as object };
}

const WELL = { database: 'ok', migrations: 'ok', feed: 'ok' };
/** The size of the largest connection pool in tests. */
const CONNECTIONS = 5;

describeWithDatabase('health', () => {
  test('reports that a server is live and ready', async ({ server }) => {
    const live = await fetch(new URL('/health/live', server.url));
    expect([live.status, await live.json()]).toEqual([200, { status: 'live' }]);
    expect(await ready(server)).toEqual({ status: 200, body: { status: 'ready', checks: WELL } });
  });

  test('reports not ready within seconds while the database does not answer', async ({ server }) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const holders = Array.from({ length: CONNECTIONS }, () => server.db.$transaction(() => released));
    const began = performance.now();
    const answers = await Promise.all([ready(server), ready(server)]);
    expect(performance.now() - began).toBeLessThan(10_000);
    const checks = { database: 'does not answer', migrations: 'unknown', feed: 'unknown' };
    const expected = { status: 503, body: { status: 'not ready', checks } };
    expect(answers).toEqual([expected, expected]);
    expect((await fetch(new URL('/health/live', server.url))).status).toBe(200);
    release();
    await Promise.all(holders);
    await vi.waitUntil(async () => (await ready(server)).status === 200, 30_000);
  });

  test('reports not ready while the database has other migrations than this version', async ({ server }) => {
    await server.db.$executeRawUnsafe(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('newer', 'sum', '99990101000000_newer', now())`,
    );
    const checks = { ...WELL, migrations: 'are newer than this version; it refuses writes' };
    expect(await ready(server)).toEqual({ status: 503, body: { status: 'not ready', checks } });
    await server.db.$executeRawUnsafe(`DELETE FROM _prisma_migrations WHERE id = 'newer'`);
    expect(await ready(server)).toMatchObject({ status: 200 });
  });

  test('reports not ready when the database lacks a migration', async ({ server }) => {
    await server.db.$executeRawUnsafe(
      `DELETE FROM _prisma_migrations WHERE migration_name = (SELECT max(migration_name) FROM _prisma_migrations)`,
    );
    expect(await ready(server)).toMatchObject({ status: 503, body: { checks: { database: 'ok' } } });
  });

  test('reports not ready while the instance is far behind the log', async ({ server }) => {
    await server.tail[Symbol.asyncDispose](); // It stops reading the log.
    await publishStatement(server, 'Unread');
    expect(await ready(server)).toMatchObject({ status: 200 });
    await server.db.$executeRawUnsafe('ALTER TABLE feed_entry DISABLE TRIGGER feed_entry_stays');
    await server.db.$executeRawUnsafe(`UPDATE feed_entry SET recorded_at = now() - interval '60 s'`);
    const { status, body } = await ready(server);
    expect(status).toBe(503);
    expect(body).toMatchObject({
      checks: { database: 'ok', feed: expect.stringMatching(/^1 entries behind, for ([6-9]\d|\d{3,}) s$/) },
    });
  });

  test('reports not ready during shutdown, on connections that are still answered', async () => {
    await using database = await createDatabase();
    const server = await startTestServer(database.location);
    const { hostname, port } = new URL(server.url);
    const connection = connect(Number(port), hostname);
    const answer = once(connection, 'data');
    connection.write(`GET /health/ready HTTP/1.1\r\nHost: ${hostname}\r\n`);
    await server.request('{ feedHead }'); // By now the server has the first part of the other request.
    const ending = server.dispose();
    connection.write('\r\n');
    expect(String(await answer)).toMatch(/^HTTP\/1\.1 503 [\s\S]*\{"status":"shutting down"\}/);
    connection.destroy();
    await ending;
  });
});
