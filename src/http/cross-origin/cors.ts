import type { IncomingMessage } from 'node:http';
import type { AllowedOrigins, Trust, TrustOf } from './origin-check.js';

/** Returns the CORS headers of a response. */
export type CorsHeaders = (request: IncomingMessage) => Readonly<Record<string, string>>;

const EXPOSED = 'ETag, Retry-After, X-Request-Id';
/** How long browsers may cache a preflight, in seconds. Chromium takes no more. */
const MAX_AGE = '7200';

/** Creates the headers by which pages of allowed origins may read responses. Without any such origin there are none. */
export function createCors({ listed, loopback, reading }: AllowedOrigins, trustOf: TrustOf): CorsHeaders {
  if (listed.length === 0 && !loopback && !reading) return () => NO_HEADERS;
  return (request) => {
    const { origin } = request.headers;
    const trust = trustOf(request);
    if (origin === undefined || trust === 'none') return VARY; // Otherwise a cache would serve one response to all origins.
    return {
      'Access-Control-Allow-Origin': trust === 'full' ? origin : '*',
      'Access-Control-Expose-Headers': EXPOSED,
      ...VARY,
      ...(request.method === 'OPTIONS' &&
        preflight(request.headers['access-control-request-headers'], trust)),
    };
  };
}

const NO_HEADERS = {};
const VARY = { Vary: 'Origin' };

/** Allows all requested headers, because none of them gives a page more rights but a token. */
function preflight(requested: string | undefined, trust: Trust): Readonly<Record<string, string>> {
  const names = requested?.split(',').map((name) => name.trim());
  const allowed = names?.filter((name) => trust === 'full' || name.toLowerCase() !== 'authorization');
  return {
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Max-Age': MAX_AGE,
    ...(allowed !== undefined && {
      'Access-Control-Allow-Headers': allowed.join(', '),
      Vary: 'Origin, Access-Control-Request-Headers',
    }),
  };
}
