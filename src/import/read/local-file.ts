import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import { UnreadableFileError, unreadable } from '../../files/errors.js';
import { type ByteSource, readChunks } from '../../files/lines.js';

/** A file on this machine that can be read as often as needed. */
export interface LocalFile {
  readonly path: string;
  /** Its name in messages: the path, the address that it comes from, or `standard input`. */
  readonly name: string;
}

/**
 * Opens a file as UTF-8: unpacks it if its bytes are those of gzip, and decodes it.
 *
 * @throws {UnreadableFileError}
 */
export async function openBytes(
  { path, name }: LocalFile,
  encoding: string | undefined,
): Promise<ByteSource & { readonly bytes: number }> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new UnreadableFileError(`${name} is not a regular file.`);
  const isPacked = await isGzip(path).catch((error: unknown) => {
    throw unreadable(name, error);
  });
  return {
    name,
    bytes: found.size,
    async *chunks(onChunk) {
      const stored = isPacked ? unpacked(path, name, onChunk) : told(path, name, onChunk);
      yield* encoding === undefined ? stored : decoded(stored, encoding);
    },
  };
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE(0) === 0x1f8b;
  } finally {
    await file.close();
  }
}

async function* told(
  path: string,
  name: string,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Buffer> {
  for await (const chunk of readChunks(path, name)) {
    onChunk(chunk);
    yield chunk;
  }
}

async function* unpacked(
  path: string,
  name: string,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Buffer> {
  const stored = createReadStream(path, { highWaterMark: 256 * 1024 });
  const gunzip = createGunzip();
  stored.on('data', (chunk) => onChunk(chunk as Buffer));
  stored.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const chunk of stored.pipe(gunzip)) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(name, error);
  } finally {
    stored.destroy();
    gunzip.destroy();
  }
}

async function* decoded(stored: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of stored) {
    const text = decoder.write(chunk);
    if (text !== '') yield Buffer.from(text);
  }
  const rest = decoder.end();
  if (rest) yield Buffer.from(rest);
}

/** Returns whether an encoding is known. */
export const isEncoding = (name: string): boolean => iconv.encodingExists(name);
