import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type Duplex, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { AllowedAddresses } from './allowed-addresses.js';
import { FetchFailedError } from './errors.js';
import { failed, openAddress, type Resolve } from './open-address.js';

export interface FetchOptions {
  readonly allowed: AllowedAddresses;
  readonly userAgent: string;
  /** The largest body after decompression, in bytes. */
  readonly maxBytes: number;
  /** How long the whole fetch may take with its redirects, in milliseconds. */
  readonly timeout: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Called before each request, also before those of redirects. Its error ends the fetch. */
  readonly before?: ((url: URL) => Promise<void>) | undefined;
  readonly resolve?: Resolve | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Fetched {
  readonly status: number;
  /** The address that answered, after redirects. */
  readonly url: URL;
  readonly hasMoved: boolean;
  readonly headers: IncomingHttpHeaders;
  /** Empty for statuses other than 200. */
  readonly body: Buffer;
}

/** How long nothing may come, in milliseconds. */
const IDLE_TIMEOUT = 15_000;

/**
 * Fetches an address from outside into memory. Whatever it leads to, the result is bounded in size and time, and no private
 * address is contacted.
 *
 * @returns The answer, whatever its status.
 * @throws {RefusedAddressError} For an address that may not be fetched.
 * @throws {FetchFailedError} If nobody answers, or the answer is too large, too slow or damaged.
 */
export async function fetchAddress(address: string, options: FetchOptions): Promise<Fetched> {
  const { allowed, userAgent, maxBytes, timeout, headers = {}, before, resolve } = options;
  const limit = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([limit, options.signal]) : limit;
  const { response, url, hasMoved } = await openAddress(address, {
    ...{ allowed, userAgent, signal, before, resolve, idleTimeout: Math.min(IDLE_TIMEOUT, timeout) },
    headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
  });
  const status = response.statusCode ?? 0;
  const answer = { status, url, hasMoved, headers: response.headers };
  if (status !== 200) {
    response.destroy();
    return { ...answer, body: Buffer.alloc(0) };
  }
  try {
    return { ...answer, body: await readBody(response, url, maxBytes, signal) };
  } catch (error) {
    response.destroy();
    throw failed(url, error, signal);
  }
}

async function readBody(
  response: IncomingMessage,
  url: URL,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Buffer> {
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(url, maxBytes);
  const decoder = decoderOf(response.headers['content-encoding'], url);
  const body = limited(url, maxBytes);
  const [bytes] = await Promise.all([
    buffer(body),
    decoder
      ? pipeline(response, limited(url, maxBytes), decoder, body, { signal })
      : pipeline(response, body, { signal }),
  ]);
  return bytes;
}

function decoderOf(encoding: string | undefined, url: URL): Duplex | null {
  switch (encoding?.trim().toLowerCase() || 'identity') {
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new FetchFailedError(
        `${url.href} cannot be fetched: its encoding ${JSON.stringify(encoding)} is unknown.`,
      );
  }
}

function limited(url: URL, maxBytes: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= maxBytes) done(null, chunk);
      else done(tooLarge(url, maxBytes));
    },
  });
}

const tooLarge = (url: URL, maxBytes: number) =>
  new FetchFailedError(`${url.href} has more than ${maxBytes} bytes, unpacked.`);
