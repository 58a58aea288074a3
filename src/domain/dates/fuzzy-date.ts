import { LRUCache } from 'lru-cache';
import type { DatePrecision } from '../../generated/prisma/client.js';
import { InvalidInputError } from '../errors.js';
import { type DateBounds, NO_EARLIEST, NO_LATEST, possibleBounds, statedBounds } from './bounds.js';
import { type EdtfDate, type EdtfText, parseEdtf } from './edtf-text.js';
import { clockOf, instantsOf } from './instants.js';

export { type DateBounds, NO_EARLIEST, NO_LATEST };

/** A date as precise as the evidence: EDTF (ISO 8601-2 levels 0 and 1) and its bounds. */
export interface FuzzyDate extends DateBounds {
  readonly edtf: string;
  readonly precision: DatePrecision;
}

const EXAMPLES =
  '2019-08-02, 2019-08, 2019, 2019-08~ (approximately), 2019? (uncertain), 201X, 2019-02-01/2019-08-02, ../2019, 2019/.. or 2019-08-02T10:00+03:00';

/** Returns whether every possible day is within the range. */
export function liesWithin(date: DateBounds, range: DateBounds): boolean {
  return date.earliest >= range.earliest && date.latest <= range.latest;
}

/** Returns whether at least one possible day is within the range. */
export function canLieWithin(date: DateBounds, range: DateBounds): boolean {
  return date.latest >= range.earliest && date.earliest <= range.latest;
}

/**
 * Parses EDTF, ignoring surrounding white space.
 *
 * Bounds follow ISO 8601-2. A date with a qualifier (`?`, `~`, `%`) can mean days around it: a day 3 on both sides, a month
 * 1, a season 3 months and a year 1. A qualifier cannot follow an `X`, which stands for any digit, or a time. `..` is an
 * open end, an empty end is unknown. An interval lasts from the first day of its first part to the last day of its last. A
 * time with an offset can mean the day as written and the day in UTC. A season names no hemisphere, so it lasts until two
 * months after its year.
 *
 * @throws {InvalidInputError} At `path`, for anything else, and for years outside 1000 to 9998.
 */
export function parseFuzzyDate(text: string, path = 'occurred'): FuzzyDate {
  const reading = read(text.trim());
  if (typeof reading === 'object') return reading;
  throw InvalidInputError.at(
    path,
    `Expected an EDTF date of the years 1000 to 9998, such as ${EXAMPLES}; got ${shown(text)}${reading}.`,
  );
}

/** Parses EDTF; undefined if {@link parseFuzzyDate} would throw. */
export function readFuzzyDate(text: string): FuzzyDate | undefined {
  const reading = read(text.trim());
  return typeof reading === 'object' ? reading : undefined;
}

/** The date, or the end of the error message. */
type Reading = FuzzyDate | string;

// Parsing is slow, and a record repeats the same dates.
const readings = new LRUCache<string, { readonly reading: Reading }>({ max: 10_000 });

const MAX_LENGTH = 64;

function read(text: string): Reading {
  if (text.length > MAX_LENGTH) return ', which is too long';
  const { reading } = readings.get(text) ?? { reading: readAnew(text) };
  readings.set(text, { reading });
  return reading;
}

function readAnew(text: string): Reading {
  const parsed = parseEdtf(text);
  if (!parsed) return '';
  if (isBackwards(parsed)) return ', which ends before it begins';
  const bounds = possibleBounds(parsed);
  if (parsed.type === 'Interval' && isUnbounded(bounds)) return ', which has no ends';
  return { edtf: text, ...bounds, precision: precisionOf(parsed) };
}

const isUnbounded = ({ earliest, latest }: DateBounds) => earliest === NO_EARLIEST && latest === NO_LATEST;

function isBackwards(date: EdtfText): boolean {
  const { earliest, latest } = statedBounds(date);
  if (earliest > latest) return true;
  if (date.type !== 'Interval' || !date.first || !date.last) return false;
  const [from, to] = comparable(date.first, date.last);
  return from !== undefined && to !== undefined && from.start >= to.end;
}

/** Two times with offsets are compared as instants, and two without as the clock shows them. */
function comparable(first: EdtfDate, last: EdtfDate) {
  const instants = [instantsOf(first), instantsOf(last)] as const;
  if (instants[0] && instants[1]) return instants;
  return instants[0] || instants[1] ? [] : ([clockOf(first), clockOf(last)] as const);
}

function precisionOf(date: EdtfText): DatePrecision {
  if (date.type === 'Interval') return 'INTERVAL';
  if (date.type === 'Season') return 'SEASON';
  const { year, month, day, time } = date;
  if (time !== undefined) return 'TIME';
  if (year === 'XXXX') return 'UNKNOWN';
  if (year.endsWith('XX')) return 'CENTURY';
  if (year.endsWith('X')) return 'DECADE';
  if (/\d/.test(day)) return 'DAY';
  return /\d/.test(month) ? 'MONTH' : 'YEAR';
}

const shown = (text: string) => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** Converts a day for a Prisma date column. */
export const asDate = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** Converts a fuzzy date to its four columns, all null for null. */
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
