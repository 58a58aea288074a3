import { parseFuzzyDate } from '../../domain/dates/fuzzy-date.js';
import { InvalidInputError } from '../../domain/errors.js';
import { ValueError } from '../errors.js';
import { readDate } from '../mapping/values/date.js';
import { readNumber } from '../mapping/values/number.js';

/** The common form of the values of a column. */
export interface Column {
  /** Its path in a row, without `$`. */
  readonly name: string;
  readonly filled: number;
  readonly distinct: number;
  readonly samples: readonly string[];
  readonly averageLength: number;
  /** The formats of dates in which all values can be read; an empty text is ISO 8601 or EDTF. */
  readonly dateFormats: readonly string[];
  readonly isNumber: boolean;
  readonly isAddress: boolean;
}

const FORMATS = [
  ...['', 'd.M.yyyy', 'd/M/yyyy', 'M/d/yyyy', 'd-M-yyyy', 'yyyy/M/d', 'd LLL yyyy', 'd LLLL yyyy'],
  ...[
    'LLLL d, yyyy',
    'LLL d, yyyy',
    'd-LLL-yyyy',
    'LLLL yyyy',
    'd.M.yyyy H:mm',
    'd/M/yyyy H:mm',
    'M/d/yyyy H:mm',
  ],
];

/** The most values of a column that are looked at. */
const MOST_VALUES = 200;

/** Describes the columns of rows, in the order in which they come. Lists are left out. */
export function describeColumns(rows: readonly Readonly<Record<string, unknown>>[]): Column[] {
  const values = new Map<string, string[]>();
  for (const row of rows) collect(row, '', values);
  return [...values].map(([name, texts]) => {
    const some = [...new Set(texts)].slice(0, MOST_VALUES);
    return {
      name,
      filled: texts.length,
      distinct: new Set(texts).size,
      samples: some.slice(0, 3),
      averageLength: texts.reduce((sum, text) => sum + text.length, 0) / texts.length,
      dateFormats: some.every((text) => /\d{4}/.test(text))
        ? FORMATS.filter((format) => some.every(isDate(format)))
        : [],
      isNumber: some.every((text) => readNumber(text) !== undefined),
      isAddress: some.every((text) => /^https?:\/\/\S+$/.test(text)),
    };
  });
}

/** The deepest objects whose keys become columns. */
const MOST_DEPTH = 3;

function collect(part: Readonly<Record<string, unknown>>, path: string, values: Map<string, string[]>): void {
  for (const [key, value] of Object.entries(part)) {
    if (key.trim() === '') continue; // No value can name it.
    const name = path === '' ? key : `${path}.${key}`;
    const isDeep = name.split('.').length > MOST_DEPTH;
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !isDeep) {
      collect(value as Record<string, unknown>, name, values);
    } else if (['string', 'number', 'boolean'].includes(typeof value)) {
      const text = String(value).trim();
      if (text !== '') values.set(name, [...(values.get(name) ?? []), text]);
      else if (!values.has(name)) values.set(name, []);
    }
  }
}

const isDate = (format: string) => (text: string) => {
  try {
    parseFuzzyDate(readDate(text, format === '' ? undefined : [format]), '');
    return true;
  } catch (error) {
    if (error instanceof ValueError || error instanceof InvalidInputError) return false;
    throw error;
  }
};
