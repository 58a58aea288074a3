import { describe, expect, test, vi } from 'vitest';
import { FairTurns } from '../../src/feed/fan-out/fair-turns.js';
import { startInstance } from './instance.js';
import { openGrowingRecord } from './record.js';
import { range, subscribe } from './subscriber.js';

const PATIENCE = { timeout: 30_000 };

/** A replay of some steps, which waits for its turn before each. */
async function replay(turns: FairTurns, client: string, name: string, steps: number, taken: string[]) {
  const subscriber = {};
  for (let step = 0; step < steps; step += 1) {
    await turns.take(client, subscriber, async () => {
      taken.push(name);
      return 0;
    });
  }
}

describe('replays take turns', () => {
  test('by client first, and by subscriber second', async () => {
    const turns = new FairTurns();
    const taken: string[] = [];
    await Promise.all([
      replay(turns, 'greedy', 'g1', 3, taken),
      replay(turns, 'greedy', 'g2', 3, taken),
      replay(turns, 'greedy', 'g3', 3, taken),
      replay(turns, 'modest', 'm', 3, taken),
    ]);
    // The first came alone.
    expect(taken).toEqual(['g1', 'g2', 'm', 'g3', 'm', 'g1', 'm', 'g2', 'g3', 'g1', 'g2', 'g3']);
  });

  test('without a client that rests, until it has rested', async () => {
    const turns = new FairTurns();
    const taken: string[] = [];
    const [one, two] = [{}, {}];
    const step = (name: string, rest: number) => async () => {
      taken.push(name);
      return rest;
    };
    await turns.take('spent', one, step('spent', 1_000));
    const again = [turns.take('spent', one, step('again', 0)), turns.take('spent', two, step('too', 0))];
    await turns.take('other', {}, step('other', 0));
    expect(taken).toEqual(['spent', 'other']);
    await Promise.all(again);
    expect(taken).toEqual(['spent', 'other', 'again', 'too']);
  });

  test('and one that leaves while it waits or rests has no further step', async () => {
    const turns = new FairTurns();
    const [one, two] = [{}, {}];
    await turns.take('a', one, async () => 1_000_000);
    const waiting = [turns.take('a', one, fail), turns.take('b', two, fail)];
    turns.leave('a', one);
    turns.leave('b', two);
    await Promise.all(waiting);
    turns.close();
    await expect(turns.take('b', two, fail)).resolves.toBeUndefined();
  });
});

describe('a follower that is 1,000 entries back', () => {
  test('catches up before another client that replays fifty times from the beginning', async () => {
    await using record = await openGrowingRecord();
    const head = await record.append(3_000);
    const steps: string[] = [];
    await using instance = await startInstance(record.db, {
      charge: async (client) => {
        steps.push(client);
        return 0;
      },
    });
    const ended: string[] = [];
    const follow = async (name: string, client: string, position: bigint, size: number) =>
      subscribe(instance, {
        client,
        size,
        after: await record.at(position),
        onEntry: (at) => {
          if (at === head) ended.push(name);
        },
      });
    // Each with a request of its own, so that no two share what has been rendered.
    const greedy = await Promise.all(
      Array.from({ length: 50 }, (_, index) => follow(`greedy ${index}`, 'greedy', 0n, 50 + index)),
    );
    const honest = await follow('honest', 'honest', head - 1_000n, 40);
    await vi.waitUntil(() => ended.includes('honest'), { timeout: 60_000 });
    expect(ended).toEqual(['honest']);
    expect(honest.received).toEqual([...range(head - 1_000n, head), 'CAUGHT_UP']);
    // From its first turn on it had every other one, whatever the other client's replays have to read.
    const [first, last] = [steps.indexOf('honest'), steps.lastIndexOf('honest')];
    const shared = steps.slice(first, last + 1);
    const own = shared.filter((client) => client === 'honest').length;
    expect(shared.length - own).toBeLessThanOrEqual(own);
    for (const { leave } of greedy) leave();
  });

  test('pauses when its client has no budget, and goes on when there is budget again', async () => {
    await using record = await openGrowingRecord();
    const head = await record.append(250);
    const charged: [string, number][] = [];
    await using instance = await startInstance(record.db, {
      charge: async (client, entries) => {
        charged.push([client, entries]);
        return charged.length === 1 ? 100 : 0;
      },
    });
    const ended: string[] = [];
    const follow = async (client: string) =>
      subscribe(instance, {
        client,
        after: await record.at(0n),
        onEntry: (at) => {
          if (at === head) ended.push(client);
        },
      });
    const [spent, other] = [await follow('spent'), await follow('other')];
    await vi.waitUntil(() => ended.length === 2, PATIENCE);
    for (const { received } of [spent, other]) expect(received).toEqual([...range(0n, head), 'CAUGHT_UP']);
    const sum = (client: string) =>
      charged.reduce((total, [name, entries]) => total + (name === client ? entries : 0), 0);
    expect([sum('spent'), sum('other')]).toEqual([250, 250]);
  });
});

describe('a live subscription', () => {
  test('costs its client each entry once for a group, and pauses without budget while others go on', async () => {
    await using record = await openGrowingRecord();
    const charged: [string, number][] = [];
    await using instance = await startInstance(record.db, {
      charge: async (client, entries) => {
        charged.push([client, entries]);
        const isFirst = charged.filter(([name]) => name === 'spent').length === 1;
        return client === 'spent' && isFirst ? 2_000 : 0;
      },
    });
    const all = await Promise.all(
      ['spent', 'spent', 'other'].map((client) => subscribe(instance, { client })),
    );
    await vi.waitUntil(() => instance.fanOut.figures.replaying === 0, PATIENCE);
    charged.length = 0;

    await record.append(1);
    instance.bus.wake();
    await vi.waitUntil(() => instance.fanOut.figures.replaying === 2, PATIENCE);
    const head = await record.append(10);
    instance.bus.wake();
    await vi.waitUntil(() => all.every(({ received }) => received.length === 12), PATIENCE);
    for (const { received } of all) expect(received).toEqual(['CAUGHT_UP', ...range(0n, head)]);
    expect(charged.slice(0, 2)).toEqual([
      ['spent', 1],
      ['other', 1],
    ]);
  });
});

const fail = async (): Promise<number> => {
  throw new Error('A step ran that should not have.');
};
