import { expect, test, vi } from 'vitest';
import { type OpenDatabase, openDatabase, type Transaction } from '../../src/database/open.js';
import { ANONYMOUS } from '../../src/domain/access.js';
import { recordInputs } from '../../src/domain/development/content/input.js';
import { findViews } from '../../src/domain/development/read/view.js';
import { recordDevelopment, recordMany } from '../../src/domain/development/write/record.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { isOfReference } from '../../src/feed/hash-chain.js';
import { appendToFeed, type NewFeedEntry } from '../../src/feed/position.js';
import { startTail } from '../../src/feed/tail.js';
import { createDatabase } from '../support/database.js';
import { CITED, makeSource } from '../support/example-source.js';
import { expectVerified } from '../support/expect-verified.js';
import { describeWithDatabase } from '../support/fixtures.js';

const fail = (error: unknown) => {
  throw error;
};

/** Opens a PostgreSQL database with a tail that only the bus wakes. */
async function open() {
  const database = await createDatabase();
  const opened = await openDatabase({ ...database.location, poolSize: 12 } as typeof database.location);
  await makeSource(opened.db);
  const bus = createLocalBus();
  const tail = await startTail({ db: opened.db, bus, pollInterval: 2 ** 30, onError: fail });
  return {
    ...opened,
    bus,
    tail,
    [Symbol.asyncDispose]: async () => {
      await tail[Symbol.asyncDispose]();
      await opened[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** Begins a transaction that runs step by step, as the test requests. */
function begin({ db }: OpenDatabase) {
  const steps: { work: (tx: Transaction) => Promise<unknown>; done: (error?: unknown) => void }[] = [];
  let wake = () => {};
  let finish: 'commit' | 'rollback' | undefined;
  const transaction = db.$transaction(async (tx) => {
    for (;;) {
      const step = steps.shift();
      if (step) await step.work(tx).then(() => step.done(), step.done);
      else if (finish === 'rollback') throw new Error('rolled back');
      else if (finish === 'commit') return;
      else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  });
  const end = (how: 'commit' | 'rollback') => {
    finish = how;
    wake();
    return transaction.catch(() => {});
  };
  return {
    run: <T>(work: (tx: Transaction) => Promise<T>) =>
      new Promise<T>((resolve, reject) => {
        let result: T;
        steps.push({
          work: async (tx) => {
            result = await work(tx);
          },
          done: (error) => (error === undefined ? resolve(result) : reject(error)),
        });
        wake();
      }),
    commit: () => end('commit'),
    rollback: () => end('rollback'),
  };
}

/** Writes the rows of a published statement, except for its feed entry. */
async function record(
  tx: Transaction,
  headline: string,
  participants: readonly { actor: string; role: 'SPEAKER' }[] = [],
): Promise<readonly NewFeedEntry[]> {
  const fields = recordInputs.STATEMENT.parse({
    headline,
    occurred: '2026',
    participants,
    citations: [...CITED.citations],
  });
  const { feed } = await recordMany(tx, [{ kind: 'STATEMENT', fields }], true, {
    editor: 'test',
    reason: null,
  });
  return feed;
}

/** Returns the headlines that the tail has read, once there are `count`. */
async function headlines({ db, tail }: Awaited<ReturnType<typeof open>>, count: number): Promise<string[]> {
  await vi.waitUntil(() => tail.head.position >= BigInt(count), 30_000);
  const entries = await tail.read(1n); // The source that they cite has the first position.
  return Promise.all(
    entries.map(async (entry) => {
      if (isOfReference(entry)) return `${entry.position} a reference`;
      const [view] = await findViews(db, ANONYMOUS, undefined, [entry.developmentId]);
      return `${entry.position} ${view?.content.headline}`;
    }),
  );
}

/** Waits until a connection to this database is blocked by a lock. */
const someoneWaits = ({ pool }: OpenDatabase) =>
  vi.waitUntil(async () => {
    const { rowCount } = await pool.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return rowCount === 1;
  }, 30_000);

describeWithDatabase('transactions that interleave', () => {
  test('a follower sees both in position order when the one that started later commits first', async () => {
    await using opened = await open();
    const early = begin(opened);
    const earlyFeed = await early.run((tx) => record(tx, 'started first'));
    const late = begin(opened);
    const lateFeed = await late.run((tx) => record(tx, 'started second'));
    await late.run((tx) => appendToFeed(tx, lateFeed));
    await late.commit();

    opened.bus.wake();
    expect(await headlines(opened, 2)).toEqual(['2 started second']);
    await early.run((tx) => appendToFeed(tx, earlyFeed));
    await early.commit();
    opened.bus.wake();
    expect(await headlines(opened, 3)).toEqual(['2 started second', '3 started first']);
  });

  test('a transaction waits for the commit of another that holds the next position', async () => {
    await using opened = await open();
    const first = begin(opened);
    const firstFeed = await first.run((tx) => record(tx, 'first'));
    await first.run((tx) => appendToFeed(tx, firstFeed));
    const second = begin(opened);
    const secondFeed = await second.run((tx) => record(tx, 'second'));
    const appended = second.run((tx) => appendToFeed(tx, secondFeed));
    await someoneWaits(opened);
    opened.bus.wake();
    expect(opened.tail.head.position).toBe(1n);
    await first.commit();
    await appended;
    await second.commit();
    opened.bus.wake();
    expect(await headlines(opened, 3)).toEqual(['2 first', '3 second']);
  });

  test('a transaction that is rolled back returns its position', async () => {
    await using opened = await open();
    const first = begin(opened);
    const firstFeed = await first.run((tx) => record(tx, 'never'));
    await first.run((tx) => appendToFeed(tx, firstFeed));
    const second = begin(opened);
    const secondFeed = await second.run((tx) => record(tx, 'instead'));
    const appended = second.run((tx) => appendToFeed(tx, secondFeed));
    await someoneWaits(opened);
    await first.rollback();
    await appended;
    await second.commit();
    opened.bus.wake();
    expect(await headlines(opened, 2)).toEqual(['2 instead']);
    expect(await opened.db.development.count()).toBe(1);
  });

  test('8 concurrent writers get positions without gaps, in the order in which their writes end', async () => {
    await using opened = await open();
    const { db, bus, tail } = opened;
    let clock = 0;
    const written: { id: string; begun: number; ended: number }[] = [];
    const writer = { db, editor: 'test', wake: bus.wake };
    const seen: bigint[] = [];
    tail.onAdvance((entries) => seen.push(...entries.map(({ position }) => position)));
    await Promise.all(
      Array.from({ length: 8 }, async (_, one) => {
        for (let index = 0; index < 25; index += 1) {
          const begun = clock++;
          const input = {
            headline: `Writer ${one}, write ${index}`,
            occurred: '2026',
            citations: [...CITED.citations],
          };
          const { id } = await recordDevelopment(writer, 'STATEMENT', input, { publish: true });
          written.push({ id, begun, ended: clock++ });
        }
      }),
    );
    await vi.waitUntil(() => seen.length === 200, 30_000);
    const all = Array.from({ length: 200 }, (_, index) => BigInt(index + 2));
    expect(seen).toEqual(all);

    const log = await db.feedEntry.findMany({
      where: { developmentId: { not: null } },
      orderBy: { position: 'asc' },
    });
    expect(log.map(({ position }) => position)).toEqual(all);
    const position = new Map(log.map((entry) => [entry.developmentId, entry.position]));
    // A write that ended before another began must have a lower position.
    const wrong = written.flatMap((one) =>
      written.filter(
        (other) => one.ended < other.begun && (position.get(one.id) ?? 0n) >= (position.get(other.id) ?? 0n),
      ),
    );
    expect(wrong).toEqual([]);
    await expectVerified(db); // The hash chain is in the order of positions too.
  });

  test('a development gets the new country of an actor that changes while it is written', async () => {
    await using opened = await open();
    const writer = { db: opened.db, editor: 'test', wake: () => {} };
    const actor = { slug: 'actor', kind: 'PERSON' as const, name: 'Actor' };
    await upsertActor(writer, { ...actor, countryCode: 'SE' });
    const first = begin(opened);
    await first.run((tx) => record(tx, 'written', [{ actor: 'actor', role: 'SPEAKER' }]));
    const moved = upsertActor(writer, { ...actor, countryCode: 'FI' });
    await someoneWaits(opened);
    await first.commit();
    await moved;
    const [row] = await opened.db.development.findMany();
    expect(row?.countries).toEqual(['FI']);
  });
});
