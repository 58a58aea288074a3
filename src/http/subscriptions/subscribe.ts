import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { viewOf } from '../../domain/access.js';
import type { FanOut, GroupSource } from '../../feed/fan-out/fan-out.js';
import type { FeedTurns } from '../../feed/fan-out/group.js';
import { findStart } from '../../feed/fan-out/start.js';
import type { Tail } from '../../feed/tail.js';
import { DeskPlan } from '../../graphql/subscriptions/desk-plan.js';
import { createEntryFacts, type EntryFacts } from '../../graphql/subscriptions/entry-facts.js';
import { FeedPlan } from '../../graphql/subscriptions/feed-plan.js';
import type { RequestContext, RequestPlugin, Shared } from '../context.js';
import type { MaskError } from '../response/mask-error.js';
import type { DeskSubscriptions } from './desk.js';
import { FilterPool } from './filter-pool.js';
import { groupKey } from './group-key.js';
import { itemSelectionOf, weightOf } from './item-selection.js';
import { createRender } from './render.js';

export interface FeedOptions {
  readonly shared: Shared;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly desk: DeskSubscriptions;
  /** Shares the event loop among groups of subscribers. */
  readonly turns: FeedTurns;
  readonly maskError: MaskError;
  readonly hideSuggestions: boolean;
}

/** What all subscriptions share. */
interface FeedParts extends FeedOptions {
  readonly filters: FilterPool;
  readonly facts: EntryFacts;
}

/**
 * Serves subscriptions from the fan-out. Payloads go straight to the outlet of the client's transport, the same
 * bytes to a whole group; the iterator that Yoga and graphql-ws expect only says when the subscription is over.
 */
export function useFeed(options: FeedOptions): RequestPlugin {
  const parts = { ...options, filters: new FilterPool(), facts: createEntryFacts(options.shared.db) };
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => subscribe(parts, args)) };
}

async function subscribe(parts: FeedParts, args: ExecutionArgs): Promise<Subscription | ExecutionResult> {
  const { tail, fanOut, desk, maskError, hideSuggestions } = parts;
  const context = args.contextValue as RequestContext;
  const { viewer, id, log, openOutlet } = context;
  const plan = await createSourceEventStream({ ...args, hideSuggestions });
  try {
    if (plan instanceof DeskPlan) return new Subscription(desk.join(args, plan));
    if (!(plan instanceof FeedPlan)) return plan as ExecutionResult; // Its errors.
    const start = await findStart(tail, plan.after, plan.replay);
    const member = fanOut.join({
      client: context.client,
      key: groupKey(args, viewOf(viewer)),
      start,
      openOutlet: () => openOutlet(plan.sends === 'FEED'),
      weigh: () => weightOf(args, plan.filter),
      openGroup: () => openGroup(parts, args, plan),
    });
    return new Subscription(member);
  } catch (error) {
    return { errors: [maskError(error, { id, log })] };
  }
}

/** Takes from the request only what the group needs: it outlives the request. */
function openGroup(parts: FeedParts, args: ExecutionArgs, plan: FeedPlan): GroupSource {
  const { shared, turns, filters, facts, maskError } = parts;
  const { viewer, id, log } = args.contextValue as RequestContext;
  const filter = filters.hold(plan.filter);
  return {
    render: createRender({
      selection: itemSelectionOf(args),
      plan: { sends: plan.sends, filter, references: plan.references, wanted: plan.wanted },
      facts,
      context: {
        ...{ db: shared.db, viewer, publicUrl: shared.publicUrl, wake: shared.wake },
        takeTurn: () => turns.take(),
      },
      request: { id, log },
      maskError,
    }),
    onError: (error) => log.warn({ err: error }, 'an item of the feed could not be made; trying again'),
    close: () => filters.release(filter),
  };
}

/** Sends to one subscriber. */
interface Sender {
  start(): void;
  leave(): void;
}

/** Begins to send at the first `next()`, which resolves when the subscription is over; `return()` ends it. */
export class Subscription implements AsyncIterableIterator<never> {
  readonly #member: Sender;
  #end: ((result: IteratorReturnResult<undefined>) => void) | undefined;

  constructor(member: Sender) {
    this.#member = member;
  }

  next(): Promise<IteratorReturnResult<undefined>> {
    this.#member.start();
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#member.leave();
    this.#end?.(OVER);
    return OVER;
  }

  [Symbol.asyncIterator]() {
    return this;
  }
}

const OVER = { done: true, value: undefined } as const;
