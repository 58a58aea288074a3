import type { IncomingMessage } from 'node:http';

/**
 * Whether the page that sends a request may use this server: one of its own pages, or one of an allowed
 * origin. Requests without `Origin` come from no page, or from one that cannot read the answer: see csrf.ts.
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
