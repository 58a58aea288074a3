import { entryEvent, type FeedEvent } from './event.js';
import type { Group } from './group.js';
import type { FeedEntry, FeedHead } from './log.js';
import type { EndReason, Outlet, Payload } from './outlet.js';
import { type SlowSubscriberPolicy, waitForRoom } from './slow-subscriber.js';
import type { Start } from './start.js';

/** Why a subscription ended. */
export type Ending = EndReason | 'LEFT';

/** Entries of a replay rendered at a time. */
const RENDERED_TOGETHER = 16;
/** How long a replay may block the event loop, in milliseconds. */
const LONG_TURN = 2;

/** Options shared by all members of a fan-out. */
export interface MemberOptions {
  readonly policy: SlowSubscriberPolicy;
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Runs a step of a replay in turn with other replays. */
  inTurn(step: () => Promise<void>): Promise<void>;
  /** Called once, when the member has ended. */
  onEnd(member: Member, group: Group, reason: Ending): void;
  /** Called each time the member falls behind its group. */
  onBehind(): void;
  /** Called with an unexpected error, after the member has ended. */
  onError(error: unknown): void;
}

/**
 * One subscriber of a group. It replays from the log until it reaches the group's position, then goes live.
 *
 * A class instead of closures, because idle subscribers are many and a class takes less memory.
 */
export class Member {
  readonly #options: MemberOptions;
  readonly #group: Group;
  readonly #outlet: Outlet;
  readonly #start: Start;
  /** Everything up to this position has been written or does not match. */
  #position: bigint;
  /** Where the client resumes: the last payload written, or the start. */
  #last: FeedHead;
  #hasCaughtUp = false;
  #hasEnded = false;

  constructor(group: Group, outlet: Outlet, start: Start, options: MemberOptions) {
    this.#options = options;
    this.#group = group;
    this.#outlet = outlet;
    this.#start = start;
    this.#position = start.from.position;
    this.#last = start.from;
    group.add(this);
  }

  /** Bytes that the client has not taken yet. */
  get buffered(): number {
    return this.#outlet.buffered;
  }

  #finish(ending: Ending) {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#group.remove(this);
    if (ending !== 'LEFT') this.#outlet.end(ending, this.#last);
    this.#options.onEnd(this, this.#group, ending);
  }

  /** Writes payloads up to the position `reached`, or as far as the buffer has room. */
  #write(payloads: readonly Payload[], reached: bigint) {
    const written = this.#outlet.write(payloads, this.#options.policy.maxBuffered);
    const last = payloads[written - 1]?.at;
    this.#last = last ?? this.#last;
    this.#position = written === payloads.length ? reached : (last?.position ?? this.#position);
  }

  async #tell(event: FeedEvent) {
    const payload = await this.#group.render(event);
    if (this.#hasEnded || !payload) return;
    this.#outlet.write([payload], Number.POSITIVE_INFINITY);
    this.#last = event.at;
  }

  /** Sends the next page of the log. */
  async #replayPage() {
    const page = await this.#options.read(this.#position);
    const edge = this.#start.edge.position;
    // FeedCaughtUp comes exactly at the live edge, so later entries wait.
    const entries = this.#hasCaughtUp ? page : page.filter((entry) => entry.position <= edge);
    const payloads: Payload[] = [];
    for (let index = 0; index < entries.length && !this.#hasEnded; index += RENDERED_TOGETHER) {
      const some = entries.slice(index, index + RENDERED_TOGETHER).map(entryEvent);
      const began = performance.now();
      for (const payload of await Promise.all(some.map(this.#group.render)))
        if (payload) payloads.push(payload);
      // Executions took long, so let others run.
      if (performance.now() - began > LONG_TURN) await new Promise(setImmediate);
    }
    if (!this.#hasEnded) this.#write(payloads, entries.at(-1)?.position ?? this.#position);
  }

  async #catchUp() {
    const { edge } = this.#start;
    while (!this.#hasEnded) {
      if (!(await waitForRoom(this.#outlet, this.#options.policy))) return this.#finish('TOO_SLOW');
      if (this.#hasEnded) return;
      if (!this.#hasCaughtUp && this.#position === edge.position) {
        await this.#tell({ kind: 'CAUGHT_UP', at: edge });
        this.#hasCaughtUp = true;
      } else if (this.#hasCaughtUp && this.#position >= this.#group.position) {
        return this.#group.goLive(this);
      } else {
        await this.#options.inTurn(() => this.#replayPage());
      }
    }
  }

  async #begin() {
    const { reset, edge } = this.#start;
    if (reset) await this.#tell({ kind: 'RESET', at: edge, cause: reset });
    await this.#catchUp();
  }

  #fail(error: unknown) {
    this.#finish('GOING_AWAY');
    this.#options.onError(error);
  }

  /** Writes the payloads between `from` and `reached`, without those already sent. For live members only. */
  deliver(payloads: readonly Payload[], from: bigint, reached: bigint) {
    if (this.#position >= reached) return;
    const position = this.#position;
    this.#write(position === from ? payloads : payloads.filter(({ at }) => at.position > position), reached);
    if (this.#position === reached && this.#outlet.buffered <= this.#options.policy.maxBuffered) return;
    this.#group.leaveLive(this);
    this.#options.onBehind();
    this.#catchUp().catch((error) => this.#fail(error));
  }

  /** Starts sending. */
  start() {
    this.#begin().catch((error) => this.#fail(error));
  }

  /** Ends the subscription from the server's side and tells the client why. */
  end(reason: EndReason) {
    this.#finish(reason);
  }

  /** Ends the subscription because the client has left. */
  leave() {
    this.#finish('LEFT');
  }
}
