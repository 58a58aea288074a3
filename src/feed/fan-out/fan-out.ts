import pRetry from 'p-retry';
import type { FeedEvent } from '../event.js';
import { isErasure } from '../hash-chain.js';
import type { Tail } from '../tail.js';
import { FairTurns } from './fair-turns.js';
import { createGroup, type FeedTurns, type Group, type Render } from './group.js';
import { Member, type MemberOptions } from './member.js';
import type { Outlet, Payload } from './outlet.js';
import { createSharedRenders } from './shared-render.js';
import type { SlowSubscriberPolicy } from './slow-subscriber.js';
import type { Start } from './start.js';

export interface FanOutOptions {
  readonly tail: Tail;
  readonly policy: SlowSubscriberPolicy;
  readonly holdings: Holdings;
  /** Shares the event loop among groups. */
  readonly turns: FeedTurns;
  /**
   * Charges a client for entries that were looked at: in a step of its replay, or by a group of its live subscriptions.
   *
   * @returns For how long its subscriptions pause, in milliseconds: until it can pay again.
   */
  charge(client: string, entries: number): Promise<number>;
  /** Called with a failed read of the log, which is then retried. */
  onError(error: unknown): void;
}

/** Bounds what the subscriptions of each client hold in memory. */
export interface Holdings {
  /**
   * Adds a subscription to a group. A client pays for a group once, however many subscriptions it has there.
   *
   * @param weigh Returns what the group holds, in bytes.
   * @throws If the client would hold too much.
   */
  hold(client: string, group: string, weigh: () => number): void;
  /** Removes a subscription that was added. */
  release(client: string, group: string): void;
}

/** How a group makes its payloads. It is kept as long as the group, and its subscribers' requests are not. */
export interface GroupSource {
  /**
   * Renders an event. If it throws, it is retried after a pause.
   *
   * @param attempt Counts from 1.
   */
  render(event: FeedEvent, attempt: number): Promise<Payload | null>;
  /** Called with an error of `render`, before the next attempt. */
  onError(error: unknown): void;
  /** Called when the last subscriber of the group has left. */
  close(): void;
}

/** A subscriber, as described by its transport. */
interface Subscriber {
  /** Who pays for it. */
  readonly client: string;
  /** The group key: subscribers with equal keys receive the same bytes. */
  readonly key: string;
  readonly start: Start;
  /** Called once the client may hold the subscription. */
  openOutlet(): Outlet;
  /** What the group holds, in bytes. */
  weigh(): number;
  /** Called for the first subscriber of a group only. */
  openGroup(): GroupSource;
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
  /** @throws If the subscriber's client would hold too much, or as its `openOutlet` does. */
  join(subscriber: Subscriber): Member;
}

export function createFanOut({ tail, policy, holdings, turns, charge, onError }: FanOutOptions): FanOut {
  const groups = new Map<string, { readonly group: Group; close(): void }>();
  const members = new Set<Member>();
  const figures = { executions: 0, fellBehind: 0, cutOff: 0 };
  const over = new AbortController();
  const replays = new FairTurns();

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

  const renders = createSharedRenders();
  const read = (after: bigint) => persist(() => tail.read(after));
  const readLatest = (after: bigint, upTo: bigint, withReferences: boolean) =>
    persist(() => tail.readLatest(after, upTo, withReferences));
  const steady = {
    get head() {
      return tail.head;
    },
    read,
  };

  const groupOf = ({ key, openGroup }: Subscriber): Group => {
    const known = groups.get(key);
    if (known) return known.group;
    const { render, onError: onRenderError, close } = openGroup();
    const execute: Render = (event: FeedEvent) => {
      figures.executions += 1;
      return persist((attempt) => render(event, attempt), onRenderError);
    };
    const group = createGroup(key, steady, {
      render: renders.share(execute),
      turns,
      charge: async (client, entries) => {
        const pause = await charge(client, entries);
        replays.rest(client, pause);
        return pause === 0;
      },
      onError: report,
    });
    groups.set(key, { group, close });
    return group;
  };

  const stopListening = tail.onAdvance((entries) => {
    if (entries.some(({ change }) => isErasure(change))) renders.clear();
    for (const { group } of groups.values()) group.advance();
  });

  const options: MemberOptions = {
    policy,
    read,
    readLatest,
    inTurn: (member, step) =>
      replays.take(member.client, member, async () => charge(member.client, await step())),
    onEnd: (member, group, reason) => {
      members.delete(member);
      replays.leave(member.client, member);
      holdings.release(member.client, group.key);
      const known = groups.get(group.key);
      if (known?.group === group && group.size === 0) {
        groups.delete(group.key);
        known.close();
      }
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
      for (const { group } of groups.values()) live += group.live;
      const subscribers = members.size;
      return { ...figures, groups: groups.size, subscribers, replaying: subscribers - live };
    },
    buffered: () => {
      let bytes = 0;
      for (const member of members) bytes += member.buffered;
      return bytes;
    },
    join: (subscriber) => {
      const { client, key, start } = subscriber;
      holdings.hold(client, key, subscriber.weigh);
      try {
        const outlet = subscriber.openOutlet();
        const member = new Member(groupOf(subscriber), { client, start, outlet }, options);
        members.add(member);
        return member;
      } catch (error) {
        holdings.release(client, key);
        throw error;
      }
    },
    [Symbol.asyncDispose]: async () => {
      stopListening();
      for (const member of [...members]) member.end('GOING_AWAY');
      replays.close();
      over.abort();
    },
  };
}
