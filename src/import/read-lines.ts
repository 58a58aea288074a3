import { createReadStream } from 'node:fs';
import { MalformedFileError, UnreadableFileError } from './errors.js';

/** A line of a file with its line feed, or a part of one that is too long to come at once. */
export interface LinePart {
  readonly bytes: Buffer;
  /** The same as text, without a byte order mark. */
  readonly text: string;
  /** Counts line feeds, from 1. */
  readonly line: number;
}

/** The most characters that one row may have. */
export const MAX_ROW_LENGTH = 16 * 1024 * 1024;

const LINE_FEED = 0x0a;

/**
 * Reads a file a chunk at a time, in parts that never go beyond the end of a line.
 *
 * @param onChunk Is told what was read, as it is.
 * @throws {MalformedFileError} At the line that is not UTF-8.
 * @throws {UnreadableFileError}
 */
export async function* readLines(
  file: string,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<LinePart> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  const decode = (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new MalformedFileError(file, line, 'Expected UTF-8 text. Save the file as UTF-8.');
    }
  };
  for await (const chunk of chunksOf(file)) {
    onChunk(chunk);
    for (let start = 0; start < chunk.length; ) {
      const feed = chunk.indexOf(LINE_FEED, start);
      const end = feed === -1 ? chunk.length : feed + 1;
      const bytes = chunk.subarray(start, end);
      yield { bytes, text: decode(bytes), line };
      if (feed !== -1) line += 1;
      start = end;
    }
  }
  decode();
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) yield chunk as Buffer;
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The error of the operating system in words. */
export function unreadable(file: string, error: unknown): UnreadableFileError {
  const reason = error instanceof Error ? error.message.replace(/,.*$/, '') : String(error);
  return new UnreadableFileError(`${file} cannot be read: ${reason}.`, { cause: error });
}
