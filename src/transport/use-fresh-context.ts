import { createSourceEventStream, type ExecutionArgs, type ExecutionResult, execute } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Executes each event of a subscription with a context of its own. Whatever a request caches by its
 * context would otherwise live, and go stale, as long as the subscription.
 */
export function useFreshContext(): Plugin {
  return { onSubscribe: ({ setSubscribeFn }) => setSubscribeFn(subscribe) };
}

async function subscribe(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();
  closeWithRequest(events, (args.contextValue as { request?: Request }).request);
  const results: AsyncIterableIterator<ExecutionResult> = {
    next: async () => {
      try {
        const { done, value } = await events.next();
        if (done) return { done, value: undefined };
        const contextValue = { ...(args.contextValue as object) };
        return { done: false, value: await execute({ ...args, rootValue: value, contextValue }) };
      } catch (error) {
        await events.return?.(); // Whoever reads an iterator that failed does not close it.
        throw error;
      }
    },
    // Not an async generator: its return() would wait for the pending next() before it reached the source.
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return results;
    },
  };
  return results;
}

/** A client that goes while its subscription is being prepared never reads it, and so never closes it. */
function closeWithRequest(events: AsyncIterator<unknown>, request: Request | undefined): void {
  const close = () => void events.return?.();
  if (request?.signal.aborted) close();
  else request?.signal.addEventListener('abort', close, { once: true });
}
