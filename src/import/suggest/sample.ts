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
  const encoding = await encodingOf(file);
  let failure: unknown;
  let found: (FirstRows & { readonly reading: Partial<Reading> }) | undefined;
  for (const one of TRIES) {
    // Lines before the header are a guess, made only if the first line is no header.
    if (found && one.skipLines === undefined) continue;
    if (found && hasHeader(found)) break;
    try {
      const reading = { ...one, ...(encoding && { encoding }) };
      const first = await firstRows(file, reading);
      if (first.rows.length > 0 && (!found || hasHeader(first))) found = { ...first, reading };
    } catch (error) {
      const isOfFile = error instanceof MalformedFileError || error instanceof UnreadableFileError;
      if (!isOfFile) throw error;
      failure ??= error;
    }
  }
  if (!found) throw failure ?? new UnreadableFileError(`${file.name} has no rows that can be read.`);
  return {
    name: file.name,
    rows: found.rows.length,
    columns: describeColumns(found.rows.map(({ values }) => values)),
    reading: linesOf(found.reading),
  };
}

type Try = Partial<Pick<Reading, 'delimiter' | 'rows' | 'skipLines'>>;

interface FirstRows {
  readonly rows: readonly Row[];
  readonly defects: number;
}

/** Whether the rows have the cells that the header names, and most columns, at least two, have names. */
function hasHeader({ rows, defects }: FirstRows): boolean {
  const names = Object.keys(rows[0]?.values ?? {});
  const named = names.filter((name) => name.trim() !== '').length;
  return named > 1 && named * 2 > names.length && rows.length > defects;
}

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

const DELIMITERS: readonly Try[] = [{}, { delimiter: ';' }, { delimiter: '\t' }, { delimiter: '|' }];

const TRIES: readonly Try[] = [
  ...DELIMITERS,
  ...ROWS.map((path) => ({ rows: new JsonPath(path) })),
  ...[1, 2, 3, 4].flatMap((skipLines) => DELIMITERS.map((one) => ({ ...one, skipLines }))),
];

async function firstRows(file: LocalFile, reading: Partial<Reading>): Promise<FirstRows> {
  const rows: Row[] = [];
  let defects = 0;
  const opened = await openRows(file, reading);
  for await (const row of opened.rows(() => {})) {
    if (row.defect) defects += 1;
    else rows.push(row);
    if (rows.length + defects === MOST_ROWS) break;
  }
  return { rows, defects };
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

function linesOf({ encoding, delimiter, rows, skipLines }: Partial<Reading>): string[] {
  return [
    ...(encoding ? [`encoding: ${encoding} # The bytes are words in it. Look at the names below.`] : []),
    ...(delimiter ? [`delimiter: ${delimiter === '\t' ? 'tab' : JSON.stringify(delimiter)}`] : []),
    ...(skipLines ? [`skipLines: ${skipLines} # The names of the columns come after.`] : []),
    ...(rows ? [`rows: ${rows.source}`] : []),
  ];
}
