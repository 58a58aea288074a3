import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { type ForeignText, readForeign } from './encodings.js';
import { MalformedFileError, unreadable } from './errors.js';

/** A line of a file with its line end, or a part of a long line. */
export interface LinePart {
  /** Without a byte order mark; with replacement characters where the bytes are not UTF-8. */
  readonly text: string;
  /** The number of the line, from 1. */
  readonly line: number;
  /** What the part may be, if it is not UTF-8. */
  readonly foreign?: ForeignText | undefined;
  /** True if the line ends with this part. */
  readonly isEnd: boolean;
}

/** A file, or what stands for one. */
export interface ByteSource {
  /** Its name in messages. */
  readonly name: string;
  /** Reads its text as UTF-8. `onChunk` receives the bytes as they are stored. */
  chunks(onChunk: (chunk: Uint8Array) => void): AsyncIterable<Buffer>;
}

/** The maximum length of a row in characters. */
export const MAX_ROW_LENGTH = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Reads a file chunk by chunk, in parts that do not cross the end of a line.
 *
 * @param onChunk Receives the bytes as they are read.
 * @param ends With `all`, a carriage return without a line feed ends a line too.
 * @throws {MalformedFileError} For UTF-16.
 * @throws {UnreadableFileError}
 */
export async function* readLines(
  source: string | ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  ends: 'line feeds' | 'all' = 'line feeds',
): AsyncGenerator<LinePart> {
  const findEnd =
    ends === 'all' ? createFindEnd() : (bytes: Buffer, from: number) => bytes.indexOf(LINE_FEED, from);
  const decode = createDecoder();
  const { name, chunks } = typeof source === 'string' ? fileSource(source) : source;
  let line = 1;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks(onChunk)) {
    if (line === 1 && rest.length === 0) refuseUtf16(name, chunk);
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    // The next chunk tells whether a line feed follows the carriage return.
    const isOpen = ends === 'all' && bytes.at(-1) === CARRIAGE_RETURN;
    const known = isOpen ? bytes.length - 1 : bytes.length;
    rest = bytes.subarray(known);
    for (let start = 0; start < known; ) {
      const end = findEnd(bytes, start);
      const isEnd = end !== -1 && end < known;
      const part = bytes.subarray(start, isEnd ? end + 1 : known);
      yield { ...decode(part, isEnd), line, isEnd };
      if (isEnd) line += 1;
      start += part.length;
    }
  }
  if (rest.length > 0) yield { ...decode(rest, true), line, isEnd: true };
}

/** Finds the last byte of the line at a position. Positions must grow, chunk by chunk. */
function createFindEnd(): (bytes: Buffer, from: number) => number {
  let known: Buffer | undefined;
  let feed = -1;
  let carriage = -1;
  const next = (bytes: Buffer, byte: number, from: number) => {
    const at = bytes.indexOf(byte, from);
    return at === -1 ? Number.POSITIVE_INFINITY : at;
  };
  return (bytes, from) => {
    if (bytes !== known || feed < from) feed = next(bytes, LINE_FEED, from);
    if (bytes !== known || carriage < from) carriage = next(bytes, CARRIAGE_RETURN, from);
    known = bytes;
    if (feed === Number.POSITIVE_INFINITY && carriage === Number.POSITIVE_INFINITY) return -1;
    return feed <= carriage + 1 ? feed : carriage;
  };
}

/** Decodes the parts of one file in their order, because chunks may cut a character in two. */
function createDecoder(): (bytes: Buffer, isEnd: boolean) => Pick<LinePart, 'text' | 'foreign'> {
  const decoder = new TextDecoder('utf-8');
  let isFirst = true;
  let cut: Buffer = Buffer.alloc(0);
  return (bytes, isEnd) => {
    const whole = cut.length > 0 ? Buffer.concat([cut, bytes]) : bytes;
    const end = isEnd ? whole.length : wholeCharacters(whole);
    cut = whole.subarray(end);
    const known = whole.subarray(0, end);
    if (isUtf8(known)) {
      const text = isFirst ? decoder.decode(known) : known.toString('utf8');
      isFirst = isFirst && known.length === 0;
      return { text };
    }
    isFirst = false;
    return { text: known.toString('utf8'), foreign: readForeign(known) };
  };
}

/** Returns where a last, incomplete character begins, or the end. */
function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue; // The middle of a character.
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function refuseUtf16(file: string, chunk: Buffer): void {
  const mark = chunk.subarray(0, 2).toString('hex');
  if (mark !== 'feff' && mark !== 'fffe') return;
  throw new MalformedFileError(
    file,
    1,
    'The file is UTF-16. Save it as UTF-8, or say `encoding: utf-16` in the mapping.',
  );
}

/** A file of UTF-8. */
export const fileSource = (path: string, name = path): ByteSource => ({
  name,
  async *chunks(onChunk) {
    for await (const chunk of readChunks(path, name)) {
      onChunk(chunk);
      yield chunk;
    }
  },
});

/** Reads a file as it is stored. @throws {UnreadableFileError} */
export async function* readChunks(path: string, name = path): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(name, error);
  }
}
