import { setMaxListeners } from 'node:events';
import { expect, inject, vi } from 'vitest';
import type { Database } from '../../src/database/open.js';
import { createDatabase } from '../support/database.js';
import { figures } from '../support/figures.js';
import { describeWithDatabase, test } from '../support/fixtures.js';
import { startTestServer, type TestServer } from '../support/server.js';

/** Keeps the database's one connection until it is released. */
async function holdConnection(db: Database) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let ended: Promise<void> | undefined;
  await new Promise<void>((resolve, reject) => {
    ended = db.$transaction(
      async () => {
        resolve();
        await released;
      },
      { timeout: 120_000 },
    );
    ended.catch(reject);
  });
  return {
    release: async () => {
      release();
      await ended;
    },
  };
}

/** Asks once: the metrics take a second while the database does not answer. */
const gauges = async (server: TestServer) =>
  Object.values(await figures(server, ['requests_at_work', 'requests_waiting']));

// PostgreSQL's part is in tests/services/apart.test.ts: it has several connections, and statements that are cancelled.
describeWithDatabase('clients that leave', { skip: inject('database') !== 'embedded' }, () => {
  test('leave no work that waits for the connection', async () => {
    await using database = await createDatabase('dossier');
    await using server = await startTestServer(database.location, { REQUEST_TIMEOUT: '60' });
    const statements: string[] = [];
    const held = await holdConnection(server.db);
    const stopListening = server.db.onStatement(({ query }) => statements.push(query));
    const over = new AbortController();
    setMaxListeners(0, over.signal);
    const gone = Array.from({ length: 30 }, (_, index) =>
      fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ developments { nodes { slug } } } # ${index}` }),
        signal: over.signal,
      }).catch(() => 'gone'),
    );
    await vi.waitFor(async () => expect(await gauges(server)).toEqual([8, 22]), { timeout: 30_000 });
    over.abort();
    expect(await Promise.all(gone)).toEqual(Array(30).fill('gone'));
    // The first one waits in the pool itself.
    await vi.waitFor(async () => expect(await gauges(server)).toEqual([1, 0]), { timeout: 30_000 });
    await held.release();
    await vi.waitFor(async () => expect(await gauges(server)).toEqual([0, 0]), { timeout: 30_000 });
    stopListening();
    const lists = statements.filter((text) => /FROM\s+"?development"?\s/i.test(text));
    expect(lists.filter((text) => !text.includes('feed_entry'))).toEqual([]); // The tail reads the log all the time.
  });
});
