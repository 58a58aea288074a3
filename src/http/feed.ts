import type { ServerResponse } from 'node:http';
import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { viewOf } from '../domain/access.js';
import type { FanOut } from '../feed/fan-out.js';
import type { Member } from '../feed/member.js';
import type { Outlet } from '../feed/outlet.js';
import { findStart } from '../feed/start.js';
import type { Tail } from '../feed/tail.js';
import { FeedPlan } from '../graphql/subscriptions/feed-plan.js';
import type { Sessions } from './auth/sessions.js';
import type { Identification } from './auth/use-identity.js';
import type { Crowd } from './gate/crowd.js';
import type { GuardedContext } from './gate/gate.js';
import { exceeds } from './gate/refusal.js';
import { groupKey } from './group-key.js';
import { createRender } from './render.js';
import { createEventStream, type EventStream } from './sse.js';

export interface FeedOptions {
  readonly tail: Tail;
  readonly fanOut: FanOut;
  readonly sessions: Sessions;
  /** Takes in event streams; WebSockets are counted when they are opened. */
  readonly crowd: Crowd;
  /** Who sends a request; a WebSocket is held to its token by itself. */
  readonly identify: Identification['identify'];
  /** How often an idle event stream sends a comment, in milliseconds. */
  readonly heartbeat: number;
  maskError(error: unknown): Error;
}

/** A subscription's context: a WebSocket brings its line, an HTTP request gets an event stream. */
export type SubscriptionContext = GuardedContext & {
  readonly outlet?: Outlet;
  readonly request?: Request;
  readonly res?: ServerResponse;
};

/** Serves subscriptions: through Yoga over HTTP, and to a transport that has lines of its own. */
export interface FeedServer {
  readonly plugin: Plugin;
  /** For a transport that gives `outlet` in the context. Errors in the result are masked. */
  subscribe(args: ExecutionArgs): Promise<AsyncIterableIterator<never> | ExecutionResult>;
}

const EVENT_STREAM = 'text/event-stream';

/**
 * Serves subscriptions from the fan-out. Results go straight to the client's line, the same bytes to
 * all who ask for the same; the iterator that GraphQL servers expect only says when it is over.
 */
export function createFeed({
  tail,
  fanOut,
  sessions,
  crowd,
  identify,
  heartbeat,
  maskError,
}: FeedOptions): FeedServer {
  const streams = new WeakMap<Request, EventStream>();

  const subscribe = async (args: ExecutionArgs): Promise<AsyncIterableIterator<never> | ExecutionResult> => {
    const plan = await createSourceEventStream(args);
    if (!(plan instanceof FeedPlan)) return plan as ExecutionResult; // It could not be planned.
    const context = args.contextValue as SubscriptionContext;
    const { db, viewer, wake, request } = context;
    const identity = context.outlet ? undefined : request && (await identify(request));
    const start = await findStart(tail, plan.after).catch(maskError);
    if (start instanceof Error) return { errors: [start as GraphQLError] };
    const line = context.outlet ? { outlet: context.outlet } : openStream(context, plan, heartbeat);
    if (request && 'body' in line) streams.set(request, line);
    const member = fanOut.join({
      key: groupKey(args, viewOf(viewer)),
      start,
      outlet: line.outlet,
      render: createRender({ args, plan, maskError, freshContext: () => ({ db, viewer, wake }) }),
    });
    request?.signal.addEventListener('abort', () => member.leave(), { once: true });
    if (identity && 'body' in line) {
      // Cut, not ended: what is still on its way is not for this client any more, and it is to come back.
      const session = sessions.hold(identity, () => {
        member.leave();
        context.res?.destroy();
      });
      line.onClose(() => session.release());
      request?.signal.addEventListener('abort', () => session.release(), { once: true });
      if (request?.signal.aborted) session.release();
    }
    if (request?.signal.aborted) member.leave();
    return new UntilOver(member);
  };

  const subscribeByStream: typeof subscribe = async (args) => {
    const { address, res } = args.contextValue as SubscriptionContext;
    const leave = crowd.enter(address);
    if (!leave) return { errors: [exceeds('socketsPerAddress', crowd.perAddress, crowd.perAddress + 1)] };
    const result = await subscribe(args);
    if (result instanceof UntilOver && res && !res.closed) res.once('close', leave);
    else leave();
    return result;
  };

  const plugin: Plugin = {
    onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribeByStream),
    onResultProcess: ({ request, setResultProcessor }) => {
      const stream = streams.get(request);
      if (!stream) return;
      setResultProcessor((result, { Response }) => {
        const over = (result as AsyncIterableIterator<never>)[Symbol.asyncIterator]();
        stream.onClose(() => void over.return?.());
        void over.next(); // Begins to send.
        return new Response(stream.body, { headers: HEADERS });
      }, EVENT_STREAM);
    },
  };
  return {
    plugin,
    subscribe: async (args) => {
      const result = await subscribe(args);
      if (!('errors' in result) || !result.errors) return result;
      return { ...result, errors: result.errors.map((error) => maskError(error) as GraphQLError) };
    },
  };
}

const HEADERS = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-cache',
  'X-Accel-Buffering': 'no', // Or nginx keeps events back until it has a page of them.
};

function openStream({ res }: SubscriptionContext, plan: FeedPlan, heartbeat: number): EventStream {
  return createEventStream({ hasIds: plan.isResumable, heartbeat, cut: () => void res?.destroy() });
}

/** Begins to send at the first `next()`, which resolves when the subscription is over; `return()` ends it. */
class UntilOver implements AsyncIterableIterator<never> {
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
