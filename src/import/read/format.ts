import iconv from 'iconv-lite';
import { MalformedFileError, UnreadableFileError } from '../../files/errors.js';
import type { ByteSource } from '../../files/lines.js';
import type { Format, Reading } from '../mapping/reading.js';
import { tokenizer } from './json.js';

/** How to read a file, as its content shows. */
export interface FoundFormat {
  readonly format: Format;
  /** A tab, if the content is a TSV. */
  readonly delimiter?: string | undefined;
}

/** How many bytes of a file tell its format. */
const PEEK = 64 * 1024;

/**
 * Tells the format of a file whose name does not, from the mapping's other keys and the first bytes of its content.
 *
 * @param source The file without gzip, as it is stored: not decoded.
 * @throws {UnreadableFileError} If the content is of no known format. Says what it seems to be, and what to do.
 */
export async function formatOfContent(source: ByteSource, reading: Partial<Reading>): Promise<FoundFormat> {
  const { name } = source;
  const bytes = await firstBytes(source);
  if (bytes.length === 0) throw unknown(name, 'is empty', 'Check the program that writes it.');
  refuseForeign(name, bytes);
  if (isZip(bytes) || reading.sheet !== undefined) return { format: 'xlsx' };
  // The reader asks for `encoding:`.
  if (isUtf16(bytes) && reading.encoding === undefined) return { format: 'csv' };
  const text = textOf(bytes, reading.encoding);
  if (text.includes('\u0000')) {
    throw unknown(name, 'is binary data', 'Convert it to one of them first.');
  }
  const start = text.trimStart();
  if (start.startsWith('{"doctrineWire":')) {
    throw new UnreadableFileError(
      `${name} is an export of a record, which needs no mapping: import it without --map.`,
    );
  }
  if (/^[{[]/.test(start)) return { format: jsonFormat(name, start, reading) };
  if (reading.rows) return { format: 'json' };
  return tableFormat(name, text, reading);
}

const THROUGH = '| npx doctrine-wire import -';
const UNPACK = 'Unpack it, and import a file of it.';

/** Formats that are not read, by bytes at their beginning, in hexadecimal. */
const FOREIGN: readonly (readonly [magic: string, what: string, advice: string])[] = [
  ['1f8b', 'gzipped twice', `Unpack it once: gzip -dc FILE ${THROUGH}`],
  ['425a68', 'packed by bzip2', `Unpack it first: bzip2 -dc FILE ${THROUGH}`],
  ['fd377a585a00', 'packed by xz', `Unpack it first: xz -dc FILE ${THROUGH}`],
  ['28b52ffd', 'packed by zstd', `Unpack it first: zstd -dc FILE ${THROUGH}`],
  ['377abcaf', 'a 7z archive', UNPACK],
  ['d0cf11e0', 'a spreadsheet or document of an old Office', 'Save it as .xlsx or CSV.'],
  ['255044462d', 'a PDF', 'Import the table that it was made from.'],
  ['53514c69746520666f726d6174', 'an SQLite database', 'Export a table of it as CSV.'],
  ['50415231', 'a Parquet file', 'Convert it to CSV or NDJSON.'],
];

/** Where a tar archive has its magic word. */
const TAR = 257;

const isZip = (bytes: Buffer) => bytes.readUInt32BE(0) === 0x504b0304;
/** The name of the first file in an archive that is an .xlsx. */
const OFFICE = /^(?:\[Content_Types\]|_rels\/|xl\/|docProps\/|customXml\/)/;

const MARKUP = /^(?:\uFEFF)?\s*<(?:!doctype|html|\?xml|\w+[\s>])/i;

function refuseForeign(name: string, bytes: Buffer): void {
  const head = bytes.toString('hex', 0, 16);
  for (const [magic, what, advice] of FOREIGN) {
    if (head.startsWith(magic)) throw unknown(name, `is ${what}`, advice);
  }
  if (isZip(bytes) && !OFFICE.test(bytes.toString('latin1', 30, 100))) {
    throw unknown(name, 'is a ZIP archive, but no spreadsheet', UNPACK);
  }
  if (bytes.toString('latin1', TAR, TAR + 5) === 'ustar') throw unknown(name, 'is a tar archive', UNPACK);
  if (MARKUP.test(bytes.toString('utf8', 0, 200))) {
    const advice =
      'If you downloaded it, check the address: servers send pages with errors or forms instead.';
    throw unknown(name, 'is a page of HTML or XML', advice);
  }
}

function unknown(name: string, what: string, advice: string): UnreadableFileError {
  return new UnreadableFileError(
    `${name} has an unknown format: it ${what}. Expected CSV, TSV, JSON, NDJSON, GeoJSON or .xlsx, optionally ` +
      `gzipped. ${advice}`,
  );
}

async function firstBytes(source: ByteSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source.chunks(() => {})) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= PEEK) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, PEEK);
  // Four bytes at least, so that magic numbers can be compared.
  return bytes.length === 0
    ? bytes
    : Buffer.concat([bytes, Buffer.from('\n'.repeat(Math.max(0, 4 - bytes.length)))]);
}

