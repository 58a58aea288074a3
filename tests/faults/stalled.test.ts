import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createPostgres } from '../support/database.js';
import { describeWithDatabase } from '../support/fixtures.js';
import { type Follower, follow, stop } from './follower.js';
import { type OpenLine, overEventStream, overWebSocket } from './lines.js';
import { holds, watchMemory } from './process-figures.js';
import { type Address, expectNoFault, headOf, readLog, settle, startInstance } from './record.js';
import { quantile } from './summary.js';
import { startWriters, type Writers } from './writers.js';

const STATEMENTS = 1_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** 10 KB of random words, which compress little. Each is indexed, so they are as long as those of a language. */
const QUOTATION = {
  quotation: Array.from(randomBytes(10_000), (byte, at) => (at % 9 === 8 ? ' ' : LETTERS[byte % 52])).join(
    '',
  ),
};
const LIMITS = { FEED_PATIENCE: '2', FEED_BUFFER: '262144' };
/**
 * With plenty of memory V8 delays garbage collection, so a process's growth would show when it last collected. A heap of
 * this size forces it to collect, and ends the process if readers make it hold more.
 */
const SMALL_HEAP = { NODE_OPTIONS: '--max-old-space-size=192 --max-semi-space-size=8' };
/** Stalled readers of each transport. With unlimited buffers they make the server grow by 176 MB. */
const STALLED = 30;
/** Repeats the comparison of times if the machine was busy meanwhile. */
const ATTEMPTS = 3;
const SLOWEST = 2;
const MOST_MEMORY = 100;

/** A subscriber that stops reading at the first item of each connection while it stalls. */
function followAndStall(url: string, after: string, open: OpenLine) {
  let isStalled = true;
  const follower = follow({
    open,
    after,
    isLarge: true,
    url: () => url,
    onTold: (_, line) => {
      if (isStalled) line.pause();
    },
  });
  return {
    follower,
    resume: () => {
      isStalled = false;
      follower.line?.resume();
    },
  };
}

type Stalled = ReturnType<typeof followAndStall>;

const isHeld = async ({ instance }: Address, { follower }: Stalled) =>
  follower.line?.port !== undefined && (await holds(instance.pid, follower.line.port));

