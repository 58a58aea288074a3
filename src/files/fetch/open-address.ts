import { lookup } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { AllowedAddresses } from './allowed-addresses.js';
import { FetchFailedError, RefusedAddressError } from './errors.js';

export interface OpenOptions {
  readonly allowed: AllowedAddresses;
  /** An honest name, so that the operator of a site can tell who asks. */
  readonly userAgent: string;
  readonly headers: Readonly<Record<string, string>>;
  /** How long nothing may come, in milliseconds. */
  readonly idleTimeout: number;
  /** Ends the request, its look-ups and its redirects. */
  readonly signal: AbortSignal;
  /** Called before each request, also before those of redirects. Its error ends the fetch. */
  readonly before?: ((url: URL) => Promise<void>) | undefined;
  /** Finds the addresses of a host name. Default: the system's resolver. */
  readonly resolve?: Resolve | undefined;
}

export type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

export interface OpenedAddress {
  readonly response: IncomingMessage;
  /** The address that answered, after redirects. */
  readonly url: URL;
  /** Whether all redirects on the way say that the address has changed for good. */
  readonly hasMoved: boolean;
}

const MAX_REDIRECTS = 5;
const MAX_HEADERS = 16 * 1024;
const MAX_URL = 4_096;

/**
 * Sends a GET and follows redirects. Destroy the response, or read it to its end.
 *
 * Each address, that of every redirect too, is resolved once, checked, and connected to as it was checked, so that a name
 * cannot lead to a private address later.
 *
 * @throws {RefusedAddressError} For an address that may not be fetched.
 * @throws {FetchFailedError} If nobody answers.
 */
export async function openAddress(address: string, options: OpenOptions): Promise<OpenedAddress> {
  let url = parseAddress(address);
  let hasMoved = true;
  for (let redirects = 0; ; redirects += 1) {
    const response = await open(url, options);
    const { statusCode = 0, headers } = response;
    if (statusCode === 304 || statusCode < 300 || statusCode >= 400 || headers.location === undefined)
      return { response, url, hasMoved: hasMoved && redirects > 0 };
    response.destroy();
    if (redirects === MAX_REDIRECTS)
      throw new FetchFailedError(`${address} redirects more than ${MAX_REDIRECTS} times.`);
    hasMoved &&= statusCode === 301 || statusCode === 308;
    url = parseAddress(headers.location, url);
  }
}

/** @throws {RefusedAddressError} If the text is no http or https address, or has a user name or a password. */
function parseAddress(text: string, base?: URL): URL {
  if (text.length > MAX_URL)
    throw new RefusedAddressError(
      `Expected an address of at most ${MAX_URL} characters; got ${text.length}.`,
    );
  if (!URL.canParse(text, base))
    throw new RefusedAddressError(`Expected an address; got ${JSON.stringify(text)}.`);
  const url = new URL(text, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new RefusedAddressError(`Expected an http or https address; got ${url.href}.`);
  if (url.username !== '' || url.password !== '')
    throw new RefusedAddressError(`Expected an address without a user name and a password: ${url.host}.`);
  url.hash = '';
  return url;
}

async function open(url: URL, options: OpenOptions): Promise<IncomingMessage> {
  const { userAgent, headers, idleTimeout, signal } = options;
  try {
    const pinned = await resolvePinned(url, options);
    await options.before?.(url);
    signal.throwIfAborted();
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    return await new Promise((resolved, rejected) => {
      const request = send(url, {
        ...{ lookup: pinned, agent: false, signal, timeout: idleTimeout, maxHeaderSize: MAX_HEADERS },
        headers: { 'user-agent': userAgent, ...headers },
      });
      const silent = new Error(`nothing came for ${idleTimeout / 1_000} s`);
      let response: IncomingMessage | undefined;
      request.on('timeout', () => (response ?? request).destroy(silent));
      request.on('response', (first) => {
        response = first;
        resolved(first);
      });
      request.on('error', rejected).end();
    });
  } catch (error) {
    throw failed(url, error, signal);
  }
}

/** Returns the error as one that says in words why an address was not fetched. */
export function failed(url: URL, error: unknown, signal: AbortSignal): Error {
  if (error instanceof RefusedAddressError || error instanceof FetchFailedError) return error;
  const cause = signal.aborted ? signal.reason : error;
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  const reason = isLate ? 'it takes too long' : reasonOf(cause);
  return new FetchFailedError(`${url.href} cannot be fetched: ${reason}.`, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its host name is unknown',
  EAI_AGAIN: 'its host name cannot be looked up at present',
  ECONNREFUSED: 'nothing listens at its host and port',
  ECONNRESET: 'its server closed the connection',
  ERR_STREAM_PREMATURE_CLOSE: 'its server closed the connection',
  HPE_HEADER_OVERFLOW: `its headers have more than ${MAX_HEADERS} bytes`,
  Z_DATA_ERROR: 'its compression is damaged',
  Z_BUF_ERROR: 'its compression is damaged',
};

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
  return reason ?? error.message.replace(/\.$/, '');
}

const resolveBySystem: Resolve = (host) => lookup(host, { all: true });

/** Resolves a host once, and checks each of its addresses. The connection uses this answer. */
async function resolvePinned(url: URL, options: OpenOptions): Promise<LookupFunction> {
  const { allowed, signal, resolve = resolveBySystem } = options;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await unlessAborted(resolve(host), signal);
  const refused = found.find(({ address }) => !allowed.isAllowed(host, address, port));
  if (refused || found.length === 0) {
    throw new RefusedAddressError(
      `${url.href} leads to the private address ${refused?.address}. ${allowed.hint}`,
    );
  }
  return (_, lookUp, callback) => {
    const [first] = found;
    if (lookUp.all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  };
}

/** The system's resolver cannot be interrupted. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    if (signal.aborted) abort();
  });
}