const isUtf16 = (bytes: Buffer) => ['feff', 'fffe'].includes(bytes.toString('hex', 0, 2));

function textOf(bytes: Buffer, encoding: string | undefined): string {
  const text = encoding === undefined ? bytes.toString('utf8') : iconv.decode(bytes, encoding);
  return text.replace(/^\uFEFF/, '');
}

/** A list is JSON, one object a line NDJSON, and a collection of features GeoJSON. */
function jsonFormat(name: string, text: string, { rows }: Partial<Reading>): Format {
  if (text.startsWith('[')) return 'json';
  const kind = objectKind(name, text);
  if (kind === 'FEATURES') return 'geojson';
  if (rows || kind === 'LISTS') return 'json';
  const [first = '', second] = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (second?.trimStart().startsWith('{')) return 'ndjson';
  return isObject(first) ? 'ndjson' : 'json';
}

function isObject(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Returns whether the first object of a text is a GeoJSON, or lists objects as a STIX bundle does. */
function objectKind(name: string, text: string): 'FEATURES' | 'LISTS' | undefined {
  const lists = new Set<string>();
  let depth = 0;
  let key = '';
  let type: unknown;
  let isFeature = false;
  let inner = '';
  try {
    // Token by token: the text may be cut off, and names of keys occur at any depth.
    for (const token of tokenizer(name)(text, 1)) {
      if (token.name === 'keyValue') {
        if (depth === 1) key = String(token.value);
        inner = String(token.value);
      } else if (token.name === 'stringValue' && inner === 'type') {
        if (depth === 1) type ??= token.value;
        isFeature ||= depth === 3 && key === 'features' && token.value === 'Feature';
      }
      if (token.name === 'startObject' && depth === 2) lists.add(key);
      if (token.name === 'startObject' || token.name === 'startArray') depth += 1;
      if (token.name === 'endObject' || token.name === 'endArray') depth -= 1;
      if (depth === 0) break;
    }
  } catch (error) {
    // The reader of the format reports it, with the line.
    if (!(error instanceof MalformedFileError)) throw error;
  }
  if (type === 'FeatureCollection' || isFeature) return 'FEATURES';
  return lists.size > 0 ? 'LISTS' : undefined;
}

const MOST_LINES = 20;

/** A text is a table if the mapping says so, or if a delimiter divides the line that names the columns. */
function tableFormat(name: string, text: string, reading: Partial<Reading>): FoundFormat {
  const { delimiter, skipLines = 0, header, shortRows } = reading;
  if (delimiter !== undefined) return { format: 'csv' };
  const lines = text.split(/\r\n|\n|\r/).slice(skipLines, skipLines + MOST_LINES + 1);
  // The last line may be cut off.
  const whole = (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line) => line !== '');
  const first = whole[0] ?? '';
  const tabs = first.split('\t').length;
  const isTsv = tabs > 1 && (!first.includes(',') || whole.every((line) => line.split('\t').length === tabs));
  if (isTsv) return { format: 'csv', delimiter: '\t' };
  if (/[,;|]/.test(first) || header || shortRows) return { format: 'csv' };
  throw unknown(
    name,
    `begins with ${JSON.stringify(first.length > 60 ? `${first.slice(0, 60)}…` : first)}`,
    'Say `format: csv` in the mapping if it is a table of one column, and `skipLines:` if lines come before the names of ' +
      'its columns.',
  );
}
