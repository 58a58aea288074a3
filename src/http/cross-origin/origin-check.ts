import type { IncomingMessage } from 'node:http';
import type { GraphQLError } from 'graphql';
import { parseUrl } from '../../parse-url.js';
import { refuse } from '../response/refusal.js';
import { isCrossSite } from './csrf.js';

/** The origins whose pages may use this server, besides its own. */
export interface AllowedOrigins {
  /** E.g. `https://example.org`. */
  readonly listed: readonly string[];
  /** Whether pages of this machine may, at any port. */
  readonly loopback: boolean;
  /** Whether all others may read without a token. */
  readonly reading: boolean;
}

/**
 * What a request may do by its origin: all, only read without a token, or nothing. Requests without `Origin` do not come
 * from a page, or from one that cannot read the response: see csrf.ts.
 */
export type Trust = 'full' | 'reading' | 'none';
export type TrustOf = (request: IncomingMessage) => Trust;

export function createTrustOf({ listed, loopback, reading }: AllowedOrigins): TrustOf {
  const allowed = new Set(listed);
  return ({ headers: { origin, host } }) => {
    if (origin === undefined || allowed.has(origin)) return 'full';
    const url = parseUrl(origin);
    if (url?.host === host && url?.host !== undefined) return 'full';
    if (loopback && url !== undefined && isLoopbackPage(url)) return 'full';
    return reading ? 'reading' : 'none';
  };
}

const isLoopbackPage = ({ protocol, hostname }: URL): boolean =>
  /^https?:$/.test(protocol) && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

/** Returns the refusal of a request by its origin or site, if any. */
export function refuseOrigin(request: IncomingMessage, trust: Trust): GraphQLError | undefined {
  if (trust === 'none' || isCrossSite(request)) {
    return forbidden('Expected a request from a page of this server, or of an origin in CORS_ORIGINS.');
  }
  return trust === 'reading' && request.headers.authorization !== undefined ? refuseToken() : undefined;
}

/** Refuses a token from a page that may only read: the person there does not know who gets to use it. */
export const refuseToken = (): GraphQLError =>
  forbidden(
    'Expected no token: CORS_ORIGINS=* lets pages of other origins read without one. Name the origin there.',
  );

const forbidden = (message: string): GraphQLError =>
  refuse(message, { code: 'FORBIDDEN_ORIGIN' }, { status: 403 });
