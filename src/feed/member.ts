import { entryEvent, type FeedEvent } from './event.js';
import type { Group } from './group.js';
import type { FeedEntry } from './log.js';
import type { EndReason, Outlet, Payload } from './outlet.js';
import { type SlowSubscriberPolicy, waitForRoom } from './slow-subscriber.js';
import type { Start } from './start.js';

/** Why a subscription ended. */
export type Ending = EndReason | 'LEFT';

/** One subscriber of a group: it replays from the log until it stands where the group stands, then is live. */
export interface Member {
  /** Writes what comes after `from`, up to `position`, but for what it was sent already. Only for live members. */
  deliver(payloads: readonly Payload[], from: bigint, position: bigint): void;
  /** Begins to send. */
  start(): void;
  /** Ends it on the server's side, telling the client why. */
  end(reason: EndReason): void;
  /** Ends it because the client has gone. */
  leave(): void;
}

export interface MemberOptions {
  readonly group: Group;
  readonly outlet: Outlet;
  readonly start: Start;
  readonly policy: SlowSubscriberPolicy;
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Runs a step of a replay when it is its turn. */
  inTurn(step: () => Promise<void>): Promise<void>;
  /** Told once, when it has ended. */
  onEnd(reason: Ending): void;
  /** Told each time that it falls behind its group. */
  onBehind(): void;
  /** Told of what should not happen; the member has ended. */
  onError(error: unknown): void;
}

export function createMember(options: MemberOptions): Member {
  const { group, outlet, start, policy } = options;
  const { epoch } = start.edge;
  /** Everything up to here has been written, or does not concern the member. */
  let position = start.from.position;
  let hasCaughtUp = false;
  let hasEnded = false;

  const finish = (ending: Ending) => {
    if (hasEnded) return;
    hasEnded = true;
    group.remove(member);
    if (ending !== 'LEFT') outlet.end(ending, { epoch, position });
    options.onEnd(ending);
  };

  /** Writes payloads that bring the member to a position, or as far as there is room. */
  const write = (payloads: readonly Payload[], reached: bigint) => {
    const written = outlet.write(payloads, policy.maxBuffered);
    position = written === payloads.length ? reached : (payloads[written - 1]?.at.position ?? position);
  };

  const tell = async (event: FeedEvent) => {
    const payload = await group.render(event);
    if (!hasEnded && payload) outlet.write([payload], Number.POSITIVE_INFINITY);
  };

  const replayPage = async () => {
    const page = await options.read(position);
    // FeedCaughtUp comes exactly at the live edge, so what lies beyond it waits.
    const entries = hasCaughtUp ? page : page.filter((entry) => entry.position <= start.edge.position);
    const rendered = await Promise.all(entries.map((entry) => group.render(entryEvent(entry))));
    const payloads = rendered.filter((payload) => payload !== null);
    if (!hasEnded) write(payloads, entries.at(-1)?.position ?? position);
  };

  const catchUp = async () => {
    while (!hasEnded) {
      if (!(await waitForRoom(outlet, policy))) return finish('TOO_SLOW');
      if (hasEnded) return;
      if (!hasCaughtUp && position === start.edge.position) {
        await tell({ kind: 'CAUGHT_UP', at: start.edge });
        hasCaughtUp = true;
      } else if (hasCaughtUp && position >= group.position) {
        return group.goLive(member);
      } else {
        await options.inTurn(replayPage);
      }
    }
  };

  const begin = async () => {
    if (start.reset) await tell({ kind: 'RESET', at: start.edge, cause: start.reset });
    await catchUp();
  };

  const fail = (error: unknown) => {
    finish('GOING_AWAY');
    options.onError(error);
  };

  const member: Member = {
    deliver: (payloads, from, reached) => {
      if (position >= reached) return;
      write(position === from ? payloads : payloads.filter(({ at }) => at.position > position), reached);
      if (position === reached && outlet.buffered <= policy.maxBuffered) return;
      group.leaveLive(member);
      options.onBehind();
      catchUp().catch(fail);
    },
    start: () => {
      begin().catch(fail);
    },
    end: finish,
    leave: () => finish('LEFT'),
  };
  group.add(member);
  return member;
}
