import type { Fetcher, Observable } from '@graphiql/toolkit';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { createMessageLog } from './message-log.js';

type Request = Parameters<Fetcher>[0];
type Headers = Readonly<Record<string, unknown>>;
type Result = Record<string, unknown>;
type Observer = { next(result: Result): void; complete(): void };

/**
 * Sends queries and mutations over HTTP and subscriptions over a WebSocket, both to `url`.
 *
 * Every operation is an observable that sends on subscribe. Unsubscribing, as GraphiQL's stop button does,
 * aborts the request or completes the subscription on the server. Failures become results with `errors`, so
 * that GraphiQL shows the message without a stack.
 */
export function createFetcher(url: URL): Fetcher {
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return (written, options) => {
    const headers: Headers = options?.headers ?? {};
    const operation = findOperation(written);
    const operationName = operation === undefined ? written.operationName : operation.name?.value;
    const request = { ...written, operationName: operationName ?? null };
    return operation?.operation === 'subscription'
      ? observable((observer) => subscribe(socketUrl, request, headers, observer))
      : observable((observer) => post(url, request, headers, observer));
  };
}

function post(url: URL, request: Request, headers: Headers, observer: Observer): () => void {
  const abort = new AbortController();
  const send = async (): Promise<Result> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json, application/json;q=0.9',
        'content-type': 'application/json',
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
        ),
      },
      body: JSON.stringify(request),
      signal: abort.signal,
    });
    const body = await response.text();
    return (
      parseResult(body) ?? failure(`HTTP ${response.status} ${response.statusText}: ${body.slice(0, 2000)}`)
    );
  };
  const show = (result: Result) => {
    if (abort.signal.aborted) return;
    observer.next(result);
    observer.complete();
  };
  send().then(show, (error: unknown) => show(failure(describe(error))));
  return () => abort.abort();
}

function subscribe(url: URL, request: Request, headers: Headers, observer: Observer): () => void {
  // One client, and so one socket, per subscription, so that each uses the headers set when it starts. No
  // retries: a silent reconnect would hide the gap and the close code.
  const client: Client = createClient({
    url: url.href,
    connectionParams: connectionParams(headers),
    lazy: true,
    retryAttempts: 0,
  });
  const log = createMessageLog();
  const unsubscribe = client.subscribe(
    {
      query: request.query,
      variables: request.variables ?? null,
      operationName: request.operationName ?? null,
    },
    {
      next: (result) => observer.next(log.add({ ...result })),
      error: (error) => {
        observer.next(log.add(Array.isArray(error) ? { errors: error } : failure(describe(error))));
        observer.complete();
      },
      complete: () => observer.complete(),
    },
  );
  return unsubscribe;
}

function connectionParams(headers: Headers): { authorization?: string } {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
  return entry === undefined ? {} : { authorization: String(entry[1]) };
}

/**
 * Returns the named operation, or else the only one. GraphiQL picks up a new operation name with a delay and
 * would send the old name until then.
 */
function findOperation({ query, operationName }: Request): OperationDefinitionNode | undefined {
  try {
    const operations = parse(query).definitions.filter(
      (definition) => definition.kind === Kind.OPERATION_DEFINITION,
    );
    const named = operations.find(({ name }) => name?.value === operationName);
    return named ?? (operations.length === 1 ? operations[0] : undefined);
  } catch {
    return undefined; // A syntax error, which the server reports.
  }
}

function parseResult(body: string): Result | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (error instanceof CloseEvent) return `The socket was closed: ${error.code} ${error.reason}`.trimEnd();
  return error instanceof Error ? error.message : 'The connection failed.';
}

const failure = (message: string): Result => ({ errors: [{ message }] });

function observable(start: (observer: Observer) => () => void): Observable<Result> {
  return {
    subscribe(observer: unknown) {
      return { unsubscribe: start(observer as Observer) };
    },
  };
}
