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
  /** Called with a failed read of the log, which is then retried. */
  onError(error: unknown): void;
}

/** A subscriber, as described by its transport. */
export interface Subscriber {
  /** The group key: subscribers with equal keys receive the same bytes. */
  readonly key: string;
  readonly start: Start;
  readonly outlet: Outlet;
  /**
   * Renders an event. One subscriber's render serves its whole group. If it throws, it is retried after a pause.
   *
   * @param attempt Counts from 1.
   */
  render(event: FeedEvent, attempt: number): Promise<Payload | null>;
  /** Called with an error of `render`, before the next attempt. */
  onError(error: unknown): void;
}

/** Metrics since the start. */
export interface FanOutFigures {
  readonly groups: number;
  readonly subscribers: number;
  /** Subscribers that are not live: catching up, or fallen behind. */
  readonly replaying: number;
  /** Executions of a selection for an event. */
  readonly executions: number;
  /** How often a subscriber fell behind and went back to replaying. */
  readonly fellBehind: number;
  /** Subscribers that were cut off because they made no progress. */
  readonly cutOff: number;
}

/** Sends the feed to subscribers, each at its own pace. Disposing ends all subscriptions. */
export interface FanOut extends AsyncDisposable {
  readonly figures: FanOutFigures;
  /** Sums the bytes waiting for clients, in time linear in subscribers. A shared connection counts for each of them. */
  buffered(): number;
  join(subscriber: Subscriber): Member;
}

/** Replays that take a step in one turn of the event loop, so that live subscribers keep their latency. */
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

  /** Retries until success or disposal, so that a database outage loses no items. */
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
        await new Promise(setImmediate); // Lets live members run.
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
