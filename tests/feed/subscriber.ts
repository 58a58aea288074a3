import type { FeedEvent } from '../../src/feed/event.js';
import type { FanOut } from '../../src/feed/fan-out/fan-out.js';
import type { EndReason, Outlet, Payload } from '../../src/feed/fan-out/outlet.js';
import { findStart } from '../../src/feed/fan-out/start.js';
import type { FeedHead } from '../../src/feed/head.js';
import type { Tail } from '../../src/feed/tail.js';

/** What a test subscriber received: positions, negative for developments that have left its filter, and other events. */
export type Received = bigint | 'CAUGHT_UP' | 'RESET';

export interface TestSubscriber {
  readonly received: Received[];
  /** The live edge that it caught up with. */
  readonly edge: bigint | undefined;
  /** Where it would resume: the position of the last payload that it took. */
  readonly place: FeedHead | undefined;
  readonly ended: { reason: EndReason; last: FeedHead } | undefined;
  readonly buffered: number;
  /** Stops reading, so that payloads wait in the buffer. */
  stall(): void;
  /** Reads buffered payloads, and all later ones. */
  resume(): void;
  leave(): void;
}

export interface SubscribeOptions {
  readonly after?: FeedHead | undefined;
  /** Filters entries to multiples of this number. */
  readonly every?: bigint;
  /** Replays the latest states. Returns the earlier positions of the development that an entry belongs to, newest first. */
  readonly latest?: (position: bigint) => readonly bigint[];
  /** Bytes in a payload. */
  readonly size?: number;
  readonly isStalled?: boolean;
  /** Who pays for it. */
  readonly client?: string;
  /** Called with each entry that arrives. */
  readonly onEntry?: (position: bigint) => void;
}

/** Joins the fan-out with an outlet whose reader the test controls. */
export async function subscribe(
  { tail, fanOut }: { tail: Tail; fanOut: FanOut },
  {
    after,
    every = 1n,
    latest,
    size = 100,
    isStalled = false,
    client = 'one',
    onEntry = () => {},
  }: SubscribeOptions = {},
): Promise<TestSubscriber> {
  const received: Received[] = [];
  let place = after;
  let edge: bigint | undefined;
  let waiting: Payload[] = [];
  let stalled = isStalled;
  let ended: TestSubscriber['ended'];
  let hasLeft = false;
  let drained: (() => void)[] = [];
  const sizeOf = (payloads: readonly Payload[]) => payloads.reduce((sum, { json }) => sum + json.length, 0);
  const take = ({ at, json }: Payload) => {
    const text = json.toString().trim();
    const isEntry = /^-?\d+$/.test(text);
    received.push(isEntry ? BigInt(text) : (text as Received));
    if (isEntry) onEntry(BigInt(text));
    place = at;
    if (text === 'CAUGHT_UP') edge = at.position;
  };
  const outlet: Outlet = {
    get buffered() {
      return sizeOf(waiting);
    },
    write: (given, limit) => {
      const payloads = given as readonly Payload[]; // The feed's.
      if (hasLeft) return payloads.length;
      let written = 0;
      for (const payload of payloads) {
        if (sizeOf(waiting) > limit) break;
        if (stalled) waiting.push(payload);
        else take(payload);
        written += 1;
      }
      return written;
    },
    drained: () =>
      new Promise((resolve) => {
        if (waiting.length === 0) resolve();
        else drained.push(resolve);
      }),
    end: (reason, last) => {
      if (last) ended = { reason, last };
    },
  };
  const member = fanOut.join({
    client,
    key: `every ${every}, ${size} bytes${latest ? ', latest' : ''}`,
    start: await findStart(tail, after, latest ? 'LATEST' : 'CHANGES'),
    openOutlet: () => outlet,
    weigh: () => 1,
    openGroup: () => ({
      render: async (event) => {
        const shown = positionOf(event, every, latest);
        if (shown === null) return null;
        // Executions take time, and different times within a batch.
        for (let turn = event.at.position % 4n; turn > 0n; turn -= 1n) await new Promise(setImmediate);
        const text = shown === undefined ? event.kind : `${shown}`;
        return { at: event.at, json: Buffer.from(text.padEnd(size)) };
      },
      onError: (error) => {
        throw error;
      },
      close: () => {},
    }),
  });
  member.start();
  return {
    received,
    get place() {
      return place;
    },
    get edge() {
      return edge;
    },
    get ended() {
      return ended;
    },
    get buffered() {
      return sizeOf(waiting);
    },
    stall: () => {
      stalled = true;
    },
    resume: () => {
      stalled = false;
      for (const payload of waiting) take(payload);
      waiting = [];
      for (const resolve of drained) resolve();
      drained = [];
    },
    leave: () => {
      hasLeft = true;
      member.leave();
    },
  };
}

/** Returns the position to show, negative after leaving the filter; null if none, undefined for other events. */
function positionOf(
  event: FeedEvent,
  every: bigint,
  latest: SubscribeOptions['latest'],
): bigint | null | undefined {
  if (event.kind !== 'ENTRY' && event.kind !== 'LATEST') return undefined;
  const { position } = event.at;
  if (position % every === 0n) return position;
  const earlier = latest?.(position) ?? [];
  const known = event.kind === 'LATEST' ? earlier : earlier.slice(0, 1);
  return known.some((one) => one % every === 0n) ? -position : null;
}

/** Returns the multiples of a number after one position, up to another. */
export const range = (after: bigint, to: bigint, every = 1n): bigint[] =>
  Array.from({ length: Number(to - after) }, (_, index) => after + 1n + BigInt(index)).filter(
    (position) => position % every === 0n,
  );
