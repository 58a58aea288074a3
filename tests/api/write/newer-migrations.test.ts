import { expect, vi } from 'vitest';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import { ADMIN_TOKEN, type TestServer } from '../../support/server.js';

const UPSERT = 'mutation { upsertTopic(input: { slug: "one", name: "One" }) { __typename } }';
const NEWER = { message: expect.stringContaining('only reads'), extensions: { code: 'RECORD_IS_NEWER' } };

/** Sends a mutation over WebSocket and returns its result. */
const overWebSocket = (server: TestServer, token: string) =>
  new Promise((resolve, reject) => {
    server
      .client({ authorization: `Bearer ${token}` })
      .subscribe({ query: UPSERT }, { next: resolve, error: reject, complete: () => {} });
  });

describeWithDatabase('an instance whose database a newer version has migrated', () => {
  test('refuses mutations on both transports, reads on, and logs it once', async ({ server }) => {
    expect((await server.request(UPSERT)).errors).toBeUndefined();
    await server.db.$executeRawUnsafe(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
       VALUES ('newer', 'sum', '99990101000000_newer', now())`,
    );
    await vi.waitUntil(async () => (await server.request(UPSERT)).errors !== undefined, {
      timeout: 30_000,
      interval: 100,
    });
    expect(await server.request(UPSERT)).toMatchObject({ status: 503, errors: [NEWER] });
    expect(await overWebSocket(server, ADMIN_TOKEN)).toMatchObject({ errors: [NEWER] });
    expect(await server.data('{ topics { nodes { slug } } }')).toEqual({
      topics: { nodes: [{ slug: 'one' }] },
    });
    const told = server.logged.filter(({ msg }) => msg.startsWith('a newer version has migrated'));
    expect(told).toHaveLength(1);
    await server.db.$executeRawUnsafe(`DELETE FROM _prisma_migrations WHERE id = 'newer'`);
    expect((await server.request(UPSERT)).errors).toBeUndefined();
  });
});
