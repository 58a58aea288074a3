import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header in which a request's id comes, where a proxy has made one, and goes back. */
export const REQUEST_ID = 'X-Request-Id';

const SAFE = /^[A-Za-z0-9._-]{1,64}$/;

/** The id under which the log has what became of a request: the client's own, where it is fit for a log. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
