import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { UnreadableFileError, unreadable } from '../../files/errors.js';
import type { Format } from '../mapping/mapping.js';
import type { Progress } from '../report/progress.js';
import { readCsv } from './csv.js';
import { readJson, readNdjson } from './json.js';
import type { Row } from './row.js';

/** A file that can be read as often as needed. */
export interface RowFile {
  readonly path: string;
  readonly bytes: number;
  /** True if every row has the same named columns. */
  readonly hasColumns: boolean;
  /** Reads the rows in their order, one at a time, so memory does not grow with the file. */
  rows(onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Row>;
}

const FORMATS: Readonly<Record<string, Format>> = {
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
};

/** Reads the rows of the files with their numbers from 0. The numbers go on from file to file. */
export async function* numberedRows(
  { files, progress }: { readonly files: readonly RowFile[]; readonly progress: Progress },
  onChunk: (chunk: Uint8Array) => void = () => {},
): AsyncGenerator<{ readonly row: Row; readonly number: number; readonly file: RowFile }> {
  let number = 0;
  for (const file of files) {
    const rows = file.rows((chunk) => {
      onChunk(chunk);
      progress.bytes(chunk.length);
    });
    for await (const row of rows) {
      yield { row, number, file };
      number += 1;
    }
  }
}

/**
 * Opens a file and chooses its reader: the mapping's format, or the one that its name ends in.
 *
 * @throws {UnreadableFileError} If it does not exist, is not a regular file, or has no known format.
 */
export async function openRows(
  path: string,
  { format, delimiter }: { format?: Format | undefined; delimiter?: string | undefined },
): Promise<RowFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  // It is read twice, so a pipe will not do.
  if (!found.isFile()) throw new UnreadableFileError(`${path} is not a regular file.`);
  const chosen = format ?? FORMATS[extname(path).toLowerCase()];
  if (!chosen) {
    throw new UnreadableFileError(
      `${path}: expected a name that ends in ${Object.keys(FORMATS).join(', ')}, or \`format:\` in the mapping.`,
    );
  }
  const read = { json: readJson, ndjson: readNdjson, csv: readCsv }[chosen];
  return {
    path,
    bytes: found.size,
    hasColumns: chosen === 'csv',
    rows: (onChunk) => read(path, onChunk, delimiter),
  };
}
