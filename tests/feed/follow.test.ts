import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { follow } from '../../src/feed/follow.js';
import { startTail } from '../../src/feed/tail.js';
import { openGrowingRecord } from './record.js';

const NEVER = 2 ** 30;

/** A record, its tail and the bus that wakes it; nothing but the bus does. */
async function open() {
  const record = await openGrowingRecord();
  const bus = createLocalBus();
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const tail = await startTail({ db: record.db, bus, pollInterval: NEVER, onError });
  return {
    record,
    bus,
    tail,
    errors,
    [Symbol.asyncDispose]: async () => {
      await tail[Symbol.asyncDispose]();
      await record[Symbol.asyncDispose]();
    },
  };
}

const range = (after: bigint, to: bigint) =>
  Array.from({ length: Number(to - after) }, (_, index) => after + 1n + BigInt(index));

async function take(entries: ReturnType<typeof follow>, count: number): Promise<bigint[]> {
  const positions: bigint[] = [];
  for (let taken = 0; taken < count; taken += 1) positions.push((await entries.next()).value.position);
  return positions;
}

describe('follow', () => {
  test('gives what is there and then what comes, each once and in order, over many pages', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    const before = await record.append(250);
    bus.wake();
    const entries = follow(tail, 0n);
    expect(await take(entries, 250)).toEqual(range(0n, before));
    const next = entries.next();
    const after = await record.append(130);
    bus.wake();
    expect([(await next).value.position, ...(await take(entries, 129))]).toEqual(range(before, after));
    await entries.return?.();
  });

  test('gives all of a log longer than what the tail keeps in memory', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    // The tail reads all of it, so it keeps the newest 2,000; the rest comes from the database.
    const head = await record.append(2_350);
    bus.wake();
    await vi.waitUntil(() => tail.head.position === head, 10_000);
    for (const after of [0n, 99n, 249n, 349n, 350n, 351n, 2_300n]) {
      const entries = follow(tail, after);
      expect(await take(entries, Number(head - after))).toEqual(range(after, head));
      await entries.return?.();
    }
    expect(tail.followers).toBe(0);
  });

  test('starts at a place that the tail has not read yet, and waits there', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    const head = await record.append(10);
    const entries = follow(tail, head);
    const next = entries.next();
    await record.append(1);
    bus.wake();
    expect((await next).value.position).toBe(head + 1n);
    await entries.return?.();
  });

  test('return() wakes a sleeping follower and lets the tail forget it', async () => {
    await using opened = await open();
    const { tail } = opened;
    const entries = follow(tail, 0n);
    const sleeping = entries.next();
    expect(tail.followers).toBe(1);
    await entries.return?.();
    expect(await sleeping).toEqual({ done: true, value: undefined });
    expect(await entries.next()).toEqual({ done: true, value: undefined });
    expect(tail.followers).toBe(0);
  });

  test('return() during a read ends it without another entry', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    await record.append(5);
    bus.wake();
    await vi.waitUntil(() => tail.head.position === 5n, 10_000);
    const entries = follow(tail, 0n);
    const reading = entries.next();
    await entries.return?.();
    expect(await reading).toEqual({ done: true, value: undefined });
  });

  test('throw() and a loop that is left let the tail forget the follower', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    await record.append(3);
    bus.wake();
    for await (const { position } of follow(tail, 0n)) if (position === 2n) break;
    await expect(follow(tail, 0n).throw?.(new Error('enough'))).rejects.toThrow('enough');
    expect(tail.followers).toBe(0);
  });

  test('a read that fails ends the follower with the error, and the tail forgets it', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    const head = await record.append(2_200);
    bus.wake();
    await vi.waitUntil(() => tail.head.position === head, 10_000);
    await record.pool.query('ALTER TABLE feed_entry RENAME TO feed_entry_away');
    await expect(follow(tail, 0n).next()).rejects.toThrow('feed_entry');
    expect(tail.followers).toBe(0);
  });

  test('followers of any speed, from any place, receive all that comes after it, once and in order', async () => {
    await using opened = await open();
    const { record, bus, tail } = opened;
    const step = fc.oneof(
      fc.record({ append: fc.integer({ min: 1, max: 230 }), wake: fc.boolean() }),
      fc.record({ take: fc.nat(4), upTo: fc.integer({ min: 1, max: 150 }) }),
      fc.record({ from: fc.integer({ min: 0, max: 400 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        let head = (await record.db.feedHead.findUniqueOrThrow({ where: { id: 1 } })).position;
        const followers: { entries: ReturnType<typeof follow>; after: bigint; got: bigint[] }[] = [];
        const pull = async (follower: (typeof followers)[number] | undefined, upTo: bigint) => {
          if (!follower) return;
          const left = upTo - follower.after - BigInt(follower.got.length);
          if (left > 0n) follower.got.push(...(await take(follower.entries, Number(left))));
        };
        for (const action of steps) {
          if ('append' in action) {
            head = await record.append(action.append);
            if (action.wake) bus.wake();
          } else if ('take' in action) {
            const follower = followers[action.take];
            const known = tail.head.position;
            const wanted = follower ? follower.after + BigInt(follower.got.length + action.upTo) : 0n;
            await pull(follower, wanted < known ? wanted : known);
          } else {
            const after = head > BigInt(action.from) ? head - BigInt(action.from) : 0n;
            followers.push({ entries: follow(tail, after), after, got: [] });
          }
        }
        bus.wake();
        for (const follower of followers) {
          await pull(follower, head);
          expect(follower.got).toEqual(range(follower.after, head));
          await follower.entries.return?.();
        }
        expect(tail.followers).toBe(0);
      }),
      { numRuns: 15 },
    );
  });
});
