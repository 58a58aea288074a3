import type { Database } from '../../src/database/open.js';
import type { Bus } from '../../src/feed/bus/bus.js';
import { createLocalBus } from '../../src/feed/bus/local.js';
import { createFanOut } from '../../src/feed/fan-out/fan-out.js';
import type { SlowSubscriberPolicy } from '../../src/feed/fan-out/slow-subscriber.js';
import { startTail } from '../../src/feed/tail.js';
import { createTurns, UNMEASURED } from '../../src/http/execution/turns.js';
import { createHoldings } from '../../src/http/limits/held-subscriptions.js';

const NEVER = 2 ** 30;

/** One instance's tail and fan-out. Only its bus wakes it, unless it polls. */
export async function startInstance(
  db: Database,
  {
    bus = createLocalBus(),
    pollInterval = NEVER,
    policy = {},
    charge = async () => 0,
  }: {
    bus?: Bus;
    pollInterval?: number;
    policy?: Partial<SlowSubscriberPolicy>;
    charge?: (client: string, entries: number) => Promise<number>;
  } = {},
) {
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const tail = await startTail({ db, bus, pollInterval, onError });
  const turns = createTurns();
  const fanOut = createFanOut({
    tail,
    policy: { maxBuffered: 10_000, patience: 60_000, ...policy },
    holdings: createHoldings(Number.POSITIVE_INFINITY),
    turns: { take: () => turns.take('feed', UNMEASURED) },
    charge,
    onError,
  });
  return {
    bus,
    tail,
    fanOut,
    errors,
    [Symbol.asyncDispose]: async () => {
      await fanOut[Symbol.asyncDispose]();
      await tail[Symbol.asyncDispose]();
    },
  };
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;
