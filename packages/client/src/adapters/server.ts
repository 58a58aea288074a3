import type { TypedDocument } from '../document.js';
import { codeOf, FeedError } from '../errors.js';
import { followFeed } from '../follow-feed.js';
import type { AnyItem, FeedGraphQLError } from '../items.js';
import type { FollowOptions } from '../options.js';
import type { ConnectionStatus } from './connection-status.js';
import { createNewest, OlderAnswerError } from './newest.js';
import { createOrder } from './order.js';

/** Options of each adapter: the server, the token, and how to keep connected. They mean the same as in `followFeed`. */
export interface ServerOptions
  extends Pick<
    FollowOptions,
    | 'url'
    | 'token'
    | 'transport'
    | 'fallbackAfter'
    | 'webSocketImpl'
    | 'fetch'
    | 'backOff'
    | 'connectTimeout'
    | 'silenceTimeout'
  > {
  /** Shows the state of the live connection: see `createConnectionStatus`. */
  readonly status?: ConnectionStatus | undefined;
}

/** A request, as host libraries have it. */
interface Operation {
  readonly query: string | TypedDocument<unknown, never>;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/** A GraphQL result. */
interface Result {
  readonly data?: unknown;
  readonly errors?: readonly FeedGraphQLError[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

/** Receives the results of a subscription. */
export interface ResultSink {
  next(result: Result): void;
  error(error: Error): void;
  complete(): void;
}

/** The server as the adapters use it. */
export interface Server {
  /**
   * Executes a query or mutation over HTTP. A query is repeated if its answer shows an older revision than an earlier
   * result, if the feed has overtaken it, or if the connection breaks.
   *
   * @throws {OlderAnswerError} If the server keeps answering with an older revision.
   */
  ask(
    operation: Operation & { readonly query: string },
    isQuery: boolean,
    signal: AbortSignal,
  ): Promise<Result>;
  /**
   * Follows `feed` until the returned function is called. After a lost connection it continues after the last item.
   * Items that show an older revision than an earlier result are left out, until `FeedReset`. An item is delivered after the answers to
   * queries that were sent before it came, so that a query sent because of an item never gets an older answer.
   */
  follow(operation: Operation, sink: ResultSink): () => void;
}

/** Waits in milliseconds before a query is repeated: 6 s in all. A server that lags is up to date by then. */
const WAITS = [20, 50, 100, 200, 400, 800, 1_600, 3_200];

/** How long an item waits for the answers to earlier queries. Queries that take longer are overtaken. */
const MAX_ITEM_DELAY = 1_000;

export function connectServer(options: ServerOptions): Server {
  const newest = createNewest();
  const order = createOrder(MAX_ITEM_DELAY);
  const send = options.fetch ?? ((...request) => fetch(...request));
  const askToken =
    typeof options.token === 'function' ? options.token : () => options.token as string | undefined;

  async function post(
    operation: Operation & { readonly query: string },
    signal: AbortSignal,
  ): Promise<Result> {
    const token = await askToken();
    const response = await send(String(options.url), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(operation),
      signal,
    });
    const text = await response.text();
    try {
      const result = JSON.parse(text) as Result;
      if ('data' in result || 'errors' in result) return result;
    } catch {
      // A page of a proxy, for example. Reported below.
    }
    throw new Error(`Expected a GraphQL response from ${options.url}; got status ${response.status}.`);
  }

  /** Tokens expire during use: a request whose token was rejected did nothing, so another may follow. */
  async function postWithFreshToken(...request: Parameters<typeof post>): Promise<Result> {
    const result = await post(...request);
    const isRejected = result.errors?.some((error) => codeOf(error) === 'UNAUTHENTICATED') ?? false;
    return isRejected && typeof options.token === 'function' ? post(...request) : result;
  }

  return {
    ask: async (operation, isQuery, signal) => {
      if (!isQuery) return postWithFreshToken(operation, signal);
      for (const wait of [...WAITS, undefined]) {
        try {
          const { result, isOvertaken } = await order.query(() => postWithFreshToken(operation, signal));
          if (!isOvertaken && newest.accept(result.data)) return result;
          if (wait === undefined) break;
        } catch (error) {
          // fetch reports a broken connection as a TypeError. Relay would remove a list whose reload fails.
          if (!(error instanceof TypeError) || wait === undefined) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, wait));
        signal.throwIfAborted();
      }
      throw new OlderAnswerError();
    },
    follow: ({ query, variables: { after, ...variables } = {} }, sink) => {
      try {
        const tracked = options.status?.track();
        const { status: _, ...settings } = options;
        const feed = followFeed<{ readonly feed: AnyItem }, never>({
          ...settings,
          document: query as TypedDocument<{ readonly feed: AnyItem }, never>,
          variables: variables as never,
          after: after as string | undefined,
          onStatus: tracked,
        });
        const run = async () => {
          for await (const { errors, ...item } of feed as AsyncIterable<AnyItem & Result>) {
            await order.beforeItem();
            if (item.__typename === 'FeedReset') newest.forget();
            if (newest.accept(item)) sink.next({ data: { feed: item }, ...(errors && { errors }) });
          }
          sink.complete();
        };
        run().catch((error: Error) => sink.error(error));
        return () => feed.close();
      } catch (error) {
        if (!(error instanceof FeedError)) throw error;
        sink.error(error);
        return () => {};
      }
    },
  };
}
