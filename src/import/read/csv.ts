import type { ForeignText } from '../../files/encodings.js';
import { MalformedFileError } from '../../files/errors.js';
import { type ByteSource, MAX_ROW_LENGTH, readLines } from '../../files/lines.js';
import { type Defect, foreignBytes, type Row } from './row.js';

/** How a table is written. */
export interface TableFormat {
  /** Default: a comma. */
  readonly delimiter?: string | undefined;
  /** Lines before the names of the columns, or before the rows if `header` is given. Default: 0. */
  readonly skipLines?: number | undefined;
  /** The names of the columns, if the file has none. */
  readonly header?: readonly string[] | undefined;
  /** Whether rows may end early. Missing cells are empty then. Default: `refuse`. */
  readonly shortRows?: 'refuse' | 'allow' | undefined;
}

/**
 * Reads CSV by RFC 4180. The first record names the columns. Values are text as written, neither trimmed nor converted.
 * Lines end with CR LF, LF or CR, and empty lines are skipped.
 *
 * A fault in a record is a defect of its row alone. After a stray quote, reading continues with the next line.
 *
 * @throws {MalformedFileError} If the first record cannot be read, names two columns alike, or seems to have another
 *   delimiter.
 */
export async function* readCsv(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  { delimiter: given, skipLines = 0, header, shortRows = 'refuse' }: TableFormat,
): AsyncGenerator<Row> {
  const file = source.name;
  const delimiter = given ?? ',';
  const lines = new Lines(source, onChunk);
  for (let skipped = 0; skipped < skipLines; skipped += 1) await lines.take();
  let columns = header;
  for (let first = await lines.take(); first; first = await lines.take()) {
    if (first.text === '') continue;
    const record = await readRecord(lines, first, delimiter, columns?.length);
    if (!columns) {
      columns = checkHeader(file, first.line, record);
      if (given === undefined) refuseOtherDelimiter(file, first.line, columns);
    } else if ('defect' in record) yield { file, line: first.line, values: {}, defect: record.defect };
    else yield rowFrom(file, first.line, columns, record.cells, shortRows);
  }
}

/** Delimiters, and how a mapping names them. */
const DELIMITERS = [
  [';', '";"'],
  ['\t', 'tab'],
  ['|', '"|"'],
] as const;

/** Refuses a header of one column that another delimiter would split, because then no row would fit. */
function refuseOtherDelimiter(file: string, line: number, columns: readonly string[]): void {
  const [only = '', ...others] = columns;
  if (others.length > 0) return;
  const [likely] = DELIMITERS.map(([delimiter, name]) => ({ name, parts: only.split(delimiter).length }))
    .filter(({ parts }) => parts > 1)
    .toSorted((one, other) => other.parts - one.parts);
  if (!likely) return;
  throw new MalformedFileError(
    file,
    line,
    `The names of the columns have no comma: ${JSON.stringify(only)}. The delimiter is likely ${likely.name}. Say ` +
      `\`delimiter: ${likely.name}\` in the mapping (or \`delimiter: ","\` if it is one column).`,
  );
}

/** A line without its end. */
interface Line {
  readonly text: string;
  readonly end: string;
  readonly line: number;
  readonly foreign: ForeignText | undefined;
}

/** The lines of a file, with look-ahead. */
class Lines {
  readonly #file: string;
  readonly #parts: ReturnType<typeof readLines>;
  #ahead: Line[] = [];

  constructor(source: ByteSource, onChunk: (chunk: Uint8Array) => void) {
    this.#file = source.name;
    this.#parts = readLines(source, onChunk, 'all');
  }

  async take(): Promise<Line | undefined> {
    return this.#ahead.shift() ?? (await this.#read());
  }

  /** Returns the line after the next `count` lines; undefined at the end of the file. */
  async lookAt(count: number): Promise<Line | undefined> {
    while (this.#ahead.length <= count) {
      const line = await this.#read();
      if (!line) return undefined;
      this.#ahead.push(line);
    }
    return this.#ahead[count];
  }

  skip(count: number): void {
    this.#ahead = this.#ahead.slice(count);
  }

  async #read(): Promise<Line | undefined> {
    let text = '';
    let foreign: ForeignText | undefined;
    for (;;) {
      const { value: part, done } = await this.#parts.next();
      if (done) return text === '' ? undefined : { text, end: '', line: this.#last, foreign };
      this.#last = part.line;
      text += part.text;
      foreign ??= part.foreign;
      if (text.length > MAX_ROW_LENGTH) {
        throw new MalformedFileError(
          this.#file,
          part.line,
          `A row has more than ${MAX_ROW_LENGTH} characters.`,
        );
      }
      if (!part.isEnd) continue;
      const end = /(?:\r\n|\n|\r)?$/.exec(text.slice(-2))?.[0] ?? '';
      return { text: text.slice(0, text.length - end.length), end, line: part.line, foreign };
    }
  }

  #last = 1;
}

/** A quoted cell that spans more lines has a stray quote. */
const MOST_LINES = 1_000;

type Record = { readonly cells: readonly string[] } | { readonly defect: Defect };

