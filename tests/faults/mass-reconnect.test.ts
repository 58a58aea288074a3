import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { follow, stop } from './follower.js';
import { overWebSocket } from './lines.js';
import { expectNoFault, headOf, OBSERVER, settle, startInstance } from './record.js';
import { summary } from './summary.js';
import { startWriters } from './writers.js';

const CLIENTS = 5_000;
const POOL = 5;
const MISSED = 50;
const AT_MOST = 60_000;

/** Returns whether this process may open enough sockets. If not, warns, or throws with REQUIRE_SERVICES=1. */
function hasFiles(): boolean {
  const limit = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  if (limit === 'unlimited' || Number(limit) > CLIENTS + 500) return true;
  const message = `The limit of open files is ${limit}, less than ${CLIENTS} clients need`;
  if (process.env['REQUIRE_SERVICES'] === '1') throw new Error(`${message}.`);
  console.warn(`${message}. Their test is skipped.`);
  return false;
}

/** Repeatedly counts the connections to a database, from a connection to another database. */
async function watchConnections(databaseUrl: string) {
  const { pathname } = new URL(databaseUrl);
  const observer = new pg.Client(new URL('/postgres', databaseUrl).href);
  await observer.connect();
  let most = 0;
  let samples = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const { rows } = await observer.query<{ count: string }>(
        // Neither PostgreSQL's own workers, such as autovacuum, nor the connections of the tests themselves.
        `SELECT count(*) FROM pg_stat_activity
         WHERE datname = $1 AND backend_type = 'client backend' AND application_name <> ALL ($2)`,
        [pathname.slice(1), [OBSERVER, 'tests']],
      );
      most = Math.max(most, Number(rows[0]?.count));
      samples += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return {
    get figures() {
      return { most, samples };
    },
    [Symbol.asyncDispose]: async () => {
      isOver = true;
      await watching;
      await observer.end();
    },
  };
}

describeWithDatabase('a restart', () => {
  describe.skipIf(!hasFiles())('with 5,000 clients', () => {
    test('reconnects all of them at once without more database connections', async () => {
      await using database = await createPostgres();
      const { url: databaseUrl } = database.location;
      const env = { DATABASE_URL: databaseUrl, DATABASE_POOL: String(POOL) };
      await using server = await startInstance(env);
      const { url } = server;
      const after = await headOf(url);
      // Holds reconnects back until the server is up, so that all clients reconnect at the same moment.
      let reopened = Promise.resolve();
      const followers = Array.from({ length: CLIENTS }, () =>
        follow({ after, open: overWebSocket, url: () => reopened.then(() => url) }),
      );
      try {
        await vi.waitUntil(() => followers.every(({ caughtUp }) => caughtUp === 1), { timeout: 60_000 });
        await using writers = startWriters({ count: 10, url: () => url });
        await writers.finish();
        await vi.waitUntil(() => followers.every(({ position }) => position === 11n), { timeout: 60_000 });

        let open = () => {};
        reopened = new Promise((resolve) => {
          open = resolve;
        });
        await server.end('SIGTERM');
        await vi.waitUntil(() => followers.every(({ line }) => line === undefined), { timeout: 30_000 });
        const missed = await writeElsewhere(env);

        await using connections = await watchConnections(databaseUrl);
        await server.start();
        const back: number[] = [];
        const before = followers.map(({ caughtUp }) => caughtUp);
        const opened = performance.now();
        open();
        const isBack = followers.map(() => false);
        const allAreBack = () => {
          followers.forEach(({ caughtUp }, index) => {
            if (isBack[index] || caughtUp === before[index]) return;
            isBack[index] = true;
            back.push(performance.now() - opened);
          });
          return back.length === CLIENTS;
        };
        await vi.waitUntil(allAreBack, { timeout: AT_MOST, interval: 50 }).catch(() => {});
        const verdict = await settle({ databaseUrl, url, writers: [writers, missed], followers });
        const goneAway = followers.filter(({ endings }) => endings[0]?.code === 1001).length;
        const broken = followers.reduce((sum, { endings }) => sum + endings.length, 0) - CLIENTS;
        const { most, samples } = connections.figures;
        expectNoFault(
          `${CLIENTS} clients after a restart`,
          verdict,
          `closed with 1001: ${goneAway}; caught up on ${MISSED} after ${summary(back)}, ${broken} attempts broken; ` +
            `database connections at most ${most} of ${samples} counts, for a pool of ${POOL} and a listener`,
        );
        expect(back.length).toBe(CLIENTS);
        expect(most).toBeLessThanOrEqual(POOL + 1);
      } finally {
        await stop(followers);
      }
    });
  });
});

/** Publishes while the clients are disconnected, through an instance that they do not use. */
async function writeElsewhere(env: Record<string, string>) {
  await using elsewhere = await startInstance(env);
  const { url } = elsewhere;
  await using writers = startWriters({ count: MISSED, name: 'missed', url: () => url });
  await writers.finish();
  return writers;
}
