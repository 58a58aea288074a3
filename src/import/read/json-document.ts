import Assembler from 'stream-json/assembler.js';
import type { ForeignText } from '../../files/encodings.js';
import { MalformedFileError } from '../../files/errors.js';
import { type ByteSource, readLines } from '../../files/lines.js';
import type { JsonPath } from '../mapping/values/json-path.js';
import { tokenizer } from './json.js';
import { foreignBytes, type Row, rowOf } from './row.js';

/** The most characters of a document that is read as a whole. */
const MAX_DOCUMENT = 256 * 1024 * 1024;

/**
 * Reads the rows that a JSONPath selects, with the objects around them. The whole document is in memory.
 *
 * @throws {MalformedFileError} If the file is not JSON, or too long.
 */
export async function* readJsonRows(
  source: ByteSource,
  onChunk: (chunk: Uint8Array) => void,
  path: JsonPath,
): AsyncGenerator<Row> {
  const file = source.name;
  const { root, lines, foreign } = await readDocument(source, onChunk);
  for (const { value, parents } of path.select(root).flatMap(itemsOf)) {
    const line = (typeof value === 'object' && value !== null && lines.get(value)) || 1;
    if (foreign && foreign.line >= line) {
      yield { file, line, values: {}, defect: foreignBytes(foreign.text) };
      foreign.line = 0; // Its bytes are in one row only, but which one is not known.
    } else {
      yield rowOf(file, line, value, parents);
    }
  }
}

/** Rows are objects, so a list stands for its items: `$.objects` is `$.objects[*]`. */
const itemsOf = <Selected extends { readonly value: unknown }>(selected: Selected): Selected[] =>
  Array.isArray(selected.value) ? selected.value.map((value) => ({ ...selected, value })) : [selected];

interface JsonDocument {
  readonly root: unknown;
  /** The line on which each object begins. */
  readonly lines: WeakMap<object, number>;
  readonly foreign: { line: number; readonly text: ForeignText } | undefined;
}

async function readDocument(source: ByteSource, onChunk: (chunk: Uint8Array) => void): Promise<JsonDocument> {
  const tokensOf = tokenizer(source.name);
  const assembler = new Assembler();
  const lines = new WeakMap<object, number>();
  let foreign: JsonDocument['foreign'];
  let [last, length, depth, isEmpty] = [1, 0, 0, true];
  for await (const { text, line, foreign: found } of readLines(source, onChunk)) {
    last = line;
    length += text.length;
    if (length > MAX_DOCUMENT) {
      const reason = `Expected at most ${MAX_DOCUMENT} characters in a file that is read by \`rows:\`. Split it.`;
      throw new MalformedFileError(source.name, line, reason);
    }
    if (found && !foreign) foreign = { line, text: found };
    for (const token of tokensOf(text, line)) {
      assembler.consume(token);
      isEmpty = false;
      const begins = token.name === 'startObject' || token.name === 'startArray';
      if (begins) {
        depth += 1;
        lines.set(assembler.current as object, line);
      } else if (token.name === 'endObject' || token.name === 'endArray') depth -= 1;
    }
  }
  if (isEmpty || depth > 0) {
    throw new MalformedFileError(source.name, last, 'The file ends before its JSON does: is it cut off?');
  }
  return { root: assembler.current, lines, foreign };
}
