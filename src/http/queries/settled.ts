import type { IncomingMessage } from 'node:http';
import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/** Results of requests that have been executed, or refused, before the GraphQL server has seen them. */
export interface Settled {
  /** Leaves it to the GraphQL server to answer a request with a result: errors and their status are its own to tell. */
  settle(request: IncomingMessage, result: ExecutionResult): void;
  /** Takes the place of the execution. */
  readonly plugin: Plugin;
}

export function createSettled(): Settled {
  const results = new WeakMap<IncomingMessage, ExecutionResult>();
  return {
    settle: (request, result) => {
      results.set(request, result);
    },
    plugin: {
      onExecute: ({ args, setResultAndStopExecution }) => {
        const { req } = args.contextValue as { req?: IncomingMessage };
        const result = req && results.get(req);
        if (result) setResultAndStopExecution(result);
      },
    },
  };
}
