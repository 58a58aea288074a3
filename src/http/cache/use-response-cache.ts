import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { RequestContext, RequestPlugin } from '../context.js';
import { type Answer, createAnswer } from '../response/answer.js';
import type { ResponseCache } from './response-cache.js';

/** Executes each query once for all who ask it at the same position of the record, and caches its answer. */
export function useResponseCache(cache: ResponseCache<Answer>): RequestPlugin {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const context = args.contextValue as RequestContext;
      const { cacheKey, operation } = context;
      if (cacheKey === undefined || operation?.operation !== 'query') return;
      setExecuteFn((given: ExecutionArgs) =>
        executeOnce(cache, context, cacheKey, async () => executeFn(given)),
      );
    },
  };
}

async function executeOnce(
  cache: ResponseCache<Answer>,
  context: RequestContext,
  key: string,
  execute: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  let result: ExecutionResult | undefined;
  context.answer = await cache.share(key, async () => {
    context.deadline?.check(); // It may have waited for others until its time was over.
    result = await execute();
    return result.data && !result.errors ? createAnswer(result.data) : undefined;
  });
  // Where another request has executed the query, its answer is sent, so the result needs no data of its own.
  return result ?? { data: null };
}
