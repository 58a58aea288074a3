import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import pRetry from 'p-retry';
import type { FeedEvent } from './event.js';
import { createGroup, type Group, type Render } from './group.js';
import { createMember, type Member } from './member.js';
import type { Outlet, Payload } from './outlet.js';
import type { SlowSubscriberPolicy } from './slow-subscriber.js';
import type { Start } from './start.js';
import type { Tail } from './tail.js';

export interface FanOutOptions {
  readonly tail: Tail;
  readonly policy: SlowSubscriberPolicy;
  /** Told of a read or an execution that failed. It is tried again. */
  onError(error: unknown): void;
}

/** A subscriber, as its transport describes it. */
export interface Subscriber {
  /** Says what is asked for: subscribers with the same key are sent the same bytes. */
  readonly key: string;
  readonly start: Start;
  readonly outlet: Outlet;
  /**
   * Makes what the subscriber is sent; that of one subscriber serves all with its key.
   *
   * @param attempt Counts from 1. Where it throws, it is asked again after a pause.
   */
  render(event: FeedEvent, attempt: number): Promise<Payload | null>;
}

/** Figures since the start, for the metrics. */
export interface FanOutFigures {
  readonly groups: number;
  readonly subscribers: number;
  /** Executions of a selection for an event. */
  readonly executions: number;
  /** How often a subscriber fell behind and went back to replaying. */
  readonly fellBehind: number;
  /** Subscribers that were cut off because they took nothing for too long. */
  readonly cutOff: number;
}

/** Sends the feed to subscribers, each at its own pace. Disposing ends them all. */
export interface FanOut extends AsyncDisposable {
  readonly figures: FanOutFigures;
  join(subscriber: Subscriber): Member;
}

/**
 * How long what was made for an event may be sent to those who replay it, in milliseconds. It shows
 * developments as they were when it was made, so this bounds how old "as of now" can be.
 */
const RENDERED_FOR = 1_000;
const RENDERED_BYTES = 64 * 1024 * 1024;
const PARALLEL_REPLAYS = 4;

/** What was made for an event, and how far the log had been read before it was made. */
interface Rendered {
  readonly payload: Payload | null;
  readonly asOf: bigint;
}

export function createFanOut({ tail, policy, onError }: FanOutOptions): FanOut {
  const groups = new Map<string, Group>();
  const members = new Set<Member>();
  const figures = { executions: 0, fellBehind: 0, cutOff: 0 };
  let groupsMade = 0;
  const over = new AbortController();
  const turns = pLimit(PARALLEL_REPLAYS);

  const report = (error: unknown) => {
    if (!over.signal.aborted) onError(error);
  };

  /** Tries until it succeeds or the fan-out is over: a database that is away for a while loses nobody anything. */
  const persist = <T>(work: (attempt: number) => Promise<T>): Promise<T> =>
    pRetry(work, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 100,
      maxTimeout: 5_000,
      randomize: true,
      unref: true,
      signal: over.signal,
      onFailedAttempt: ({ error }) => report(error),
    });

  const rendered = new LRUCache<string, Rendered, () => Promise<Payload | null>>({
    maxSize: RENDERED_BYTES,
    sizeCalculation: ({ payload }) => (payload?.json.length ?? 0) + 100,
    ttl: RENDERED_FOR,
    fetchMethod: async (_key, _stale, { context: render }) => {
      const asOf = tail.head.position;
      return { payload: await render(), asOf };
    },
  });
  /** The newest position of each development that changed lately. */
  const changed = new LRUCache<string, bigint>({ max: 10_000, ttl: RENDERED_FOR });

  const shareRender = (group: number, { render }: Subscriber): Render => {
    return async (event) => {
      const key = `${group} ${event.kind} ${event.at.position} ${event.kind === 'RESET' ? event.cause : ''}`;
      const newest = event.kind === 'ENTRY' ? changed.get(event.entry.developmentId) : undefined;
      const known = rendered.peek(key);
      const { payload } = await rendered.forceFetch(key, {
        forceRefresh: newest !== undefined && known !== undefined && known.asOf < newest,
        context: () => {
          figures.executions += 1;
          return persist((attempt) => render(event, attempt));
        },
      });
      return payload;
    };
  };

  const read = (after: bigint) => persist(() => tail.read(after));
  const steady = {
    get head() {
      return tail.head;
    },
    read,
  };

  const groupOf = (subscriber: Subscriber): Group => {
    const known = groups.get(subscriber.key);
    if (known) return known;
    groupsMade += 1;
    const group = createGroup(steady, shareRender(groupsMade, subscriber), report);
    groups.set(subscriber.key, group);
    return group;
  };

  const stopListening = tail.onAdvance((entries) => {
    for (const { developmentId, position } of entries) changed.set(developmentId, position);
    for (const group of groups.values()) group.advance();
  });

  return {
    get figures() {
      return { ...figures, groups: groups.size, subscribers: members.size };
    },
    join: (subscriber) => {
      const group = groupOf(subscriber);
      const member = createMember({
        group,
        outlet: subscriber.outlet,
        start: subscriber.start,
        policy,
        read,
        inTurn: (step) =>
          turns(async () => {
            await step();
            await new Promise(setImmediate); // Live members have their turn.
          }),
        onEnd: (reason) => {
          members.delete(member);
          if (group.size === 0 && groups.get(subscriber.key) === group) groups.delete(subscriber.key);
          if (reason === 'TOO_SLOW') figures.cutOff += 1;
        },
        onBehind: () => {
          figures.fellBehind += 1;
        },
        onError: report,
      });
      members.add(member);
      return member;
    },
    [Symbol.asyncDispose]: async () => {
      stopListening();
      for (const member of [...members]) member.end('GOING_AWAY');
      over.abort();
    },
  };
}
