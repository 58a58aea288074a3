import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may come from the page that sends it: no page at all, one of this server's own, or one
 * of an origin that is allowed. Browsers set both headers, and pages cannot change them.
 */
export type IsWelcome = (request: IncomingMessage) => boolean;

/** @param origins Those whose pages may use this server, e.g. `https://example.org`. */
export function createIsWelcome(origins: readonly string[]): IsWelcome {
  const allowed = new Set(origins);
  return ({ headers }) => {
    const { origin, host } = headers;
    if (origin !== undefined) return allowed.has(origin) || hostOf(origin) === host;
    // A GET of another site's page has no Origin where its answer is not for the page to read. A link is followed.
    return headers['sec-fetch-site'] !== 'cross-site' || headers['sec-fetch-mode'] === 'navigate';
  };
}

const hostOf = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined;
