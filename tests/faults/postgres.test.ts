import { describe, expect, test, vi } from 'vitest';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { followAll, stop } from './follower.js';
import { canMakeCluster, startCluster } from './postgres-cluster.js';
import { type Address, expectNoFault, headOf, query, settle, startInstance, startPair } from './record.js';
import { startWriters } from './writers.js';

const TERMINATIONS = 20;

/** Returns whether an instance reaches its database. */
const isReady = async ({ url }: Address) => (await fetch(new URL('/health/ready', url))).status === 200;

describe.skipIf(!(await canMakeCluster()))('a restart of PostgreSQL', () => {
  test('loses nothing for any subscriber, in fast or immediate mode', async () => {
    await using cluster = await startCluster();
    await using pair = await startPair({ DATABASE_URL: cluster.url });
    const { one, addresses, urlAt } = pair;
    const followers = followAll(addresses, await headOf(one.url));
    try {
      await using writers = startWriters({ url: urlAt });
      for (const mode of ['fast', 'immediate'] as const) {
        const enough = writers.acknowledged.length + 50;
        await vi.waitUntil(() => writers.acknowledged.length >= enough, { timeout: 60_000 });
        await cluster.stop(mode);
        for (const address of addresses) {
          await vi.waitUntil(async () => !(await isReady(address)), { timeout: 30_000 });
        }
        // Some lose their connections too, and reconnect while the database is down.
        for (const follower of followers.slice(0, 4)) follower.cut();
        await cluster.start();
        for (const address of addresses) {
          await vi.waitUntil(() => isReady(address), { timeout: 30_000 });
        }
      }
      const enough = writers.acknowledged.length + 50;
      await vi.waitUntil(() => writers.acknowledged.length >= enough, { timeout: 60_000 });
      const databaseUrl = cluster.url;
      const verdict = await settle({ databaseUrl, url: one.url, writers: [writers], followers });
      const attempts = followers.reduce((sum, { endings }) => sum + endings.length, 0);
      expectNoFault(
        'PostgreSQL restarted twice',
        verdict,
        `${writers.retries} writes sent again with their key, ${attempts} connections broken or refused`,
      );
      expect(followers.map(({ resets }) => resets)).toEqual(followers.map(() => 0));
      expect(addresses.map(({ instance }) => instance.exit)).toEqual([undefined, undefined]);
    } finally {
      await stop(followers);
    }
  });
});

describeWithDatabase('the LISTEN connection', () => {
  test('loses nothing when it is terminated 20 times during writes', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using server = await startInstance({ DATABASE_URL: databaseUrl });
    const { url } = server;
    const followers = followAll([server], await headOf(url));
    try {
      await using writers = startWriters({ url: () => url });
      let terminated = 0;
      while (terminated < TERMINATIONS) {
        const before = writers.acknowledged.length;
        await vi.waitUntil(() => writers.acknowledged.length > before, { timeout: 60_000, interval: 5 });
        const rows = await query<{ done: boolean }>(
          databaseUrl,
          `SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity
           WHERE datname = current_database() AND application_name = 'doctrine-wire feed'
             AND query LIKE 'LISTEN%'`,
        );
        terminated += rows.filter(({ done }) => done).length;
      }
      const verdict = await settle({ databaseUrl, url, writers: [writers], followers });
      expectNoFault(`the LISTEN connection terminated ${terminated} times`, verdict);
      expect(followers.flatMap(({ endings }) => endings)).toEqual([]);
    } finally {
      await stop(followers);
    }
  });
});
