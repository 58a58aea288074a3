import { execute } from 'graphql';
import { viewedAt } from '../../feed/event.js';
import type { GroupSource } from '../../feed/fan-out/fan-out.js';
import { readHead } from '../../feed/head.js';
import { type Context, createContext } from '../../graphql/context.js';
import type { EntryFacts } from '../../graphql/subscriptions/entry-facts.js';
import type { FeedPlan } from '../../graphql/subscriptions/feed-plan.js';
import { itemOf } from '../../graphql/subscriptions/select-items.js';
import { type FailedRequest, formatError, isOurFault, type MaskError } from '../response/mask-error.js';
import type { ItemSelection } from './item-selection.js';

export interface RenderOptions {
  /** The selection, without the request's context: a group outlives the request that created it. */
  readonly selection: ItemSelection;
  readonly plan: Pick<FeedPlan, 'sends' | 'filter' | 'references' | 'wanted'>;
  readonly facts: EntryFacts;
  /** The parts of the context of each change. */
  readonly context: Pick<Context, 'db' | 'viewer' | 'publicUrl' | 'wake' | 'takeTurn'>;
  /** The request that created the group, for the log. */
  readonly request: FailedRequest;
  readonly maskError: MaskError;
}

/** How often an execution that fails is repeated while the database can be reached. */
const ATTEMPTS = 4;

/**
 * Creates the function that executes a subscription's selection for an event and serializes the result.
 *
 * When the server is at fault it throws, to be called again: the database may be away for a while, and an error
 * in place of the item would be a gap in the feed. If the execution keeps failing while the database answers,
 * that is a bug, and the client gets the masked error.
 */
export function createRender({
  selection,
  plan,
  facts,
  context,
  request,
  maskError,
}: RenderOptions): GroupSource['render'] {
  return async (event, attempt) => {
    const item = await itemOf(plan, event, facts);
    if (!item) return null;
    const contextValue = createContext({ ...context, present: viewedAt(event) });
    const { data, errors } = await execute({ ...selection, rootValue: item, contextValue });
    const fault = errors?.find(isOurFault);
    if (fault && (attempt < ATTEMPTS || !(await isReachable(contextValue)))) {
      throw new Error('The selection could not be executed for an event.', { cause: fault.originalError });
    }
    const told = errors?.map((error) => formatError(maskError(error, request)));
    return { at: event.at, json: Buffer.from(JSON.stringify({ data, ...(told && { errors: told }) })) };
  };
}

const isReachable = ({ db }: Context): Promise<boolean> =>
  readHead(db).then(
    () => true,
    () => false,
  );
