import { ConnectionLostError, codeOf, FeedRefusedError, FeedUnauthorizedError } from './errors.js';
import type { FeedGraphQLError } from './items.js';

/** Codes of GraphQL errors after which a retry may succeed. */
const TRANSIENT = new Set(['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE', 'TOO_MANY_REQUESTS']);

/** Maps GraphQL errors without data to a FeedError, or to a ConnectionLostError if a retry may help. */
export function refusalOf(errors: readonly FeedGraphQLError[]): Error {
  const answer = errors.map(({ message }) => message).join(' ') || 'an error without a message';
  const codes = errors.map(codeOf);
  if (codes.some((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN')) {
    return new FeedUnauthorizedError(`"${answer}"`);
  }
  if (codes.some((code) => code !== undefined && TRANSIENT.has(code))) {
    return new ConnectionLostError(`The server failed: ${answer}`);
  }
  return new FeedRefusedError(`"${answer}"`, errors);
}

/** Maps an HTTP status other than 2xx to an error. */
export function refusalByStatus(status: number): Error {
  if (status === 401 || status === 403) return new FeedUnauthorizedError(`with status ${status}`);
  const isTransient = status >= 500 || status === 408 || status === 425 || status === 429;
  if (isTransient || status < 400) return new ConnectionLostError(`The server answered with ${status}.`);
  return new FeedRefusedError(`with status ${status}`);
}

// Close codes of graphql-transport-ws, and 1009 (message too big). The client reconnects after all others, such as
// 1001 (going away) and 4413 (the consumer was too slow).
const UNAUTHORIZED = new Set([4401, 4403]);
const REFUSED = new Set([1009, 4400, 4406]);

/** Maps the close of a WebSocket to an error. */
export function refusalByClose(code: number, reason: string): Error {
  const closed = `close code ${code}${reason && ` "${reason}"`}`;
  if (UNAUTHORIZED.has(code)) return new FeedUnauthorizedError(`with ${closed}`);
  if (REFUSED.has(code)) return new FeedRefusedError(`with ${closed}`);
  return new ConnectionLostError(`The WebSocket ended with ${closed}.`);
}
