import { type EdtfDate, type EdtfText, lastDayOf } from './edtf-text.js';
import { instantsOf } from './instants.js';

/**
 * The first and last possible day of a date, inclusive, as `YYYY-MM-DD`. Open and unknown ends are {@link
 * NO_EARLIEST} and {@link NO_LATEST}, so that all dates can be compared.
 */
export interface DateBounds {
  readonly earliest: string;
  readonly latest: string;
}

/** Represents an open or unknown start. No date of the record reaches it. */
export const NO_EARLIEST = '0001-01-01';
/** Represents an open or unknown end. No date of the record reaches it. */
export const NO_LATEST = '9999-12-31';

/** The last day that a date can reach. */
const LAST_DAY = '9999-12-30';

/** How far a qualified day reaches on both sides. */
const DAYS_AROUND = 3;
/** How far a qualified month, season or year reaches on both sides, in months. */
const MONTHS_AROUND = { month: 1, season: 3, year: 12 } as const;

/** Returns the days that the text states, as if it had no qualifiers. */
export function statedBounds(date: EdtfText): DateBounds {
  if (date.type !== 'Interval') return { earliest: firstDay(date), latest: lastDay(date) };
  return {
    earliest: date.first ? firstDay(date.first) : NO_EARLIEST,
    latest: date.last ? lastDay(date.last) : NO_LATEST,
  };
}

/** Returns the days that the date can mean: a qualified date reaches beyond what it states. */
export function possibleBounds(date: EdtfText): DateBounds {
  const { earliest, latest } = statedBounds(date);
  const [first, last] = date.type === 'Interval' ? [date.first, date.last] : [date, date];
  return {
    earliest: first?.isQualified ? reach(first, earliest, -1) : earliest,
    latest: last?.isQualified ? reach(last, latest, 1) : latest,
  };
}

function reach(date: EdtfDate, day: string, direction: -1 | 1): string {
  if (date.day !== '') return shiftDays(day, direction * DAYS_AROUND);
  const months =
    date.type === 'Season' ? MONTHS_AROUND.season : MONTHS_AROUND[date.month === '' ? 'year' : 'month'];
  const [year = '', month = ''] = day.split('-');
  // The first day of a month on the way back, the last one on the way forth.
  const moved =
    direction === -1
      ? Date.UTC(Number(year), Number(month) - 1 - months, 1)
      : Date.UTC(Number(year), Number(month) + months, 0);
  const reached = dayOf(moved);
  return reached > LAST_DAY ? LAST_DAY : reached;
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const shiftDays = (day: string, days: number) => dayOf(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000);

/**
 * A season names no hemisphere, so it lasts from the first day of its year to the end of the next February.
 *
 * A time with an offset belongs to the day as written and to the day in UTC.
 */
function firstDay(date: EdtfDate): string {
  const { year, month, day } = date;
  if (year === 'XXXX') return NO_EARLIEST;
  const first = year.replaceAll('X', '0');
  if (date.type === 'Season') return `${first}-01-01`;
  const written = `${first}-${digitsOr(month, '01')}-${digitsOr(day, '01')}`;
  const instants = instantsOf(date);
  return instants ? earlier(written, dayOf(instants.start)) : written;
}

function lastDay(date: EdtfDate): string {
  const { year, month, day } = date;
  if (year === 'XXXX') return NO_LATEST;
  const last = year.replaceAll('X', '9');
  if (date.type === 'Season') return lastDayOf(String(Number(last) + 1), '02');
  const lastMonth = digitsOr(month, '12');
  if (!/\d/.test(day)) return lastDayOf(last, lastMonth);
  const written = `${last}-${lastMonth}-${day}`;
  const instants = instantsOf(date);
  return instants ? later(written, dayOf(instants.start)) : written;
}

const digitsOr = (digits: string, otherwise: string) => (/^\d+$/.test(digits) ? digits : otherwise);

const earlier = (one: string, other: string) => (one < other ? one : other);
const later = (one: string, other: string) => (one > other ? one : other);
