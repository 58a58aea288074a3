import { extname } from 'node:path';
import type { ByteSource } from '../../files/lines.js';
import { parseUrl } from '../../parse-url.js';
import type { Format, Reading } from '../mapping/reading.js';
import type { Progress } from '../report/progress.js';
import { readCsv } from './csv.js';
import { type FoundFormat, formatOfContent } from './format.js';
import { readGeoJson } from './geo-json.js';
import { readJson, readNdjson } from './json.js';
import { readJsonRows } from './json-document.js';
import { type LocalFile, openBytes } from './local-file.js';
import type { Row } from './row.js';
import type * as xlsx from './xlsx.js';

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
 * Opens a file and chooses its reader: the mapping's format, the one that its name ends in, before `.gz`, or the one that
 * its content shows.
 *
 * @throws {UnreadableFileError} If it does not exist, is not a regular file, or has no known format.
 */
export async function openRows(file: string | LocalFile, reading: Partial<Reading>): Promise<RowFile> {
  const local = typeof file === 'string' ? { path: file, name: file } : file;
  const stored = await openBytes(local, undefined);
  const source = reading.encoding === undefined ? stored : await openBytes(local, reading.encoding);
  const { format, delimiter = reading.delimiter } = await findFormat(stored, reading);
  const read = (onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Row> => {
    switch (format) {
      case 'csv':
        return readCsv(source, onChunk, { ...reading, delimiter });
      case 'xlsx':
        return readSheet(stored, onChunk, reading);
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

/** Loads the reader when it is needed: it has some seventy modules. */
async function* readSheet(...of: Parameters<typeof xlsx.readXlsx>): AsyncGenerator<Row> {
  const { readXlsx } = await import('./xlsx.js');
  yield* readXlsx(...of);
}

async function findFormat(stored: ByteSource, reading: Partial<Reading>): Promise<FoundFormat> {
  const extension = extensionOf(stored.name);
  const format = reading.format ?? FORMATS[extension];
  if (!format) return formatOfContent(stored, reading);
  return { format, delimiter: reading.delimiter ?? (extension === '.tsv' ? '\t' : undefined) };
}

/** Returns what a name or an address ends in, in small letters. */
function extensionOf(name: string): string {
  const path = parseUrl(name)?.pathname ?? name;
  return extname(path.toLowerCase().replace(/\.gz$/, ''));
}
