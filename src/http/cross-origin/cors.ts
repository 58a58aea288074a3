import type { IncomingMessage } from 'node:http';

/** Returns the CORS headers of a response. */
export type CorsHeaders = (request: IncomingMessage) => Readonly<Record<string, string>>;

const EXPOSED = 'ETag, Retry-After, X-Request-Id';

/** @param origins Origins whose pages may read responses. Without any, no response has these headers. */
export function createCors(origins: readonly string[]): CorsHeaders {
  if (origins.length === 0) return () => NO_HEADERS;
  const allowed = new Set(origins);
  return ({ method, headers }) => {
    const { origin } = headers;
    if (origin === undefined || !allowed.has(origin)) return VARY; // Otherwise a cache would serve one response to all origins.
    return {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Expose-Headers': EXPOSED,
      ...VARY,
      ...(method === 'OPTIONS' && preflight(headers['access-control-request-headers'])),
    };
  };
}

const NO_HEADERS = {};
const VARY = { Vary: 'Origin' };

/** Allows all requested headers, because none of them gives a page more rights. */
const preflight = (requested: string | undefined) => ({
  'Access-Control-Allow-Methods': 'GET, POST',
  ...(requested !== undefined && {
    'Access-Control-Allow-Headers': requested,
    Vary: 'Origin, Access-Control-Request-Headers',
  }),
});
