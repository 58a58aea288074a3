import { entryEvent, type FeedEvent } from '../event.js';
import type { FeedEntry } from '../log.js';
import type { Tail } from '../tail.js';
import type { EndReason, Payload } from './outlet.js';

/** Renders an event for a group; null if it does not match the group's filter. */
export type Render = (event: FeedEvent) => Promise<Payload | null>;

/** The methods of a member that its group calls. */
interface GroupMember {
  /** Who pays for the entries that the group looks at. */
  readonly client: string;
  /** Writes the payloads after `from`, up to `reached`, that the member has not been sent yet. */
  deliver(payloads: readonly Payload[], from: bigint, reached: bigint): void;
  /** Stops being live until its client can pay again. */
  rest(): void;
  end(reason: EndReason): void;
}

/** Subscribers with equal requests, for whom each event is rendered once. */
export interface Group {
  readonly key: string;
  /** Live members have been sent everything up to this position. */
  readonly position: bigint;
  readonly render: Render;
  /** The number of members, live or replaying. */
  readonly size: number;
  /** The number of live members. */
  readonly live: number;
  /** Adds a member that is not live yet. */
  add(member: GroupMember): void;
  remove(member: GroupMember): void;
  /** Makes a member live. It must have been sent everything up to the group's position. */
  goLive(member: GroupMember): void;
  /** Makes a member no longer live. */
  leaveLive(member: GroupMember): void;
  /** Sends live members what the tail has read since. */
  advance(): void;
}

/** Entries rendered at a time. */
const RENDERED_TOGETHER = 32;
/** Payloads written in one turn of the event loop, over all members. */
const WRITES_A_TURN = 4_000;

/** Shares the event loop: resolves when there is time for more work in its present turn. */
export interface FeedTurns {
  take(): Promise<void> | undefined;
}

export interface GroupOptions {
  readonly render: Render;
  readonly turns: FeedTurns;
  /** Charges a client for entries that the group has looked at. Returns whether its subscriptions may go on. */
  charge(client: string, entries: number): Promise<boolean>;
  /** Called with an unexpected rejection, after all members have been ended. They may resume. */
  onError(error: unknown): void;
}

/**
 * Creates a group without members.
 *
 * @param tail Its reads, like `render`, are retried until they succeed, so a rejection is a bug.
 */
export function createGroup(
  key: string,
  tail: Pick<Tail, 'head' | 'read'>,
  { render, turns, charge, onError }: GroupOptions,
): Group {
  const members = new Set<GroupMember>();
  const live = new Set<GroupMember>();
  let position = tail.head.position;
  let advancing = false;

  const sendNext = async (): Promise<void> => {
    const entries = (await tail.read(position)).slice(0, RENDERED_TOGETHER);
    const payloads = await Promise.all(entries.map((entry) => render(entryEvent(entry))));
    for (let sent = 0; sent < entries.length; ) {
      const size = Math.max(1, Math.floor(WRITES_A_TURN / Math.max(1, live.size)));
      write(entries.slice(sent, sent + size), payloads.slice(sent, sent + size));
      sent += size;
      await new Promise(setImmediate); // Lets other groups and sockets run.
    }
    takePayment(entries.length).catch(onError); // Not awaited: the shared budget may be slow to answer.
  };

  /** Charges each client once, however many members it has: they share the work. */
  const takePayment = async (entries: number): Promise<void> => {
    const clients = new Set<string>();
    for (const { client } of live) clients.add(client);
    for (const client of clients) {
      if (await charge(client, entries)) continue;
      for (const member of live) if (member.client === client) member.rest();
    }
  };

  /** Synchronous, so that every live member's position is at or beyond the group's. */
  const write = (entries: readonly FeedEntry[], rendered: readonly (Payload | null)[]) => {
    const from = position;
    const payloads = rendered.filter((payload) => payload !== null);
    position = entries.at(-1)?.position ?? from;
    for (const member of live) member.deliver(payloads, from, position);
  };

  const advance = async (): Promise<void> => {
    if (advancing) return;
    advancing = true;
    try {
      while (live.size > 0 && position < tail.head.position) {
        await turns.take(); // Thousands of groups look at each entry.
        await sendNext();
      }
    } finally {
      advancing = false;
    }
    if (live.size === 0) position = tail.head.position; // No live member needs the entries in between.
  };

  return {
    key,
    get position() {
      return position;
    },
    get size() {
      return members.size;
    },
    get live() {
      return live.size;
    },
    render,
    add: (member) => {
      members.add(member);
    },
    remove: (member) => {
      live.delete(member);
      members.delete(member);
    },
    goLive: (member) => {
      live.add(member);
    },
    leaveLive: (member) => {
      live.delete(member);
    },
    advance: () => {
      advance().catch((error: unknown) => {
        for (const member of members) member.end('GOING_AWAY');
        onError(error);
      });
    },
  };
}
