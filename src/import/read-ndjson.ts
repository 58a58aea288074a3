import { MalformedFileError } from './errors.js';
import { MAX_ROW_LENGTH, readLines } from './read-lines.js';
import { type Row, rowOf } from './row.js';

/** Reads one JSON object a line. Empty lines are passed over; a line that is not JSON is a row with a defect. */
export async function* readNdjson(file: string, onChunk: (chunk: Uint8Array) => void): AsyncGenerator<Row> {
  let pending = '';
  let last = 1;
  for await (const { text, line } of readLines(file, onChunk)) {
    pending += text;
    last = line;
    if (pending.length > MAX_ROW_LENGTH) {
      throw new MalformedFileError(file, line, `A row has more than ${MAX_ROW_LENGTH} characters.`);
    }
    if (!text.endsWith('\n')) continue;
    const row = parseLine(file, line, pending);
    pending = '';
    if (row) yield row;
  }
  const row = parseLine(file, last, pending);
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
