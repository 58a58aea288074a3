import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type DownloadLimits, download } from './download.js';
import type { LocalFile } from './local-file.js';

/** Files on this machine, some of them copies that disposing deletes. */
export interface Inputs extends AsyncDisposable {
  readonly files: readonly LocalFile[];
}

/** The name of standard input in messages. */
export const STANDARD_INPUT = 'standard input';

/**
 * Copies what can be read only once: standard input (`-`) and the files at http and https addresses. An import reads its
 * files twice.
 *
 * @throws {UnreadableFileError}
 */
export async function openInputs(
  names: readonly string[],
  input: Readable,
  limits: DownloadLimits = {},
): Promise<Inputs> {
  let directory: string | undefined;
  const dispose = async () => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  };
  try {
    const files: LocalFile[] = [];
    for (const [index, name] of names.entries()) {
      const isAddress = /^https?:\/\//i.test(name);
      if (name !== '-' && !isAddress) {
        files.push({ path: name, name });
        continue;
      }
      directory ??= await mkdtemp(join(tmpdir(), 'doctrine-wire-import-'));
      const path = join(directory, String(index));
      if (isAddress) await download(name, path, limits);
      else await pipeline(input, createWriteStream(path, { flags: 'wx' }));
      files.push({ path, name: isAddress ? name : STANDARD_INPUT });
    }
    return { files, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
