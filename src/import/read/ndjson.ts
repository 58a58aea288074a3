import { MalformedFileError } from '../../files/errors.js';
import { type ForeignText, MAX_ROW_LENGTH, readLines } from '../../files/lines.js';
import { foreignBytes } from './csv.js';
import { type Row, rowOf } from './row.js';

/** Reads one JSON object a line and skips empty lines. A line that is not JSON is a row with a defect. */
export async function* readNdjson(file: string, onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Row> {
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
  for await (const { text, line, foreign, isEnd } of readLines(file, onChunk)) {
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
