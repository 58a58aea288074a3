import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnreadableFileError } from '../../files/errors.js';
import { publicAddresses } from '../../files/fetch/allowed-addresses.js';
import { FetchFailedError, RefusedAddressError } from '../../files/fetch/errors.js';
import { openAddress } from '../../files/fetch/open-address.js';
import { VERSION } from '../../version.js';

export interface DownloadLimits {
  /** Take files from private addresses too, such as those of the own network. Default: false. */
  readonly allowPrivate?: boolean | undefined;
  /** The largest file, in bytes. Default: 2 GB. */
  readonly maxBytes?: number | undefined;
  /** How long nothing may come, in milliseconds. Default: 30 s. */
  readonly idleTimeout?: number | undefined;
  /** How long the whole download may take, in milliseconds. Default: 1 hour. */
  readonly timeout?: number | undefined;
}

/**
 * Downloads a file from an http or https address.
 *
 * @throws {UnreadableFileError} For private addresses, error statuses, and more than the limits.
 */
export async function download(address: string, path: string, limits: DownloadLimits = {}): Promise<void> {
  const { timeout = 60 * 60 * 1_000, idleTimeout = 30_000, allowPrivate = false } = limits;
  const signal = AbortSignal.timeout(timeout);
  try {
    const { response, url } = await openAddress(address, {
      ...{ signal, idleTimeout, userAgent: `doctrine-wire/${VERSION}` },
      allowed: publicAddresses(allowPrivate, 'Allow it with --allow-private-addresses.'),
      headers: { accept: '*/*', 'accept-encoding': 'identity' },
    });
    if (response.statusCode !== 200) {
      response.destroy();
      throw new UnreadableFileError(`${url.href} answers with the status ${response.statusCode}.`);
    }
    await pipeline(response, limited(url, limits.maxBytes), createWriteStream(path, { flags: 'wx' }), {
      signal,
    });
  } catch (error) {
    if (error instanceof UnreadableFileError) throw error;
    if (error instanceof RefusedAddressError || (error instanceof FetchFailedError && !signal.aborted))
      throw new UnreadableFileError(error.message, { cause: error });
    const reason = signal.aborted ? `it takes longer than ${timeout / 1_000} s` : messageOf(error);
    throw new UnreadableFileError(`${address} cannot be downloaded: ${reason}.`, { cause: error });
  }
}

const messageOf = (error: unknown) =>
  (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');

function limited(url: URL, maxBytes = 2_000_000_000): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= maxBytes) done(null, chunk);
      else
        done(
          new UnreadableFileError(
            `${url.href} has more than ${maxBytes} bytes. Download it, and import the file.`,
          ),
        );
    },
  });
}
