import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header with a request's id, in requests (set by a proxy) and responses. */
export const REQUEST_ID = 'X-Request-Id';

const SAFE = /^[A-Za-z0-9._-]{1,64}$/;

/** Returns the id of a request for the log and for masked errors: the client's own if it is safe to log, or a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
