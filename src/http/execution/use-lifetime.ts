import { type ExecutionArgs, type ExecutionResult, GraphQLError } from 'graphql';
import type { RequestContext, RequestPlugin } from '../context.js';

/** Ends queries and mutations with an error as soon as their request is over. */
export function useLifetime(): RequestPlugin {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const { lifetime } = args.contextValue as RequestContext;
      setExecuteFn((given: ExecutionArgs) =>
        lifetime.within(Promise.resolve(executeFn(given))).catch(asResult),
      );
    },
  };
}

/** Returns the result for an operation that was not executed, or not to its end. */
export function asResult(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  throw error;
}
