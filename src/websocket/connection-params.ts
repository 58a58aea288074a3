import { IdentityRefusedError } from '../http/auth/identity.js';

/** The payload of `connection_init`. */
export type ConnectionParams = Readonly<Record<string, unknown>>;

/** Names of credentials: `accessToken`, `x-api-key`, `password`; not `author`. */
const CREDENTIAL_NAME =
  /auth(?!or(?!i))|token|secret|passw|credential|api[-_]?key|access[-_]?key|jwt|bearer|cookie|session/i;
/** CSRF tokens identify nobody. Some front ends send them with each request. */
const HARMLESS_NAME = /csrf|xsrf/i;
/** A scheme of HTTP authentication, a token of this server, or a JWT. */
const CREDENTIAL_VALUE = /^(bearer|basic|digest|token|apikey) +\S|^dw_|^eyJ[\w-]+\.[\w-]+\.[\w-]*$/i;

/** How deep objects are searched for credentials. */
const MAX_DEPTH = 4;
const MAX_NAME = 30;

/**
 * Returns the token in connectionParams as the value of an `Authorization` header. It is read from `authorization` and
 * `headers.authorization`, in any case, and without `Bearer` from `authToken`.
 *
 * @returns Undefined without a token. The client is anonymous then.
 * @throws {IdentityRefusedError} For tokens that differ, and for what looks like a credential in another place: the
 *   client would be anonymous without knowing it.
 */
export function authorizationIn(params: ConnectionParams | undefined): string | undefined {
  const found = new Set<string>();
  for (const [name, value] of Object.entries(params ?? {})) {
    const lower = name.toLowerCase();
    if (value == null) continue;
    if (lower === 'authorization') found.add(textOf(value));
    else if (lower === 'authtoken') found.add(withScheme(textOf(value)));
    else if (lower === 'headers' && isObject(value)) readHeaders(value, found);
    else refuseCredential(name, value, 1);
  }
  if (found.size > 1) throw refusal('Expected one token in connectionParams; got several that differ.');
  const [authorization] = found;
  return authorization;
}

function readHeaders(headers: object, found: Set<string>): void {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() !== 'authorization') refuseCredential(name, value, 2);
    else if (value != null) found.add(textOf(value));
  }
}

function refuseCredential(name: string, value: unknown, depth: number): void {
  if (isObject(value)) {
    if (depth === MAX_DEPTH) return;
    for (const [inner, one] of Object.entries(value)) refuseCredential(inner, one, depth + 1);
  } else if (isCredential(name, value)) {
    const shown = JSON.stringify(name.slice(0, MAX_NAME));
    throw refusal(`Expected the token as "authorization" in connectionParams; got ${shown}.`);
  }
}

function isCredential(name: string, value: unknown): boolean {
  if (typeof value === 'number') return CREDENTIAL_NAME.test(name) && !HARMLESS_NAME.test(name);
  if (typeof value !== 'string' || value === '') return false;
  return (CREDENTIAL_NAME.test(name) && !HARMLESS_NAME.test(name)) || CREDENTIAL_VALUE.test(value);
}

/** Anything but a text becomes an empty one, which is refused like a malformed token. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const withScheme = (token: string): string =>
  token === '' || /^bearer /i.test(token) ? token : `Bearer ${token}`;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const refusal = (message: string) => new IdentityRefusedError('UNAUTHENTICATED', message);
