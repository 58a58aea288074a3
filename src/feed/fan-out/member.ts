import { entryEvent, type FeedEvent, latestEvent } from '../event.js';
import type { FeedHead } from '../head.js';
import type { FeedEntry } from '../log.js';
import type { Group } from './group.js';
import type { EndReason, Outlet, Payload } from './outlet.js';
import { type SlowSubscriberPolicy, waitForRoom } from './slow-subscriber.js';
import type { Start } from './start.js';

/** Why a subscription ended. */
export type Ending = EndReason | 'LEFT';

/** Entries of a replay rendered at a time. */
const RENDERED_TOGETHER = 16;
/** How long a step of a replay may take before the next one's turn, in milliseconds. A batch is never interrupted. */
const LONG_STEP = 2;

/** The parts that belong to one member. */
export interface MemberParts {
  readonly client: string;
  readonly outlet: Outlet;
  readonly start: Start;
}

/** Options shared by all members of a fan-out. */
export interface MemberOptions {
  readonly policy: SlowSubscriberPolicy;
  read(after: bigint): Promise<readonly FeedEntry[]>;
  /** Reads the newest entry of each development, and reference if asked for, up to a position; empty at the end. */
  readLatest(after: bigint, upTo: bigint, withReferences: boolean): Promise<readonly FeedEntry[]>;
  /**
   * Runs a step of the member's replay in turn with other replays.
   *
   * @param step Returns how many entries it has looked at.
   */
  inTurn(member: Member, step: () => Promise<number>): Promise<void>;
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
  /** The client that is charged for the tested entries and for the memory. */
  readonly client: string;
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

  constructor(group: Group, { client, outlet, start }: MemberParts, options: MemberOptions) {
    this.client = client;
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

  /** Sends the next entries of the log. Returns how many it has looked at. */
  async #replaySome(): Promise<number> {
    if (this.#hasEnded) return 0;
    const began = performance.now();
    const events = await this.#nextEvents();
    const payloads: Payload[] = [];
    let looked = 0;
    while (looked < events.length && !this.#hasEnded) {
      const some = events.slice(looked, looked + RENDERED_TOGETHER);
      for (const payload of await Promise.all(some.map((event) => this.#group.render(event))))
        if (payload) payloads.push(payload);
      looked += some.length;
      if (performance.now() - began > LONG_STEP) break; // It was not in memory: others have their turn.
    }
    const reached = events[looked - 1]?.at.position ?? this.#end();
    if (!this.#hasEnded) this.#write(payloads, reached);
    return looked;
  }

  /** Reads what comes next, up to the live edge: FeedCaughtUp comes exactly there, so later entries wait. */
  async #nextEvents(): Promise<readonly FeedEvent[]> {
    const { edge, replay } = this.#start;
    if (replay !== 'CHANGES' && !this.#hasCaughtUp) {
      const withReferences = replay === 'LATEST_WITH_REFERENCES';
      const latest = await this.#options.readLatest(this.#position, edge.position, withReferences);
      return latest.map((entry) => latestEvent(entry, edge.position));
    }
    const page = await this.#options.read(this.#position);
    const entries = this.#hasCaughtUp ? page : page.filter(({ position }) => position <= edge.position);
    return entries.map(entryEvent);
  }

  /** The position that is reached when nothing comes next: the changes up to the edge may all be older states. */
  #end(): bigint {
    const { edge, replay } = this.#start;
    return replay !== 'CHANGES' && !this.#hasCaughtUp ? edge.position : this.#position;
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
        await this.#options.inTurn(this, () => this.#replaySome());
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

  /** Pauses until the client's next turn, then replays the missed entries. */
  rest() {
    this.#group.leaveLive(this);
    this.#options
      .inTurn(this, () => Promise.resolve(0))
      .then(() => this.#catchUp())
      .catch((error) => this.#fail(error));
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
