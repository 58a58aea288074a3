import type { Fetcher, Observable } from '@graphiql/toolkit';
import { Kind, type OperationDefinitionNode, parse } from 'graphql';
import { withFreshKey } from './fresh-key.js';
import { describe, failure, type LiveSessions, type Observer, type Result } from './live-sessions.js';

type Request = Parameters<Fetcher>[0];
type Headers = Readonly<Record<string, unknown>>;

/**
 * Sends queries and mutations over HTTP and subscriptions over a WebSocket, both to `url`.
 *
 * Every operation is an observable that sends on subscribe. Unsubscribing, as GraphiQL's stop button does,
 * aborts the request or completes the subscription on the server. Failures become results with `errors`, so
 * that GraphiQL shows the message without a stack.
 */
export function createFetcher(url: URL, sessions: LiveSessions): Fetcher {
  return (written, options) => {
    const headers: Headers = options?.headers ?? {};
    const operation = findOperation(written);
    const operationName = operation === undefined ? written.operationName : operation.name?.value;
    const request = { ...written, operationName: operationName ?? null };
    if (operation?.operation === 'subscription') {
      const subscribing = { ...request, params: connectionParams(headers) };
      return observable((observer) => sessions.open(subscribing, observer));
    }
    return observable((observer) => post(url, withFreshKey(request), headers, observer));
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

function connectionParams(headers: Headers): { authorization?: string } {
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
  return entry === undefined ? {} : { authorization: String(entry[1]) };
}

/**
 * Returns the named operation, or else the only one. GraphiQL picks up a new operation name with a delay and
 * would send the old name until then.
 */
export function findOperation({ query, operationName }: Request): OperationDefinitionNode | undefined {
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

function observable(start: (observer: Observer) => () => void): Observable<Result> {
  return {
    subscribe(observer: unknown) {
      return { unsubscribe: start(observer as Observer) };
    },
  };
}
