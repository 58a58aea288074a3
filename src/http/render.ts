import { type ExecutionArgs, execute } from 'graphql';
import type { Subscriber } from '../feed/fan-out.js';
import { readHead } from '../feed/log.js';
import type { Context } from '../graphql/context.js';
import type { FeedPlan } from '../graphql/subscriptions/feed-plan.js';
import { formatError, isOurFault } from './mask-error.js';

export interface RenderOptions {
  readonly args: ExecutionArgs;
  readonly plan: FeedPlan;
  /** Makes a context that remembers nothing. */
  freshContext(): Context;
  maskError(error: unknown): Error;
}

/** How often an execution that fails is tried again while the database can be reached. */
const ATTEMPTS = 4;

/**
 * Makes the function that executes a subscription's selection for an event and serialises the result.
 *
 * An execution that fails by our fault fails as a whole, to be tried again: the database may be away
 * for a while, and its error in place of the item would be a gap in the feed. One that goes on failing
 * while the database is there is a bug, and is sent masked.
 */
export function createRender({ args, plan, freshContext, maskError }: RenderOptions): Subscriber['render'] {
  return async (event, attempt) => {
    const item = await plan.itemOf(event);
    if (!item) return null;
    const contextValue = freshContext();
    const { data, errors } = await execute({ ...args, rootValue: item, contextValue });
    const fault = errors?.find(isOurFault);
    if (fault && (attempt < ATTEMPTS || !(await isReachable(contextValue)))) {
      throw new Error('The selection could not be executed for an event.', { cause: fault.originalError });
    }
    const result = { data, ...(errors && { errors: errors.map((error) => formatError(maskError(error))) }) };
    return { at: event.at, json: Buffer.from(JSON.stringify(result)) };
  };
}

const isReachable = ({ db }: Context): Promise<boolean> =>
  readHead(db).then(
    () => true,
    () => false,
  );
