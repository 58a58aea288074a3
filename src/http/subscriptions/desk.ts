import { setTimeout as wait } from 'node:timers/promises';
import { type ExecutionArgs, execute } from 'graphql';
import pRetry from 'p-retry';
import { v7 as newId } from 'uuid';
import type { DeskChanges } from '../../domain/desk/log.js';
import { type DeskPosition, encodeDeskCursor } from '../../domain/desk/position.js';
import type { DeskTail } from '../../domain/desk/tail.js';
import type { FanOutOptions, Holdings } from '../../feed/fan-out/fan-out.js';
import type { EndReason, Outlet } from '../../feed/fan-out/outlet.js';
import { type SlowSubscriberPolicy, waitForRoom } from '../../feed/fan-out/slow-subscriber.js';
import { createContext } from '../../graphql/context.js';
import type { DeskPlan } from '../../graphql/subscriptions/desk-plan.js';
import type { RequestContext, Shared } from '../context.js';
import { formatError, isOurFault, type MaskError } from '../response/mask-error.js';
import { type ItemSelection, itemSelectionOf, weightOf } from './item-selection.js';

export interface DeskOptions {
  readonly shared: Shared;
  readonly tail: DeskTail;
  readonly policy: SlowSubscriberPolicy;
  readonly holdings: Holdings;
  readonly charge: FanOutOptions['charge'];
  readonly maskError: MaskError;
  /** Called with an error that a subscription survives. */
  onError(error: unknown): void;
}

/** Sends the changes of the desk to editors. Disposing ends all subscriptions. */
export interface DeskSubscriptions extends AsyncDisposable {
  /** @throws If the client would hold too much, or as `openOutlet` does. */
  join(args: ExecutionArgs, plan: DeskPlan): DeskMember;
}

export function createDeskSubscriptions(options: DeskOptions): DeskSubscriptions {
  const members = new Set<DeskMember>();
  return {
    join: (args, plan) => {
      const { client, openOutlet } = args.contextValue as RequestContext;
      const key = `desk ${newId()}`; // Editors are few, and their answers differ: nobody shares a selection.
      options.holdings.hold(client, key, () => weightOf(args, { texts: [], conditions: 0, values: 0 }));
      const release = () => options.holdings.release(client, key);
      try {
        const member = new DeskMember(options, args, plan, openOutlet(true), () => {
          members.delete(member);
          release();
        });
        members.add(member);
        return member;
      } catch (error) {
        release();
        throw error;
      }
    },
    [Symbol.asyncDispose]: async () => {
      for (const member of [...members]) member.end('GOING_AWAY');
    },
  };
}

/** One subscriber: reads what has changed since its position, sends it as one item, and waits for more. */
class DeskMember {
  readonly #options: DeskOptions;
  readonly #selection: ItemSelection;
  /** Takes from the request only what items need: the subscription outlives it. */
  readonly #request: Pick<RequestContext, 'client' | 'viewer' | 'id' | 'log'>;
  readonly #outlet: Outlet;
  readonly #follower: ReturnType<DeskTail['follow']>;
  readonly #over = new AbortController();
  readonly #onEnd: () => void;
  #position: DeskPosition | undefined;

  constructor(
    options: DeskOptions,
    args: ExecutionArgs,
    { after }: DeskPlan,
    outlet: Outlet,
    onEnd: () => void,
  ) {
    const { client, viewer, id, log } = args.contextValue as RequestContext;
    this.#options = options;
    this.#selection = itemSelectionOf(args);
    this.#request = { client, viewer, id, log };
    this.#outlet = outlet;
    this.#onEnd = onEnd;
    this.#position = after;
    this.#follower = options.tail.follow();
  }

  /** Starts sending. */
  start(): void {
    this.#run().catch((error: unknown) => {
      if (this.#hasEnded) return;
      this.#options.onError(error);
      this.end('GOING_AWAY');
    });
  }

  /** Ends the subscription from the server's side and tells the client why. */
  end(reason: EndReason): void {
    if (this.#hasEnded) return;
    this.leave();
    this.#outlet.end(reason);
  }

  /** Ends the subscription because the client has left. */
  leave(): void {
    if (this.#hasEnded) return;
    this.#over.abort();
    this.#follower.leave();
    this.#onEnd();
  }

  get #hasEnded(): boolean {
    return this.#over.signal.aborted;
  }

  /** The first item comes at once, even without a change: from then on nothing is missed. */
  async #run(): Promise<void> {
    await this.#send(await this.#persist(() => this.#first()));
    while (!this.#hasEnded) {
      await this.#follower.woken();
      if (this.#hasEnded) return;
      const after = this.#position;
      if (!after) throw new Error('A subscription to the desk has no position.');
      const found = await this.#persist(() => this.#options.tail.read(after));
      if (found.isIncomplete || found.changes.length > 0) await this.#send(found);
      else this.#position = found.position;
      if (!(await waitForRoom(this.#outlet, this.#options.policy))) this.end('TOO_SLOW');
    }
  }

  async #first(): Promise<DeskChanges> {
    const { tail } = this.#options;
    if (this.#position) return tail.read(this.#position);
    return { position: await tail.head(), changes: [], isIncomplete: false };
  }

  async #send(found: DeskChanges): Promise<void> {
    const json = await this.#persist((attempt) => this.#render(found, attempt));
    if (this.#hasEnded) return;
    const cursor = encodeDeskCursor(found.position);
    const event = Buffer.from(`event: next\nid: ${cursor}\ndata: ${json.toString()}\n\n`);
    this.#outlet.write([{ json, event }], Number.POSITIVE_INFINITY);
    this.#position = found.position;
    const pause = await this.#options.charge(this.#request.client, found.changes.length);
    if (pause > 0) await wait(pause, undefined, { signal: this.#over.signal });
  }

  async #render(rootValue: DeskChanges, attempt: number): Promise<Buffer> {
    const { shared, maskError } = this.#options;
    const { viewer } = this.#request;
    const contextValue = createContext({
      ...{ db: shared.db, viewer, publicUrl: shared.publicUrl, wake: shared.wake },
      present: undefined,
      takeTurn: () => undefined,
    });
    const { data, errors } = await execute({ ...this.#selection, rootValue, contextValue });
    const fault = errors?.find(isOurFault);
    // The database may be away for a while, and an error in place of the item would be a lost change.
    if (fault && attempt < ATTEMPTS) throw new Error('An item of the desk failed.', { cause: fault });
    const told = errors?.map((error) => formatError(maskError(error, this.#request)));
    return Buffer.from(JSON.stringify({ data, ...(told && { errors: told }) }));
  }

  /** Retries until success or the end of the subscription. */
  #persist<T>(work: (attempt: number) => Promise<T>): Promise<T> {
    return pRetry(work, {
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 100,
      maxTimeout: 5_000,
      randomize: true,
      unref: true,
      signal: this.#over.signal,
      onFailedAttempt: ({ error }) => {
        if (!this.#hasEnded) this.#options.onError(error);
      },
    });
  }
}

/** How often an execution that fails is repeated. */
const ATTEMPTS = 4;
