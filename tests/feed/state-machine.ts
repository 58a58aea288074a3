import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Replay } from '../../src/feed/event.js';
import type { FeedHead } from '../../src/feed/head.js';
import { runs } from '../support/random/runs.js';
import { type Instance, startInstance } from './instance.js';
import { LatestModel } from './latest-model.js';
import { type GrowingRecord, openGrowingRecord } from './record.js';
import { type Received, range, subscribe, type TestSubscriber } from './subscriber.js';

const PATIENCE = { timeout: 30_000 };
const INSTANCES = 2;
/** So many that a replay of the latest states takes several pages. */
const DEVELOPMENTS = 120;

/** A client that resumes, with what it received in all its sessions. */
interface Client {
  readonly replay: Replay;
  readonly every: bigint;
  readonly from: FeedHead;
  readonly past: Session[];
  session: TestSubscriber | undefined;
  place: FeedHead;
}

/** What a client received in one session that has ended. */
interface Session {
  readonly after: FeedHead;
  readonly edge: bigint | undefined;
  readonly received: readonly Received[];
}

/** A bus between two instances that loses, duplicates and reorders on request. */
function createFaultyBus() {
  const listeners = new Set<(position?: bigint) => void>();
  let held: (bigint | undefined)[] = [];
  const tellAll = (position?: bigint) => {
    for (const listener of listeners) listener(position);
  };
  return {
    mode: 'WORKS' as 'WORKS' | 'LOSES' | 'DOUBLES' | 'HOLDS_BACK',
    wake(position?: bigint | 'DESK') {
      if (position === 'DESK') return;
      if (this.mode === 'HOLDS_BACK') held.push(position);
      else if (this.mode !== 'LOSES') tellAll(position);
      if (this.mode === 'DOUBLES') tellAll(position);
    },
    /** Sends held wake-ups, newest first. */
    letGo() {
      for (const position of held.reverse()) tellAll(position);
      held = [];
    },
    onWake(listener: (position?: bigint) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onDeskWake: () => () => {},
  };
}

const client = fc.nat(5);
const instance = fc.nat(INSTANCES - 1);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('publish'), count: fc.integer({ min: 1, max: 150 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('join'),
      instance,
      back: fc.oneof(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 5_000 })),
      replay: fc.constantFrom('CHANGES' as const, 'LATEST' as const),
      every: fc.constantFrom(1n, 2n, 7n),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('disconnect'), client }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resume'), client, instance }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stall'), client }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take'), client }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart'), instance }) },
  { weight: 2, arbitrary: fc.constant({ do: 'pause' }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('bus'),
      mode: fc.constantFrom('WORKS' as const, 'LOSES' as const, 'DOUBLES' as const, 'HOLDS_BACK' as const),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Runs the steps, ends all faults, and returns each client with the head. */
async function run(record: GrowingRecord, model: LatestModel, steps: readonly Step[]) {
  const bus = createFaultyBus();
  const start = () => startInstance(record.db, { bus, policy: { maxBuffered: 2_000 } });
  const instances: Instance[] = [];
  for (let index = 0; index < INSTANCES; index += 1) instances.push(await start());
  const clients: Client[] = [];
  let head = instances[0]?.tail.head as FeedHead;

  const disconnect = (it: Client | undefined) => {
    if (!it?.session) return;
    it.session.leave(); // Buffered payloads are lost with the connection.
    it.past.push({ after: it.place, edge: it.session.edge, received: it.session.received });
    it.place = it.session.place ?? it.place;
    it.session = undefined;
  };
  const resume = async (it: Client | undefined, on: Instance | undefined) => {
    if (!it || !on || it.session) return;
    const { every, place: after } = it;
    it.session = await subscribe(on, {
      after,
      every,
      ...(it.replay === 'LATEST' && { latest: model.earlier }),
    });
  };

  for (const action of steps as readonly any[]) {
    const it = clients[action.client];
    if (action.do === 'publish') {
      head = await record.at(await record.append(action.count));
      model.advance(head.position);
      bus.wake(head.position);
    } else if (action.do === 'join') {
      const back = BigInt(action.back);
      const from = await record.at(head.position > back ? head.position - back : 0n);
      const { every, replay } = action;
      const joined: Client = { replay, every, from, past: [], session: undefined, place: from };
      clients.push(joined);
      await resume(joined, instances[action.instance]);
    } else if (action.do === 'disconnect') disconnect(it);
    else if (action.do === 'resume') await resume(it, instances[action.instance]);
    else if (action.do === 'stall') it?.session?.stall();
    else if (action.do === 'take') it?.session?.resume();
    else if (action.do === 'pause') await new Promise(setImmediate);
    else if (action.do === 'bus') bus.mode = action.mode;
    else if (action.do === 'restart') {
      await instances[action.instance]?.[Symbol.asyncDispose]();
      for (const one of clients) if (one.session?.ended) disconnect(one);
      instances[action.instance] = await start();
    }
  }

  bus.mode = 'WORKS';
  bus.letGo();
  bus.wake();
  for (const it of clients) {
    it.session?.resume();
    await resume(it, instances[0]);
  }
  for (const it of clients) {
    const isThrough = () => {
      const all = [...it.past.flatMap(({ received }) => received), ...(it.session?.received ?? [])];
      return it.session?.received.includes('CAUGHT_UP') && hasAll(it, all, model, head.position);
    };
    await vi.waitUntil(isThrough, PATIENCE);
  }
  for (const it of clients) disconnect(it);
  const errors = instances.flatMap((one) => one.errors);
  for (const one of instances) await one[Symbol.asyncDispose]();
  return { clients, head, errors };
}

/** Whether a client has received the last change, or shows the latest states. */
function hasAll(
  { from, every, replay }: Client,
  received: readonly Received[],
  model: LatestModel,
  head: bigint,
): boolean {
  if (replay === 'LATEST') {
    return isDeepStrictEqual(model.shownAfter(from.position, received, every), model.shownAt(head, every));
  }
  const newest = head - (head % every);
  return newest <= from.position || received.includes(newest);
}

function expectEveryChange({ past, from, every }: Client, head: bigint): void {
  const positions = past.flatMap(({ received }) => received).filter((one) => typeof one === 'bigint');
  expect(positions).toEqual(range(from.position, head, every));
}

/** Expects the replay, FeedCaughtUp and the changes after it, or a beginning of them, from each session. */
function expectLatestStates({ past, from, every }: Client, model: LatestModel, head: bigint): void {
  for (const { after, edge, received } of past) {
    if (edge === undefined) {
      // It was cut short: its edge is one of those up to the head.
      const positions = received
        .map((one) => (typeof one === 'bigint' ? one : 0n))
        .map((one) => (one < 0n ? -one : one));
      expect(positions).toEqual([...new Set(positions)].sort((one, other) => Number(one - other)));
      expect(positions.every((position) => position > after.position)).toBe(true);
    } else {
      const all = [...model.replay(after.position, edge, every), 'CAUGHT_UP', ...model.live(edge, every)];
      expect(received).toEqual(all.slice(0, received.length));
      expect(received).toContain('CAUGHT_UP');
    }
  }
  const received = past.flatMap((session) => session.received);
  expect(model.shownAfter(from.position, received, every)).toEqual(model.shownAt(head, every));
}

export function testStateMachine(): void {
  test('brings every client to the newest state, by each change or by the latest states, under random faults', async () => {
    await using record = await openGrowingRecord(DEVELOPMENTS);
    const model = new LatestModel(DEVELOPMENTS);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }), async (steps) => {
        const { clients, head, errors } = await run(record, model, steps);
        expect(errors).toEqual([]);
        for (const client of clients) {
          if (client.replay === 'LATEST') expectLatestStates(client, model, head.position);
          else expectEveryChange(client, head.position);
          for (const { received } of client.past) {
            const told = received.filter((one) => typeof one !== 'bigint');
            expect(told.length === 0 || told.join() === 'CAUGHT_UP').toBe(true);
          }
        }
      }),
      { numRuns: runs(40), endOnFailure: true },
    );
  }, 900_000);
}
