import type { IncomingMessage } from 'node:http';

/**
 * Returns whether a request comes from a page of this server or of an allowed origin. Requests without `Origin` do not come
 * from a page, or from one that cannot read the response: see csrf.ts.
 */
export type IsAllowedOrigin = (request: IncomingMessage) => boolean;

/** @param origins Origins whose pages may use this server, e.g. `https://example.org`. */
export function createOriginCheck(origins: readonly string[]): IsAllowedOrigin {
  const allowed = new Set(origins);
  return ({ headers: { origin, host } }) =>
    origin === undefined || allowed.has(origin) || hostOf(origin) === host;
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;
