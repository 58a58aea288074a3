import { print } from '@0no-co/graphql.web';
import { ApolloLink } from '@apollo/client/link';
import { Observable } from '@apollo/client/utilities';
import { connectServer, type ServerOptions } from './adapters/server.js';

export {
  type ConnectionState,
  type ConnectionStatus,
  createConnectionStatus,
} from './adapters/connection-status.js';
export { OlderAnswerError } from './adapters/newest.js';
export type { ServerOptions } from './adapters/server.js';
export { typePolicies } from './apollo/type-policies.js';
export { possibleTypes } from './generated/cache-facts.js';

/**
 * Creates the link of an Apollo client: queries and mutations go over HTTP, and the subscription `feed` over WebSocket
 * or Server-Sent Events. A lost connection is resumed after the last item.
 *
 * Answers that show an older `revision` than the cache has seen do not reach the cache: select `id` and `revision`.
 */
export function createLink(options: ServerOptions): ApolloLink {
  const server = connectServer(options);
  return new ApolloLink(({ query, operationName, operationType, variables }) => {
    const operation = { query: print(query as Parameters<typeof print>[0]), operationName, variables };
    return new Observable<ApolloLink.Result>((observer) => {
      const sink = observer as { next(result: object): void; error(error: Error): void; complete(): void };
      if (String(operationType) === 'subscription') return server.follow(operation, sink);
      const abort = new AbortController();
      server.ask(operation, String(operationType) === 'query', abort.signal).then(
        (result) => {
          sink.next(result);
          sink.complete();
        },
        (error: Error) => {
          if (!abort.signal.aborted) sink.error(error);
        },
      );
      return () => abort.abort();
    });
  });
}
