import { createSourceEventStream, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { viewOf } from '../../domain/access.js';
import type { FanOut } from '../../feed/fan-out.js';
import type { Member } from '../../feed/member.js';
import { findStart } from '../../feed/start.js';
import type { Tail } from '../../feed/tail.js';
import { FeedPlan } from '../../graphql/subscriptions/feed-plan.js';
import type { RequestContext, RequestPlugin, Shared } from '../context.js';
import type { MaskError } from '../response/mask-error.js';
import { groupKey } from './group-key.js';
import { createRender } from './render.js';

export interface FeedOptions {
  readonly shared: Shared;
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly maskError: MaskError;
  readonly hideSuggestions: boolean;
}

/**
 * Serves subscriptions from the fan-out. Payloads go straight to the outlet of the client's transport, the same
 * bytes to a whole group; the iterator that Yoga and graphql-ws expect only says when the subscription is over.
 */
export function useFeed(options: FeedOptions): RequestPlugin {
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn((args) => subscribe(options, args)) };
}

async function subscribe(
  { shared: { db, wake }, tail, fanOut, maskError, hideSuggestions }: FeedOptions,
  args: ExecutionArgs,
): Promise<Subscription | ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue } = args;
  const { viewer, id, log, openOutlet } = contextValue as RequestContext;
  const plan = await createSourceEventStream({ ...args, hideSuggestions });
  if (!(plan instanceof FeedPlan)) return plan as ExecutionResult; // Its errors.
  const start = await findStart(tail, plan.after).catch((error: unknown) => maskError(error, { id, log }));
  if (start instanceof Error) return { errors: [start] };
  const member = fanOut.join({
    key: groupKey(args, viewOf(viewer)),
    start,
    outlet: openOutlet(plan.isResumable),
    render: createRender({
      selection: {
        schema,
        document,
        operationName: operationName ?? null,
        variableValues: variableValues ?? null,
      },
      plan,
      context: { db, viewer, wake },
      request: { id, log },
      maskError,
    }),
    onError: (error) => log.warn({ err: error }, 'an item of the feed could not be made; trying again'),
  });
  return new Subscription(member);
}

/** Begins to send at the first `next()`, which resolves when the subscription is over; `return()` ends it. */
export class Subscription implements AsyncIterableIterator<never> {
  readonly #member: Member;
  #end: ((result: IteratorReturnResult<undefined>) => void) | undefined;

  constructor(member: Member) {
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
