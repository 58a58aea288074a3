import { readSheet, SheetNotFoundError } from 'read-excel-file/node';
import { MalformedFileError, UnreadableFileError } from '../../files/errors.js';
import type { ByteSource } from '../../files/lines.js';
import type { TableFormat } from './csv.js';
import { type Row, rowOf } from './row.js';
import { packZip, unpackZip } from './zip.js';

/** The largest spreadsheet that is read, in bytes. It is in memory as a whole. */
const MAX_SIZE = 64 * 1024 * 1024;
/** The most bytes of its unpacked sheets and texts. */
const MAX_UNPACKED = 128 * 1024 * 1024;

/**
 * Reads a sheet of an .xlsx file. Its first row names the columns. Numbers are texts as in CSV. A date is `2024-05-01`, with
 * a time of day `2024-05-01T18:30:00`, and a time alone is `18:30:00`. A row's line is its number in the sheet.
 *
 * @param sheet Its name, or its number from 1. Default: the first one.
 * @throws {UnreadableFileError} If it is no spreadsheet, or has no such sheet.
 * @throws {MalformedFileError} If its first row is empty, or names two columns alike.
 */
export async function* readXlsx(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  { sheet = 1, skipLines = 0, header }: TableFormat & { readonly sheet?: string | number | undefined },
): AsyncGenerator<Row> {
  const { name } = source;
  const cells = await readCells(source, onChunk, sheet);
  const columns = header ?? columnsOf(name, skipLines + 1, cells[skipLines] ?? []);
  const first = skipLines + (header ? 0 : 1);
  for (const [index, row] of cells.slice(first).entries()) {
    const texts = row.map(textOf);
    if (texts.every((text) => text === '')) continue;
    const values = columns.flatMap((column, at): [string, string][] =>
      column === '' ? [] : [[column, texts[at] ?? '']],
    );
    yield rowOf(name, first + index + 1, Object.fromEntries(values));
  }
}

async function readCells(
  { name, chunks: chunksOf }: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  sheet: string | number,
): Promise<readonly (readonly unknown[])[]> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(onChunk)) {
    size += chunk.length;
    if (size > MAX_SIZE) {
      throw new UnreadableFileError(
        `${name}: expected a spreadsheet of at most ${MAX_SIZE} bytes. Save it as CSV.`,
      );
    }
    chunks.push(chunk);
  }
  try {
    // The library unpacks whatever an archive holds, so it gets the files unpacked, within the limit.
    const files = unpackZip(Buffer.concat(chunks), (entry) => /\.(xml|rels)$/.test(entry), MAX_UNPACKED);
    return await readSheet(packZip(files), sheet);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    if (error instanceof SheetNotFoundError)
      throw new UnreadableFileError(`${name}: ${reason}.`, { cause: error });
    throw new UnreadableFileError(`${name} is no .xlsx spreadsheet that can be read: ${reason}.`, {
      cause: error,
    });
  }
}

function columnsOf(name: string, line: number, cells: readonly unknown[]): string[] {
  const columns = cells.map((cell) => textOf(cell).trim());
  const repeated = columns.find((column, index) => column !== '' && columns.indexOf(column) !== index);
  if (repeated !== undefined) {
    throw new MalformedFileError(name, line, `Two columns are named ${JSON.stringify(repeated)}.`);
  }
  if (columns.every((column) => column === '')) {
    const advice = 'Say `skipLines:` or `header:` in the mapping.';
    throw new MalformedFileError(name, line, `Expected the names of the columns in this row. ${advice}`);
  }
  return columns;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dateOf(cell);
  return String(cell);
}

const A_DAY = 24 * 60 * 60 * 1_000;
/** A time of day without a date is on one of the first days of the calendar of spreadsheets. */
const FIRST_DATE = Date.UTC(1900, 0, 2);

function dateOf(cell: Date): string {
  // Fractions of a day are rounded to a whole second.
  const time = Math.round(cell.getTime() / 1_000) * 1_000;
  const [day = '', clock = ''] = new Date(time).toISOString().slice(0, 19).split('T');
  if (time < FIRST_DATE && time % A_DAY !== 0) return clock;
  return time % A_DAY === 0 ? day : `${day}T${clock}`;
}
