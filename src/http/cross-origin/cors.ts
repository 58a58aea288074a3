import type { IncomingMessage } from 'node:http';

/** The headers of an answer by which a browser shows it to a page of another origin. */
export type CorsHeaders = (request: IncomingMessage) => Readonly<Record<string, string>>;

const EXPOSED = 'ETag, Retry-After, X-Request-Id';

/** @param origins Origins whose pages may read answers; with none, no answer has these headers. */
export function createCors(origins: readonly string[]): CorsHeaders {
  if (origins.length === 0) return () => NO_HEADERS;
  const allowed = new Set(origins);
  return ({ method, headers }) => {
    const { origin } = headers;
    if (origin === undefined || !allowed.has(origin)) return VARY; // Or a cache would answer all origins alike.
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

/** Allows whatever headers the page asks for: none of them gives it rights that it does not have. */
const preflight = (requested: string | undefined) => ({
  'Access-Control-Allow-Methods': 'GET, POST',
  ...(requested !== undefined && {
    'Access-Control-Allow-Headers': requested,
    Vary: 'Origin, Access-Control-Request-Headers',
  }),
});
