import { type Exchange, subscriptionExchange } from '@urql/core';
import type { Cache, KeyingConfig, UpdatesConfig } from '@urql/exchange-graphcache';
import { connectServer, type ResultSink, type ServerOptions } from './adapters/server.js';
import { queryConnections, typesWithoutId } from './generated/cache-facts.js';

export {
  type ConnectionState,
  type ConnectionStatus,
  createConnectionStatus,
} from './adapters/connection-status.js';
export { OlderAnswerError } from './adapters/newest.js';
export type { ServerOptions } from './adapters/server.js';
export { possibleTypes } from './generated/cache-facts.js';

/**
 * Creates the last exchange of an urql client, in place of `fetchExchange`: queries and mutations go over HTTP, and the
 * subscription `feed` over WebSocket or Server-Sent Events. A lost connection is resumed after the last item.
 *
 * Answers that show an older `revision` than the cache has seen do not reach the cache: select `id` and `revision`.
 */
export function createExchange(options: ServerOptions): Exchange {
  const server = connectServer(options);
  return subscriptionExchange({
    enableAllOperations: true,
    forwardSubscription: ({ query = '', operationName, variables = {} }, { kind }) => ({
      subscribe: (observer) => {
        const sink = observer as ResultSink;
        const operation = { query, operationName, variables };
        if (kind === 'subscription') return { unsubscribe: server.follow(operation, sink) };
        const abort = new AbortController();
        server.ask(operation, kind === 'query', abort.signal).then(
          (result) => {
            sink.next(result);
            sink.complete();
          },
          (error: Error) => {
            if (!abort.signal.aborted) sink.error(error);
          },
        );
        return { unsubscribe: () => abort.abort() };
      },
    }),
  });
}

/** The `keys` of Graphcache: objects without an id are part of the object that holds them. */
export const keys: KeyingConfig = Object.fromEntries(typesWithoutId.map((name) => [name, () => null]));

/** Items after which any query may show what is gone. */
const RELOADING: ReadonlySet<string> = new Set(['FeedReset', 'DevelopmentErased', 'ReferenceErased']);

/**
 * The `updates` of Graphcache: an item of the feed makes the paged lists that are shown load again, and `FeedReset` and
 * erasures all queries. The developments themselves need no update, because the cache knows them by their ids.
 */
export const updates: UpdatesConfig = {
  Subscription: {
    feed: ({ feed }, _args, cache) => {
      const { __typename } = feed as { __typename?: string };
      if (RELOADING.has(__typename ?? '')) reloadAll(cache);
      else reloadLists(cache);
    },
  },
};

function reloadAll(cache: Cache): void {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    cache.invalidate('Query', fieldName, args);
  }
}

/** Marks all paged lists as out of date, so that those on the page load again. */
export function reloadLists(cache: Cache): void {
  for (const { fieldName, arguments: args } of cache.inspectFields('Query')) {
    if (fieldName in queryConnections) cache.invalidate('Query', fieldName, args);
  }
}
