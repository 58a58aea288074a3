import type { Observation } from '../../observe/observation.js';
import type { AuthenticateRequest } from '../auth/sign-in.js';
import { createRequestContext, type RequestContext, type Shared } from '../context.js';
import { prepareOperation } from '../execution/operation.js';
import type { GraphQLServer } from '../execution/yoga.js';
import type { Exchange } from '../response/send.js';

export interface PageParts {
  readonly shared: Shared;
  readonly observation: Observation;
  readonly authenticateRequest: AuthenticateRequest;
  readonly graphql: GraphQLServer;
}

/**
 * Executes the query of a page in a context of its own, with its own time, loaders, price and log line. It ends if the
 * client leaves.
 */
export type AskForPage = (
  exchange: Exchange,
  query: string,
  variables: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/**
 * Creates the function that asks for one page of a document of many pages. Each page is a request by itself for limits,
 * metrics and the token: a document ends with the token that it was begun with. Pages are not cached.
 */
export function createAskForPage({
  shared,
  observation,
  authenticateRequest,
  graphql,
}: PageParts): AskForPage {
  return async ({ request, response, context: { address, call: first } }, query, variables) => {
    const call = observation.beginCall('http', first.requestId, request.headers);
    const context = createRequestContext(shared, {
      ...{ call, address, isReadOnly: true, resumeFrom: undefined },
      openOutlet: () => {
        throw new Error('A page of a document has no subscription.');
      },
    });
    const leave = () => context.lifetime.leave();
    response.once('close', leave);
    try {
      if (response.destroyed) leave();
      const { viewer, grant } = await authenticateRequest(request);
      context.setViewer(viewer, grant?.expiresAt);
      Object.assign(context, { query, params: { query, variables } });
      const result = await context.lifetime.within(execute(graphql, context));
      call.end('ok');
      return result;
    } catch (error) {
      call.end(response.destroyed ? 'aborted' : 'refused');
      throw error;
    } finally {
      response.off('close', leave);
      context.lifetime[Symbol.dispose]();
    }
  };
}

async function execute(graphql: GraphQLServer, context: RequestContext): Promise<unknown> {
  const operation = await prepareOperation(graphql, context);
  const { data, errors } = await operation.execute(operation.args);
  context.lifetime.check();
  if (errors) throw new AggregateError(errors);
  return data;
}
