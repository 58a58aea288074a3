import pLimit from 'p-limit';
import pRetry from 'p-retry';
import type { FeedEvent } from './event.js';
import { createGroup, type Group, type Render } from './group.js';
import { Member, type MemberOptions } from './member.js';
import type { Outlet, Payload } from './outlet.js';
import { createSharedRenders } from './shared-render.js';
import type { SlowSubscriberPolicy } from './slow-subscriber.js';
import type { Start } from './start.js';
import type { Tail } from './tail.js';

export interface FanOutOptions {
  readonly tail: Tail;
  readonly policy: SlowSubscriberPolicy;
  /** Called with a read of the log that failed, before the next attempt. */
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
  /** Called with an error of `render`, before the next attempt. */
  onError(error: unknown): void;
}

/** Figures since the start, for the metrics. */
export interface FanOutFigures {
  readonly groups: number;
  readonly subscribers: number;
  /** Those that are not live: they catch up, or fell behind. */
  readonly replaying: number;
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
  /** Bytes that wait for clients: a look at every subscriber. Those on one connection count for each. */
  buffered(): number;
  join(subscriber: Subscriber): Member;
}

/** Replays that take a step in one turn of the event loop. */
const PARALLEL_REPLAYS = 1;

export function createFanOut({ tail, policy, onError }: FanOutOptions): FanOut {
  const groups = new Map<string, Group>();
  const members = new Set<Member>();
  const figures = { executions: 0, fellBehind: 0, cutOff: 0 };
  const over = new AbortController();
  const turns = pLimit(PARALLEL_REPLAYS);

  const report = (error: unknown) => {
    if (!over.signal.aborted) onError(error);
  };

  /** Tries until it succeeds or the fan-out is over: a database that is away for a while loses nobody anything. */
  const persist = <T>(work: (attempt: number) => Promise<T>, told = onError): Promise<T> =>
    pRetry(work, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 100,
      maxTimeout: 5_000,
      randomize: true,
      unref: true,
      signal: over.signal,
      onFailedAttempt: ({ error }) => {
        if (!over.signal.aborted) told(error);
      },
    });

  const share = createSharedRenders();
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
    // The subscriber itself is not kept: a group outlives the request that created it.
    const { render, onError: onRenderError } = subscriber;
    const execute: Render = (event: FeedEvent) => {
      figures.executions += 1;
      return persist((attempt) => render(event, attempt), onRenderError);
    };
    const group = createGroup(subscriber.key, steady, share(execute), report);
    groups.set(subscriber.key, group);
    return group;
  };

  const stopListening = tail.onAdvance(() => {
    for (const group of groups.values()) group.advance();
  });

  const options: MemberOptions = {
    policy,
    read,
    inTurn: (step) =>
      turns(async () => {
        await step();
        await new Promise(setImmediate); // Live members have their turn.
      }),
    onEnd: (member, group, reason) => {
      members.delete(member);
      if (group.size === 0 && groups.get(group.key) === group) groups.delete(group.key);
      if (reason === 'TOO_SLOW') figures.cutOff += 1;
    },
    onBehind: () => {
      figures.fellBehind += 1;
    },
    onError: report,
  };

  return {
    get figures() {
      let live = 0;
      for (const group of groups.values()) live += group.live;
      const subscribers = members.size;
      return { ...figures, groups: groups.size, subscribers, replaying: subscribers - live };
    },
    buffered: () => {
      let bytes = 0;
      for (const member of members) bytes += member.buffered;
      return bytes;
    },
    join: (subscriber) => {
      const group = groupOf(subscriber);
      const member = new Member(group, subscriber.outlet, subscriber.start, options);
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
