import { type INetwork, Network, Observable } from 'relay-runtime';
import { connectServer, type ResultSink, type ServerOptions } from './adapters/server.js';

export {
  type ConnectionState,
  type ConnectionStatus,
  createConnectionStatus,
} from './adapters/connection-status.js';
export { OlderAnswerError } from './adapters/newest.js';
export type { ServerOptions } from './adapters/server.js';

/**
 * Creates the network layer of a Relay environment: queries and mutations go over HTTP, and the subscription `feed` over
 * WebSocket or Server-Sent Events. A lost connection is resumed after the last item.
 *
 * Answers that show an older `revision` than the store has seen do not reach the store: select `id` and `revision`.
 */
export function createNetwork(options: ServerOptions): INetwork {
  const server = connectServer(options);
  return Network.create(
    ({ text, name, operationKind }, variables) =>
      Observable.create((observer) => {
        const abort = new AbortController();
        const operation = { query: textOf(text, name), operationName: name, variables };
        server.ask(operation, operationKind === 'query', abort.signal).then(
          (result) => {
            observer.next(result as never);
            observer.complete();
          },
          (error: Error) => {
            if (!abort.signal.aborted) observer.error(error);
          },
        );
        return () => abort.abort();
      }),
    ({ text, name }, variables) =>
      Observable.create((observer) =>
        server.follow(
          { query: textOf(text, name), operationName: name, variables },
          observer as unknown as ResultSink,
        ),
      ),
  );
}

function textOf(text: string | null | undefined, name: string): string {
  if (text) return text;
  throw new Error(`The operation ${name} has no text. Compile it without persistConfig.`);
}
