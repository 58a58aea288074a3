import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { describeWithNats } from '../services/bus-support.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { type Follower, followAll, stop } from './follower.js';
import { startFaultyWire, startNats } from './nats.js';
import { type Address, expectNoFault, headOf, readLog, settle, startPair } from './record.js';
import { summary } from './summary.js';
import { startWriters } from './writers.js';

/** How long NATS is down, in milliseconds. */
const OUTAGE = 10_000;

/** Times from the log entry to arrival, in milliseconds. */
async function latencies(databaseUrl: string, followers: readonly Follower[], from = 0, to = Infinity) {
  const written = new Map((await readLog(databaseUrl)).map(({ position, at }) => [position, at]));
  return followers
    .flatMap(({ received }) => received)
    .map(({ position, at }) => ({ at: written.get(position) ?? 0, took: at - (written.get(position) ?? 0) }))
    .filter(({ at }) => at >= from && at < to)
    .map(({ took }) => took);
}

const bus = (address: Address, message: string) =>
  address.instance.stdout.split(`"msg":"${message}`).length - 1;

describeWithDatabase('between two instances', () => {
  describeWithNats('NATS', () => {
    test('affects only latency when it is down for 10 seconds', async () => {
      await using database = await createPostgres();
      const { url: databaseUrl } = database.location;
      await using nats = await startNats();
      const env = { DATABASE_URL: databaseUrl, BUS_URL: nats.url };
      await using pair = await startPair(env);
      const { one, addresses, urlAt } = pair;
      const followers = followAll(addresses, await headOf(one.url));
      try {
        await using writers = startWriters({
          url: urlAt,
          pause: 10,
        });
        await vi.waitUntil(() => writers.acknowledged.length >= 50, { timeout: 60_000 });
        await nats.kill();
        const killed = Date.now();
        await wait(OUTAGE); // The outage itself is timed.
        await nats.start();
        const back = Date.now();
        for (const address of addresses) {
          await vi.waitUntil(() => bus(address, 'the bus is back') === 1, { timeout: 30_000 });
        }
        const enough = writers.acknowledged.length + 50;
        await vi.waitUntil(() => writers.acknowledged.length >= enough, { timeout: 60_000 });
        const verdict = await settle({ databaseUrl, url: one.url, writers: [writers], followers });
        const without = summary(await latencies(databaseUrl, followers, killed, back));
        const before = summary(await latencies(databaseUrl, followers, 0, killed));
        expectNoFault(
          `${nats.kind} killed for ${OUTAGE / 1_000} s`,
          verdict,
          `from log to subscriber ${without} without it, ${before} before`,
        );
        expect(addresses.map((address) => bus(address, 'the bus is lost'))).toEqual([1, 1]);
        expect(followers.flatMap(({ endings }) => endings)).toEqual([]);
      } finally {
        await stop(followers);
      }
    });

    test('loses nothing when it duplicates every message and drops every tenth', async () => {
      await using database = await createPostgres();
      const { url: databaseUrl } = database.location;
      await using nats = await startNats();
      await using wire = await startFaultyWire(nats.url);
      const env = { DATABASE_URL: databaseUrl, BUS_URL: wire.url };
      await using pair = await startPair(env);
      const { one, addresses, urlAt } = pair;
      const followers = followAll(addresses, await headOf(one.url));
      try {
        await using writers = startWriters({
          count: 400,
          url: urlAt,
        });
        const verdict = await settle({ databaseUrl, url: one.url, writers: [writers], followers });
        const { messages, dropped } = wire.figures;
        expectNoFault(
          'every bus message doubled, every tenth dropped',
          verdict,
          `${messages} messages, ${dropped} of them dropped; from log to subscriber ${summary(await latencies(databaseUrl, followers))}`,
        );
        expect(dropped).toBeGreaterThan(10);
        expect(followers.flatMap(({ endings }) => endings)).toEqual([]);
      } finally {
        await stop(followers);
      }
    });
  });
});
