import { extname } from 'node:path';
import { UnreadableFileError } from '../../files/errors.js';
import { parseUrl } from '../../parse-url.js';
import type { Format, Reading } from '../mapping/reading.js';
import type { Progress } from '../report/progress.js';
import { readCsv } from './csv.js';
import { readGeoJson } from './geo-json.js';
import { readJson, readNdjson } from './json.js';
import { readJsonRows } from './json-document.js';
import { type LocalFile, openBytes } from './local-file.js';
import type { Row } from './row.js';
import { readXlsx } from './xlsx.js';

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
  '.tsv': 'csv',
  '.geojson': 'geojson',
  '.xlsx': 'xlsx',
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
      yield { row: { ...row, number: number + 1 }, number, file };
      number += 1;
    }
  }
}

/**
 * Opens a file and chooses its reader: the mapping's format, or the one that its name ends in, before `.gz`.
 *
 * @throws {UnreadableFileError} If it does not exist, is not a regular file, or has no known format.
 */
export async function openRows(file: string | LocalFile, reading: Partial<Reading>): Promise<RowFile> {
  const local = typeof file === 'string' ? { path: file, name: file } : file;
  const source = await openBytes(local, reading.encoding);
  const extension = extensionOf(local.name);
  const format = reading.format ?? FORMATS[extension];
  if (!format) {
    throw new UnreadableFileError(
      `${local.name}: expected a name that ends in ${Object.keys(FORMATS).join(', ')}, or \`format:\` in the mapping.`,
    );
  }
  const delimiter = reading.delimiter ?? (extension === '.tsv' ? '\t' : undefined);
  const read = (onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Row> => {
    switch (format) {
      case 'csv':
        return readCsv(source, onChunk, { ...reading, delimiter });
      case 'xlsx':
        return readXlsx(local, onChunk, reading);
      case 'ndjson':
        return readNdjson(source, onChunk);
      case 'geojson':
        return readGeoJson(source, onChunk, reading.rows);
      case 'json':
        return reading.rows ? readJsonRows(source, onChunk, reading.rows) : readJson(source, onChunk);
    }
  };
  const hasColumns = format === 'csv' || format === 'xlsx';
  return { path: local.name, bytes: source.bytes, hasColumns, rows: read };
}

/** Returns what a name or an address ends in, in small letters. */
function extensionOf(name: string): string {
  const path = parseUrl(name)?.pathname ?? name;
  return extname(path.toLowerCase().replace(/\.gz$/, ''));
}