describeWithDatabase('a reader that never reads', () => {
  test('costs little memory, delays nobody, is cut off, and receives everything when it reads again', async () => {
    await using database = await createPostgres();
    const { url: databaseUrl } = database.location;
    await using server = await startInstance({ DATABASE_URL: databaseUrl, ...LIMITS, ...SMALL_HEAP });
    const { url } = server;
    const after = await headOf(url);
    const others = Array.from({ length: 10 }, (_, index) =>
      follow({
        after,
        isLarge: true,
        open: index % 5 === 4 ? overEventStream : overWebSocket,
        url: () => url,
      }),
    );
    const everyWriters: Writers[] = [];
    const stalled: Stalled[] = [];

    /** Publishes, and returns the server's growth and the other subscribers' latencies. */
    const publish = async (name: string, count: number) => {
      const memory = await watchMemory(server.instance.pid);
      const writers = startWriters({ name, count, url: () => url, input: QUOTATION });
      everyWriters.push(writers);
      await writers.finish();
      const log = new Map(
        (await readLog(databaseUrl))
          .filter(({ slug }) => slug.startsWith(name))
          .map((line) => [line.slug, line]),
      );
      const last = [...log.values()].at(-1)?.position ?? 0n;
      await vi.waitUntil(() => others.every(({ position }) => position >= last), { timeout: 60_000 });
      const times = others
        .flatMap(({ received }) => received)
        .filter(({ slug }) => log.has(slug))
        .map(({ slug, at }) => at - (log.get(slug)?.at ?? 0));
      return { grown: memory.stop(), p99: quantile(times, 0.99) };
    };

    try {
      await vi.waitUntil(() => others.every(({ caughtUp }) => caughtUp === 1), { timeout: 30_000 });
      await publish('warm', STATEMENTS); // Warm-up: the heap grows to its working size once.
      const runs: { quiet: number; stalled: number; grown: number; grownQuiet: number }[] = [];
      const best = () => Math.min(...runs.map((run) => run.stalled / run.quiet));
      while (runs.length < ATTEMPTS && !(runs.length > 0 && best() <= SLOWEST)) {
        const quiet = await publish(`quiet-${runs.length}`, STATEMENTS);
        // Start here, because this test is about the live feed.
        const now = await headOf(url);
        const readers = [overWebSocket, overEventStream].flatMap((open) =>
          Array.from({ length: STALLED }, () => followAndStall(url, now, open)),
        );
        stalled.push(...readers);
        await vi.waitUntil(() => readers.every(({ follower }) => follower.caughtUp === 1), {
          timeout: 30_000,
        });
        const loaded = await publish(`stalled-${runs.length}`, STATEMENTS);
        runs.push({ quiet: quiet.p99, stalled: loaded.p99, grown: loaded.grown, grownQuiet: quiet.grown });
        for (const one of readers) {
          await vi.waitUntil(async () => !(await isHeld(server, one)), { timeout: 30_000, interval: 100 });
        }
      }
      const held = stalled.map(({ follower }) => follower.received.length);
      for (const { resume } of stalled) resume();
      const behind = await readLog(databaseUrl);
      const verdict = await settle({ databaseUrl, url, writers: everyWriters, followers: others });
      const text = runs.map(
        (run) =>
          `p99 ${run.stalled.toFixed(0)} ms with stalled readers to ${run.quiet.toFixed(0)} ms without ` +
          `(${(run.stalled / run.quiet).toFixed(2)}), memory +${run.grown.toFixed(0)} MB to +${run.grownQuiet.toFixed(0)} MB`,
      );
      expectNoFault(`a reader that never reads ${STATEMENTS} × 10 KB, the others`, verdict, text.join('; '));
      expect(held).toEqual(held.map(() => 0));
      const head = behind.at(-1)?.position ?? 0n;
      await vi.waitUntil(() => stalled.every(({ follower }) => follower.position >= head), {
        timeout: 60_000,
      });
      expect(stalled.map(({ follower }) => follower.endings.length)).toEqual(stalled.map(() => 1));
      expect(best()).toBeLessThanOrEqual(SLOWEST);
      expect(Math.max(...runs.map(({ grown }) => grown))).toBeLessThanOrEqual(MOST_MEMORY);

      await tellsTheSlow(server, databaseUrl, after, everyWriters);
    } finally {
      await stop([...others, ...stalled.map(({ follower }) => follower)]);
    }
  });
});

/** The interval at which stalled readers resume reading, in milliseconds. */
const STEP = 400;

/**
 * Readers stall in their replay and resume reading one after the other, until the server has cut off the last. Readers
 * that resume while the server still waits for them receive the close reason.
 */
async function tellsTheSlow(
  server: Address,
  databaseUrl: string,
  after: string,
  writers: readonly Writers[],
): Promise<void> {
  const { url } = server;
  const readers = Array.from({ length: 20 }, () => followAndStall(url, after, overWebSocket));
  const followers: readonly Follower[] = readers.map(({ follower }) => follower);
  try {
    await vi.waitUntil(() => followers.every(({ received }) => received.length > 0), { timeout: 30_000 });
    const last = readers.at(-1);
    for (const reader of readers.slice(0, -1)) {
      if (last && !(await isHeld(server, last))) break;
      reader.resume();
      await wait(STEP);
    }
    for (const { resume } of readers) resume();
    const verdict = await settle({ databaseUrl, url, writers, followers });
    const endings = followers.flatMap((follower) => follower.endings);
    const told = endings.filter(({ code }) => code === 4413);
    expectNoFault(
      'readers that stall and read again',
      verdict,
      `${readers.length} readers, ${told.length} closed with 4413, ${endings.length - told.length} found the connection cut`,
    );
    expect(told.length).toBeGreaterThan(0);
    expect(told.map(({ reason }) => reason)).toEqual(told.map(({ cursor }) => cursor));
  } finally {
    await stop(followers);
  }
}
