import { expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/database/open.js';
import { isUnavailable } from '../../src/database/unavailable.js';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { followAll, stop } from './follower.js';
import { type Address, expectNoFault, headOf, settle, startInstance } from './record.js';
import { startSilentWire } from './silent-wire.js';
import { startWriters } from './writers.js';

/** The promise is 15 s. A busy machine may take longer, and a server without deadlines takes for ever. */
const LONGEST = 30_000;
const PATIENCE = { timeout: LONGEST, interval: 50 };

const statusOf = async ({ url }: Address) => (await fetch(new URL('/health/ready', url))).status;

/** Waits until an instance is ready, or is not, and returns how long that took in milliseconds. */
async function becomes(address: Address, status: 200 | 503): Promise<number> {
  const began = performance.now();
  await vi.waitUntil(async () => (await statusOf(address)) === status, PATIENCE);
  return performance.now() - began;
}

const lines = ({ instance }: Address) =>
  instance.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { msg: string });
const logged = (address: Address) => lines(address).map(({ msg }) => msg);

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

describeWithDatabase('connections to PostgreSQL that go silent', () => {
  test('are noticed and replaced, and no subscriber loses or doubles an item', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using wire = await startSilentWire(databaseUrl);
    await using near = await startInstance({ DATABASE_URL: databaseUrl });
    await using far = await startInstance({ DATABASE_URL: wire.url });
    const followers = followAll([far], await headOf(near.url));
    try {
      // Through both instances. The writers send a write again, with its key, if the far one does not answer.
      await using writers = startWriters({
        pause: 10,
        url: (attempt) => (attempt % 2 === 0 ? near.url : far.url),
      });
      const moreThan = async (count: number) => {
        const enough = writers.acknowledged.length + count;
        await vi.waitUntil(() => writers.acknowledged.length >= enough, { timeout: 60_000 });
      };
      await moreThan(50);
      wire.silence();
      const noticed = await becomes(far, 503);
      const back = noticed + (await becomes(far, 200));
      await vi.waitUntil(() => wire.silent === 0, PATIENCE);
      await moreThan(50);

      // Then the same, and new connections are silent too for a while.
      wire.hangsNew = true;
      wire.silence();
      await becomes(far, 503);
      await vi.waitUntil(
        () => logged(far).includes('the bus is lost; changes are found by polling'),
        PATIENCE,
      );
      wire.hangsNew = false;
      const backAgain = await becomes(far, 200);
      await vi.waitUntil(() => wire.silent === 0, PATIENCE);
      await moreThan(50);

      const verdict = await settle({ databaseUrl, url: near.url, writers: [writers], followers });
      expectNoFault(
        'connections that went silent twice',
        verdict,
        `ready again after ${seconds(back)}, and ${seconds(backAgain)} after new connections worked again`,
      );
      expect(followers.flatMap(({ endings }) => endings)).toEqual([]);
      expect(followers.map(({ resets }) => resets)).toEqual(followers.map(() => 0));
      expect(far.instance.exit).toBeUndefined();
      // An outage is summed up after some seconds without another silent connection.
      await vi.waitUntil(() => SAID.every((line) => logged(far).includes(line)), PATIENCE);
      const told = logged(far);
      expect(told.filter((line) => line === 'the feed log could not be read').length).toBeLessThanOrEqual(6);
    } finally {
      await stop(followers);
    }
  });

  test('keep no lock: a writer elsewhere gets it soon, and the transaction fails', async () => {
    await using database = await createPostgres();
    await using wire = await startSilentWire(database.location.url);
    await using other = await openDatabase({ ...database.location, poolSize: 1 });
    const closed: unknown[] = [];
    const onSilent = (error: unknown) => closed.push(error);
    const location = { ...database.location, url: wire.url };
    await using far = await openDatabase(location, { statementTimeout: 1_000, onSilent });
    let hasLock = false;
    const outcome = far.db.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE feed_head SET position = position`;
      wire.silence();
      hasLock = true;
      await tx.$executeRaw`UPDATE feed_head SET position = position + 1`;
    });
    const failed = outcome.catch(isUnavailable);
    await vi.waitUntil(() => hasLock, 30_000);
    await other.db.$executeRaw`UPDATE feed_head SET position = position`;
    expect(await failed).toBe(true);
    expect(closed.length).toBeGreaterThan(0);
    const [head] = await other.db.$queryRaw<{ position: bigint }[]>`SELECT position FROM feed_head`;
    expect(head?.position).toBe(0n);
  });
});

const SAID = [
  'connections to the database go silent; they are closed',
  'no more connections to the database go silent',
  'the feed log could not be read',
  'the feed log can be read again',
  'the bus is lost; changes are found by polling',
  'the bus is back',
];
