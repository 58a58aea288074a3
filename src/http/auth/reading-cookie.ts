import type { IncomingMessage } from 'node:http';
import { parseUrl } from '../../parse-url.js';
import type { Identity } from './identity.js';

/** The cookie by which a browser without a script of ours reads, where reading needs a token. It holds the token. */
export interface ReadingCookie {
  /** Returns the `Authorization` that a request has by its cookie, if it comes from this server's own pages or a link. */
  authorizationIn(request: IncomingMessage): string | undefined;
  /** Returns the `Set-Cookie` that keeps a token until the browser closes. */
  keep(token: string): string;
  /** Returns the `Set-Cookie` that removes it. */
  remove(): string;
}

/** Browsers take no cookie over 4,096 bytes. */
export const MAX_COOKIE_TOKEN = 3_500;

/** @param publicUrl With https, the cookie is bound to it: `__Host-` and `Secure`. */
export function createReadingCookie(publicUrl: string | undefined): ReadingCookie {
  const isSecure = publicUrl?.startsWith('https:') ?? false;
  const name = isSecure ? '__Host-doctrine-wire' : 'doctrine-wire';
  // Lax, not Strict: a link from another site leads to the page, not to the question for a token.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  return {
    authorizationIn: (request) => {
      const token = isOwn(request) ? cookieIn(name, request.headers.cookie) : undefined;
      return token && `Bearer ${token}`;
    },
    keep: (token) => `${name}=${encodeURIComponent(token)}; ${attributes}`,
    remove: () => `${name}=; Max-Age=0; ${attributes}`,
  };
}

/** Limits an identity that comes from a cookie to reading: a browser sends cookies without being asked. */
export const asReader = ({ viewer, grant }: Identity): Identity => ({
  viewer: { ...viewer, role: 'READER' },
  ...(grant && { grant: { ...grant, isReadOnly: true } }),
});

/**
 * Returns whether a page of this very origin sends a request, or a reader opens it. Cookies go to all ports of a host, and
 * `SameSite` takes no account of ports and subdomains either.
 */
function isOwn(request: IncomingMessage): boolean {
  const { 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = request.headers;
  return isSameOrigin(request) || (request.method === 'GET' && mode === 'navigate' && dest === 'document');
}

/** Returns whether a request comes from a page of this origin, or from no page. */
export function isSameOrigin({ headers }: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers;
  if (origin !== undefined) return host !== undefined && parseUrl(origin)?.host === host;
  return site === undefined || site === 'same-origin' || site === 'none';
}

function cookieIn(name: string, cookies: string | undefined): string | undefined {
  const pair = cookies?.split(';').find((one) => one.trimStart().startsWith(`${name}=`));
  if (pair === undefined) return undefined;
  try {
    return decodeURIComponent(pair.trim().slice(name.length + 1)) || undefined;
  } catch {
    return undefined;
  }
}
