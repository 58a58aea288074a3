import type { ExecutionArgs, ExecutionResult } from 'graphql';
import type { RequestContext, RequestPlugin } from '../context.js';
import type { ConcurrencyLimit } from '../limits/concurrency.js';
import { type Answer, createAnswer } from '../response/answer.js';
import type { ResponseCache } from './response-cache.js';

/**
 * Executes each query once for all who ask it at the same position of the record, and caches its answer. An execution
 * waits until its client has few enough others; the answer of another's execution does not.
 */
export function useResponseCache(cache: ResponseCache<Answer>, concurrency: ConcurrencyLimit): RequestPlugin {
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const context = args.contextValue as RequestContext;
      const { cacheKey, operation } = context;
      setExecuteFn((given: ExecutionArgs) => {
        const execute = async () => executeFn(given);
        return cacheKey === undefined || operation?.operation !== 'query'
          ? executeAdmitted(concurrency, context, execute)
          : executeOnce(cache, concurrency, context, cacheKey, execute);
      });
    },
  };
}

/** Executes in one of the client's places, and keeps it until the execution has really ended. */
async function executeAdmitted(
  concurrency: ConcurrencyLimit,
  context: RequestContext,
  execute: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const release = await concurrency.admit(context);
  try {
    return await execute();
  } finally {
    release();
  }
}

async function executeOnce(
  cache: ResponseCache<Answer>,
  concurrency: ConcurrencyLimit,
  context: RequestContext,
  key: string,
  execute: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  let result: ExecutionResult | undefined;
  const admit = () => concurrency.admit(context);
  context.answer = await cache.share(key, admit, async () => {
    context.lifetime.check(); // It may have waited for others until its time was over.
    result = await execute();
    return result.data && !result.errors ? createAnswer(result.data, context.warnings) : undefined;
  });
  // Where another request has executed the query, its answer is sent, so the result needs no data of its own.
  return result ?? { data: null };
}