async function readRecord(
  lines: Lines,
  first: Line,
  delimiter: string,
  columns: number | undefined,
): Promise<Record> {
  if (first.foreign) return { defect: foreignBytes(first.foreign) };
  let { text, end } = first;
  let scan = scanCells(text, delimiter);
  let more = 0;
  while ('isOpen' in scan && more < MOST_LINES && text.length <= MAX_ROW_LENGTH) {
    const line = await lines.lookAt(more);
    if (!line || line.foreign) break;
    more += 1;
    text += end + line.text;
    end = line.end;
    if (line.text.includes('"')) scan = scanCells(text, delimiter);
  }
  if (!('cells' in scan)) {
    const cell = 'stray' in scan ? scan.stray : first.text.slice(first.text.lastIndexOf(`${delimiter}"`) + 1);
    return { defect: strayQuote(cell, 'isOpen' in scan) };
  }
  if (more > 0 && scan.cells.length !== columns && (await isRecord(lines, delimiter, columns))) {
    return { defect: strayQuote(first.text, true) };
  }
  lines.skip(more);
  return scan;
}

/** Returns true if the next line is a record of its own, so that no cell of the one before continues in it. */
async function isRecord(lines: Lines, delimiter: string, columns: number | undefined): Promise<boolean> {
  const line = await lines.lookAt(0);
  const scan = scanCells(line?.text ?? '', delimiter);
  return 'cells' in scan && scan.cells.length === columns;
}

function checkHeader(file: string, line: number, record: Record): readonly string[] {
  if ('defect' in record) {
    throw new MalformedFileError(
      file,
      line,
      `The names of the columns cannot be read. ${record.defect.reason}`,
    );
  }
  const names = record.cells;
  const repeated = names.find((name, index) => name.trim() !== '' && names.indexOf(name) !== index);
  if (repeated === undefined) return names;
  throw new MalformedFileError(file, line, `Two columns are named ${JSON.stringify(repeated)}.`);
}

function rowFrom(
  file: string,
  line: number,
  columns: readonly string[],
  cells: readonly string[],
  shortRows: TableFormat['shortRows'],
): Row {
  const row = (defect: Defect): Row => ({ file, line, values: {}, defect });
  const isShort = cells.length < columns.length && shortRows === 'allow';
  if (cells.length !== columns.length && !isShort) {
    const kind = cells.length < columns.length ? 'TOO_FEW_CELLS' : 'TOO_MANY_CELLS';
    const reason = `Expected ${columns.length} columns, as in the first line; got ${cells.length}.`;
    return row({ field: 'row', value: cells.join(','), reason, kind });
  }
  const nul = cells.findIndex((cell) => cell.includes('\u0000'));
  if (nul !== -1) {
    const reason = `Expected text without NUL characters in column ${JSON.stringify(columns[nul])}. Take them out.`;
    return row({ field: 'row', value: cells[nul], reason, kind: 'NUL_CHARACTER' });
  }
  return { file, line, values: Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? ''])) };
}

function strayQuote(cell: string, isOpen: boolean): Defect {
  const what = isOpen ? 'opens a cell that is not closed' : 'stands within a cell';
  const reason = `A quote ${what}. Put the cell in quotes, and double those within it.`;
  return { field: 'row', value: cell, reason, kind: 'STRAY_QUOTE' };
}

/** The result of scanning a record of CSV. */
type Scan =
  | { readonly cells: readonly string[] }
  /** A quoted cell is still open at the end of the text. */
  | { readonly isOpen: true }
  /** The cell has a quote where none is allowed. */
  | { readonly stray: string };

const QUOTE = '"';

/**
 * Splits a record into its cells by RFC 4180. `text` has no line end.
 *
 * Quotes enclose a whole cell, or are doubled within it. Any other quote is an error, not a guess.
 */
function scanCells(text: string, delimiter: string): Scan {
  const cells: string[] = [];
  for (let start = 0; ; ) {
    const isQuoted = text[start] === QUOTE;
    const end = isQuoted ? closingQuote(text, start) + 1 : cellEnd(text, start, delimiter);
    if (isQuoted && end === 0) return { isOpen: true };
    const cell = isQuoted ? text.slice(start + 1, end - 1) : text.slice(start, end);
    if (!isQuoted && cell.includes(QUOTE)) return { stray: cell };
    cells.push(isQuoted && cell.includes(QUOTE) ? cell.replaceAll('""', QUOTE) : cell);
    if (end === text.length) return { cells };
    if (text[end] !== delimiter) return { stray: text.slice(start, cellEnd(text, end, delimiter)) };
    start = end + 1;
  }
}

function cellEnd(text: string, from: number, delimiter: string): number {
  const at = text.indexOf(delimiter, from);
  return at === -1 ? text.length : at;
}

/** Returns the index of the closing quote, or -1. */
function closingQuote(text: string, opening: number): number {
  let at = text.indexOf(QUOTE, opening + 1);
  while (at !== -1 && text[at + 1] === QUOTE) at = text.indexOf(QUOTE, at + 2);
  return at;
}
