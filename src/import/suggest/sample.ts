import { readForeign } from '../../files/encodings.js';
import { MalformedFileError, UnreadableFileError } from '../../files/errors.js';
import type { Reading } from '../mapping/reading.js';
import { JsonPath } from '../mapping/values/json-path.js';
import { type LocalFile, openBytes } from '../read/local-file.js';
import type { Row } from '../read/row.js';
import { openRows } from '../read/rows.js';
import { type Column, describeColumns } from './columns.js';

/** The first rows of a file, and how it was read. */
export interface Sample {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Lines of the mapping that say how the file is read. */
  readonly reading: readonly string[];
}

const MOST_ROWS = 1_000;

/**
 * Reads the first rows of a file that has no mapping yet.
 *
 * @throws {UnreadableFileError}
 * @throws {MalformedFileError}
 */
export async function readSample(file: LocalFile): Promise<Sample> {
  const tries: readonly Try[] = [
    ...[{}, { delimiter: ';' }, { delimiter: '\t' }, { delimiter: '|' }],
    ...ROWS.map((path) => ({ rows: new JsonPath(path) })),
  ];
  const encoding = await encodingOf(file);
  let failure: unknown;
  for (const one of tries) {
    try {
      const reading = { ...one, ...(encoding && { encoding }) };
      const rows = await firstRows(file, reading);
      if (rows.length > 0) {
        return {
          name: file.name,
          rows: rows.length,
          columns: describeColumns(rows.map(({ values }) => values)),
          reading: linesOf(reading),
        };
      }
    } catch (error) {
      if (!(error instanceof MalformedFileError)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new UnreadableFileError(`${file.name} has no rows that can be read.`);
}

type Try = Partial<Pick<Reading, 'delimiter' | 'rows'>>;

/** Where rows often lie in JSON that is not a list. */
const ROWS = [
  '$.features[*]',
  '$.results.bindings[*]',
  '$.objects[*]',
  '$.data[*]',
  '$.items[*]',
  '$.*[*]',
  '$.*[*].*[*]',
];

async function firstRows(file: LocalFile, reading: Partial<Reading>): Promise<Row[]> {
  const rows: Row[] = [];
  const opened = await openRows(file, reading);
  for await (const row of opened.rows(() => {})) {
    if (!row.defect) rows.push(row);
    if (rows.length === MOST_ROWS) break;
  }
  return rows;
}

/** The first bytes of a spreadsheet. */
const ZIP = '504b';

/** Returns the encoding of a text file that is not UTF-8, if its first bytes show it. */
async function encodingOf(file: LocalFile): Promise<string | undefined> {
  const source = await openBytes(file, undefined);
  for await (const chunk of source.chunks(() => {})) {
    const mark = chunk.subarray(0, 2).toString('hex');
    if (mark === ZIP) return undefined;
    if (mark === 'feff' || mark === 'fffe') return 'utf-16';
    const end = chunk.lastIndexOf(0x0a);
    const text = end === -1 ? chunk : chunk.subarray(0, end);
    if (Buffer.from(text.toString('utf8')).equals(text)) return undefined;
    return readForeign(text).encodings[0];
  }
  return undefined;
}

function linesOf({ encoding, delimiter, rows }: Partial<Reading>): string[] {
  return [
    ...(encoding ? [`encoding: ${encoding} # The bytes are words in it. Look at the names below.`] : []),
    ...(delimiter ? [`delimiter: ${delimiter === '\t' ? 'tab' : JSON.stringify(delimiter)}`] : []),
    ...(rows ? [`rows: ${rows.source}`] : []),
  ];
}
