import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { MalformedFileError } from './errors.js';
import { MAX_ROW_LENGTH, readLines } from './read-lines.js';
import type { Row } from './row.js';

/**
 * Reads CSV as RFC 4180 has it, whose first record names the columns. Values are text, as written:
 * nothing is trimmed and nothing is read as a number or as null. Empty lines are passed over.
 *
 * @throws {MalformedFileError} For quotes that do not match, and for columns with the same name.
 */
export async function* readCsv(
  file: string,
  onChunk: (chunk: Uint8Array) => void,
  delimiter = ',',
): AsyncGenerator<Row> {
  const lines = new LineIndex();
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true, // Told as a defect of the row; the rows after it are sound.
    skip_empty_lines: true,
    max_record_size: MAX_ROW_LENGTH,
  });
  pipeline(Readable.from(lines.watch(readLines(file, onChunk))), parser, () => {});
  let line = 1;
  let columns: readonly string[] | undefined;
  try {
    for await (const item of parser) {
      const { record, info } = item as { record: string[]; info: Info };
      const start = lines.startOf(info);
      if (columns) yield rowFrom(file, start, columns, record);
      else columns = checkHeader(file, start, record);
      line = lines.afterRecord;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const reason = `The CSV is malformed in the row that begins here (${error.message.replace(/ at line.*$/, '')}).`;
    throw new MalformedFileError(file, line, reason);
  }
}

function checkHeader(file: string, line: number, names: readonly string[]): readonly string[] {
  const repeated = names.find((name, index) => name.trim() !== '' && names.indexOf(name) !== index);
  if (repeated === undefined) return names;
  throw new MalformedFileError(file, line, `Two columns are named ${JSON.stringify(repeated)}.`);
}

function rowFrom(file: string, line: number, columns: readonly string[], record: readonly string[]): Row {
  if (record.length !== columns.length) {
    const reason = `Expected ${columns.length} columns, as in the first line; got ${record.length}.`;
    return {
      file,
      line,
      values: {},
      defect: {
        field: 'row',
        value: record.join(','),
        reason,
        kind: record.length < columns.length ? 'TOO_FEW_CELLS' : 'TOO_MANY_CELLS',
      },
    };
  }
  return { file, line, values: Object.fromEntries(columns.map((name, index) => [name, record[index]])) };
}

/** Knows the line of each record: the parser counts bytes exactly, and lines only where none is quoted. */
class LineIndex {
  /** Where the lines end that no record has reached yet, in bytes from the start. */
  #ends: number[] = [];
  #passed = 0;
  #line = 1;
  #emptyLines = 0;

  /** The first line that no record so far reaches. */
  get afterRecord(): number {
    return this.#line;
  }

  async *watch(parts: ReturnType<typeof readLines>): AsyncGenerator<Buffer> {
    let offset = 0;
    for await (const { bytes } of parts) {
      offset += bytes.length;
      if (bytes.at(-1) === 0x0a) this.#ends.push(offset);
      yield bytes;
    }
  }

  /** The line on which a record begins. To be asked once for each record, in their order. */
  startOf({ bytes, empty_lines: emptyLines }: Info): number {
    const start = this.#line + emptyLines - this.#emptyLines;
    this.#emptyLines = emptyLines;
    while ((this.#ends[this.#passed] ?? Number.POSITIVE_INFINITY) <= bytes) {
      this.#passed += 1;
      this.#line += 1;
    }
    if (this.#passed > 1_000) {
      this.#ends = this.#ends.slice(this.#passed);
      this.#passed = 0;
    }
    return start;
  }
}
