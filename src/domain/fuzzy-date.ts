import edtf from 'edtf';
import { InvalidInputError } from '../errors.js';
import type { DatePrecision } from '../generated/prisma/client.js';

/**
 * A date as precise as the evidence: its EDTF text (ISO 8601-2 levels 0 and 1) and the days that
 * bound it, both inclusive, as `YYYY-MM-DD`. Open and unknown ends are {@link NO_EARLIEST} and
 * {@link NO_LATEST}, so that every date sorts and compares.
 */
export interface FuzzyDate {
  readonly edtf: string;
  readonly earliest: string;
  readonly latest: string;
  readonly precision: DatePrecision;
}

/** Stands for "no first day is known"; no date of the record reaches it. */
export const NO_EARLIEST = '0001-01-01';
/** Stands for "no last day is known"; no date of the record reaches it. */
export const NO_LATEST = '9999-12-31';

const EXAMPLES =
  '2019-08-02, 2019-08, 2019, 2019-08~ (approximately), 2019? (uncertain), 201X, 2019-02-01/2019-08-02, ../2019 or 2019/..';

/**
 * Reads an EDTF text.
 *
 * The bounds follow ISO 8601-2: a qualifier (`?`, `~`, `%`) marks a date without widening it; `X`
 * stands for any digit; `..` and nothing are an open and an unknown end. A time of day belongs to
 * the day as written, whatever its offset. A season names no hemisphere, so its bounds are its year
 * and the two months after.
 *
 * @throws {InvalidInputError} At `path`, for anything else, and for years outside 1000 to 9998.
 */
export function parseFuzzyDate(text: string, path = 'occurred'): FuzzyDate {
  const refuse = (why: string) =>
    InvalidInputError.at(
      path,
      `Expected an EDTF date of the years 1000 to 9998, such as ${EXAMPLES}; got ${shown(text)}${why}.`,
    );
  const trimmed = text.trim();
  if (trimmed.length > 64) throw refuse(', which is too long');
  const parsed = parse(trimmed);
  if (!parsed) throw refuse('');
  const bounds = { earliest: lowerBound(parsed), latest: upperBound(parsed) };
  if (bounds.earliest > bounds.latest) throw refuse(', which ends before it begins');
  return { edtf: trimmed, ...bounds, precision: precisionOf(parsed, trimmed) };
}

/** The part of the edtf package's objects that the bounds are made from. */
type Parsed = { type: string; text: string; lower?: Parsed | null; upper?: Parsed | null };

const LEVEL_1_DATE = new RegExp(
  [
    String.raw`^(?:\d{4}|\d{3}X|\d{2}XX|XXXX)[?~%]?$`, // a year, decade, century, or nothing
    String.raw`^\d{4}-(?:0[1-9]|1[0-2]|2[1-4]|XX)[?~%]?$`, // a month or season
    String.raw`^\d{4}-(?:(?:0[1-9]|1[0-2])-(?:\d{2}|XX)|XX-XX)[?~%]?$`, // a day
    String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}(?::\d{2})?)?$`, // a time of day
  ].join('|'),
);

function parse(text: string): Parsed | undefined {
  const ends = text.split('/');
  if (ends.length > 2) return undefined;
  if (ends.length === 2) {
    const [lower, upper] = ends.map((end) => (isNoDate(end) ? null : parseSingle(end)));
    if (lower === undefined || upper === undefined || (!lower && !upper)) return undefined;
    return { type: 'Interval', text, lower, upper };
  }
  return parseSingle(text);
}

const isNoDate = (text: string) => text === '' || text === '..';

/** The package knows more than levels 0 and 1 (and a few other notations); the pattern holds it to them. */
function parseSingle(text: string): Parsed | undefined {
  if (!LEVEL_1_DATE.test(text) || !isYearInRange(parts(text).year)) return undefined;
  try {
    return { type: edtf(text).type, text };
  } catch {
    return undefined;
  }
}

function isYearInRange(year: string): boolean {
  if (year === 'XXXX') return true;
  return Number(year.replaceAll('X', '0')) >= 1000 && Number(year.replaceAll('X', '9')) <= 9998;
}

function lowerBound(date: Parsed): string {
  if (date.type === 'Interval') return date.lower ? lowerBound(date.lower) : NO_EARLIEST;
  const { year, month, day } = parts(date.text);
  if (year === 'XXXX') return NO_EARLIEST;
  const first = { year: year.replaceAll('X', '0'), month: fill(month, '01'), day: fill(day, '01') };
  if (date.type === 'Season') return `${first.year}-01-01`;
  return `${first.year}-${first.month}-${first.day}`;
}

function upperBound(date: Parsed): string {
  if (date.type === 'Interval') return date.upper ? upperBound(date.upper) : NO_LATEST;
  const { year, month, day } = parts(date.text);
  if (year === 'XXXX') return NO_LATEST;
  const last = year.replaceAll('X', '9');
  if (date.type === 'Season') return lastDayOf(String(Number(last) + 1).padStart(4, '0'), '02');
  const lastMonth = fill(month, '12');
  return /\d/.test(day) ? `${last}-${lastMonth}-${day}` : lastDayOf(last, lastMonth);
}

function parts(text: string): { year: string; month: string; day: string } {
  const [year = '', month = '', day = ''] = text.replace(/T.*$|[?~%]$/, '').split('-');
  return { year, month, day };
}

const fill = (digits: string, whenUnknown: string) => (/^\d+$/.test(digits) ? digits : whenUnknown);

function lastDayOf(year: string, month: string): string {
  return new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10);
}

function precisionOf(date: Parsed, text: string): DatePrecision {
  if (date.type === 'Interval') return 'INTERVAL';
  if (date.type === 'Season') return 'SEASON';
  if (text.includes('T')) return 'TIME';
  const { year, month, day } = parts(text);
  if (year === 'XXXX') return 'UNKNOWN';
  if (year.endsWith('XX')) return 'CENTURY';
  if (year.endsWith('X')) return 'DECADE';
  if (/\d/.test(day)) return 'DAY';
  return /\d/.test(month) ? 'MONTH' : 'YEAR';
}

const shown = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** A day as Prisma takes it for a date column. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** A fuzzy date as the four columns that hold it, all null where there is none. */
export function dateColumns<P extends string>(prefix: P, date: FuzzyDate | null): DateColumns<P> {
  return {
    [`${prefix}Edtf`]: date?.edtf ?? null,
    [`${prefix}Earliest`]: date && asDate(date.earliest),
    [`${prefix}Latest`]: date && asDate(date.latest),
    [`${prefix}Precision`]: date?.precision ?? null,
  } as DateColumns<P>;
}

type DateColumns<P extends string> = Record<`${P}Edtf`, string | null> &
  Record<`${P}Earliest` | `${P}Latest`, Date | null> &
  Record<`${P}Precision`, DatePrecision | null>;
