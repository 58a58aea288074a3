import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Calls } from './calls.js';
import type { Outcome } from './outcome.js';
import { REQUEST_ID, requestIdOf } from './request-id.js';

export interface HttpListeners {
  /** Answers what is not GraphQL, and returns whether it did. Not counted among the requests. */
  page(request: IncomingMessage, response: ServerResponse): boolean;
  /** Answers the rest. */
  graphql(request: IncomingMessage, response: ServerResponse): void;
}

/** Names each request and answers with its name; tells the log of each, and the figures of those to GraphQL. */
export function observeHttp(calls: Calls, { page, graphql }: HttpListeners) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const requestId = requestIdOf(request.headers);
    const began = performance.now();
    response.setHeader(REQUEST_ID, requestId);
    if (page(request, response)) {
      response.once('close', () => {
        calls.log.debug(
          { requestId, ...httpPart(request, response), ms: Math.round(performance.now() - began) },
          'request',
        );
      });
      return;
    }
    const call = calls.begin('http', requestId, request.headers);
    response.once('close', () => call.end(outcomeBy(response), httpPart(request, response)));
    calls.run(call, () => graphql(request, response));
  };
}

/** How much of a path the log keeps, in UTF-16 code units: what is not found can be long. */
const MAX_PATH = 200;

/** Without the query string: it may hold anything, tokens of those who mistake it among them. */
function httpPart({ method = '', url = '' }: IncomingMessage, { statusCode }: ServerResponse) {
  return { method, path: url.split('?')[0]?.slice(0, MAX_PATH) ?? '', status: statusCode };
}

function outcomeBy({ statusCode, writableFinished }: ServerResponse): Outcome {
  if (!writableFinished) return 'aborted';
  if (statusCode < 400) return 'ok';
  return statusCode < 500 ? 'refused' : 'failed';
}
