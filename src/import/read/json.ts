import Assembler from 'stream-json/assembler.js';
import { jsonParser, type Token } from 'stream-json/core/parser.js';
import type { ForeignText } from '../../files/encodings.js';
import { MalformedFileError } from '../../files/errors.js';
import { type ByteSource, MAX_ROW_LENGTH, readLines } from '../../files/lines.js';
import { foreignBytes, type Row, rowOf } from './row.js';

/**
 * Reads the elements of a JSON array, one at a time. A row's line is the one on which it begins.
 *
 * @throws {MalformedFileError} If the file is not a JSON array.
 */
export async function* readJson(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Row> {
  const file = source.name;
  const tokensOf = tokenizer(file);
  const elements = new ArrayElements(file);
  let last = 1;
  for await (const { text, line, foreign } of readLines(source, onChunk)) {
    last = line;
    elements.grow(text.length, line, foreign);
    for (const token of tokensOf(text, line)) {
      const row = elements.take(token, line);
      if (row) yield row;
    }
  }
  if (!elements.done) {
    throw new MalformedFileError(file, last, 'The file ends before its JSON array does: is it cut off?');
  }
}

// The parser reads this many characters ahead before it reports an error. White space after each line keeps errors on
// their own line.
const PADDING = ' '.repeat(16);

/** Creates a parser that takes parts of lines, so that the line of each token is known. */
export function tokenizer(file: string): (text: string, line: number) => readonly Token[] {
  const parse = jsonParser({ packValues: true, streamValues: false });
  return (text, line) => {
    try {
      const tokens = parse(text.endsWith('\n') ? text + PADDING : text);
      return typeof tokens === 'symbol' ? [] : tokens.values;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new MalformedFileError(file, line, `The JSON is malformed (${reason}).`);
    }
  };
}

/** Assembles the elements of an array from its tokens. */
class ArrayElements {
  readonly #file: string;
  #assembler = new Assembler();
  #depth = 0;
  #line = 1;
  #length = 0;
  /** The last line that was not UTF-8. */
  #foreign: { readonly line: number; readonly text: ForeignText } | undefined;
  done = false;

  constructor(file: string) {
    this.#file = file;
  }

  grow(length: number, line: number, foreign: ForeignText | undefined): void {
    this.#length += length;
    if (foreign) this.#foreign = { line, text: foreign };
    if (this.#length > MAX_ROW_LENGTH + length) {
      throw new MalformedFileError(this.#file, line, `A row has more than ${MAX_ROW_LENGTH} characters.`);
    }
  }

  take(token: Token, line: number): Row | undefined {
    if (this.#depth === 0) return this.#open(token, line);
    const begins = token.name === 'startObject' || token.name === 'startArray';
    const ends = token.name === 'endObject' || token.name === 'endArray';
    if (this.#depth === 1) {
      if (ends) {
        this.#depth = 0;
        this.done = true;
        return undefined;
      }
      this.#line = line;
      this.#assembler = new Assembler();
    }
    if (begins) this.#depth += 1;
    if (ends) this.#depth -= 1;
    this.#assembler.consume(token);
    if (this.#depth > 1) return undefined;
    this.#length = 0;
    if (this.#foreign && this.#foreign.line >= this.#line) {
      return { file: this.#file, line: this.#line, values: {}, defect: foreignBytes(this.#foreign.text) };
    }
    return rowOf(this.#file, this.#line, this.#assembler.current);
  }

  #open(token: Token, line: number): undefined {
    if (token.name !== 'startArray') {
      throw new MalformedFileError(
        this.#file,
        line,
        'Expected a JSON array of objects. Say `format: ndjson` in the mapping for one object a line, or where the rows lie, such as `rows: $.items[*]`.',
      );
    }
    this.#depth = 1;
  }
}

/** Reads one JSON object a line and skips empty lines. A line that is not JSON is a row with a defect. */
export async function* readNdjson(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
): AsyncGenerator<Row> {
  const file = source.name;
  let pending = '';
  let wrong: ForeignText | undefined;
  let last = 1;
  const finish = (): Row | undefined => {
    const row = wrong
      ? { file, line: last, values: {}, defect: foreignBytes(wrong) }
      : parseLine(file, last, pending);
    pending = '';
    wrong = undefined;
    return row;
  };
  for await (const { text, line, foreign, isEnd } of readLines(source, onChunk)) {
    pending += text;
    wrong ??= foreign;
    last = line;
    if (pending.length > MAX_ROW_LENGTH) {
      throw new MalformedFileError(file, line, `A row has more than ${MAX_ROW_LENGTH} characters.`);
    }
    const row = isEnd ? finish() : undefined;
    if (row) yield row;
  }
  const row = finish();
  if (row) yield row;
}

function parseLine(file: string, line: number, text: string): Row | undefined {
  const json = text.trim();
  if (json === '') return undefined;
  try {
    return rowOf(file, line, JSON.parse(json));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const reason = `Expected one JSON object on the line (${why}).`;
    return { file, line, values: {}, defect: { field: 'row', value: json, reason, kind: 'BAD_JSON' } };
  }
}
