import { DateTime } from 'luxon';
import { trimText } from '../../../domain/trim-text.js';
import { ValueError } from '../../errors.js';
import { offsetAt, written as writtenOffset, zoneOf } from './local-time.js';

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** What a mapping says about dates besides their formats. */
export interface DateReading {
  /** The zone of times that have no offset, see {@link zoneOf}. Default: they have none. */
  readonly zone?: string | undefined;
  /** The first of the hundred years that `yy` stands for: 1950 reads `49` as 2049 and `50` as 1950. */
  readonly century?: number | undefined;
}

/**
 * Reads a date as EDTF with the precision in which it is written. Nothing is filled in or rolled over.
 *
 * Without formats it expects ISO 8601 or EDTF, and drops fractions of a second. With formats (luxon's tokens) it takes the
 * first that fits.
 *
 * @throws {ValueError} For days and times that do not exist or were twice in their zone, and for texts that fit no format.
 */
export function readDate(
  text: string,
  formats?: readonly string[],
  locale = 'en',
  reading: DateReading = {},
): string {
  const trimmed = trimText(text);
  if (!formats) {
    const ends = trimmed.split('/');
    return ends.map((end) => readIso(end, reading)).join('/');
  }
  for (const format of formats) {
    const date = readFormat(trimmed, format, locale, reading);
    if (date !== undefined) return date;
  }
  throw new ValueError(text, `Expected a date written as ${formats.join(' or ')}.`, 'BAD_DATE');
}

function readIso(text: string, { zone }: DateReading): string {
  const match = DATE_TIME.exec(text);
  if (!match) return text; // The development's schema checks it as EDTF.
  const [, day = '', hour = '', minute = '', second, offset = ''] = match;
  const time = [hour, minute, ...(second === undefined ? [] : [second])].join(':');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) throw impossible(text, time);
  if (offset !== '' || zone === undefined) {
    return `${day}T${time}${offset.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`;
  }
  const local = DateTime.fromISO(`${day}T${time}`, { zone: 'utc' });
  // The schema refuses a day that no month has.
  return local.isValid ? `${day}T${time}${offsetIn(zone, local, text)}` : `${day}T${time}`;
}

function offsetIn(name: string, local: DateTime, text: string): string {
  const zone = zoneOf(name);
  if (!zone) {
    throw new ValueError(text, `Expected a time zone such as Europe/Kyiv; got "${name}".`, 'BAD_DATE');
  }
  return offsetAt(local.toMillis(), zone, text);
}

function readFormat(text: string, format: string, locale: string, reading: DateReading): string | undefined {
  const { matches, result, invalidReason } = DateTime.fromFormatExplain(text, format, { locale });
  if (!matches || !result || Object.keys(matches).length === 0) return undefined;
  // luxon takes 24:00:00 and moves it to the next day.
  if (matches['H'] === 24) throw impossible(text, text);
  const fields: Record<string, unknown> = { ...result };
  const tokens = tokensOf(format);
  if (tokens.includes('yy')) fields['year'] = yearIn(reading.century ?? 0, Number(fields['year']));
  // As UTC, because luxon moves times that a zone skips.
  const date = DateTime.fromObject(fields, { zone: 'utc', locale });
  if (invalidReason || !date.isValid) {
    const why = invalidReason ?? date.invalidExplanation ?? 'it is not valid';
    throw new ValueError(text, `This date does not exist: ${why}.`, 'BAD_DATE');
  }
  const has = (letters: string) => tokens.some((token) => letters.includes(token[0] ?? ' '));
  const written = date.toFormat(edtfFormat(has));
  if (!has('Hh')) return written;
  if (has('Z')) return `${written}${writtenOffset(Number(matches['Z']))}`;
  const zone = has('z') ? String(matches['z']) : reading.zone;
  return zone === undefined ? written : `${written}${offsetIn(zone, date, text)}`;
}

/** Returns the year with the given last two digits in the hundred years from `first` on. */
const yearIn = (first: number, year: number) => first + ((((year - first) % 100) + 100) % 100);

const impossible = (value: string, time: string) =>
  new ValueError(
    value,
    `${time} is an impossible time of day: hours go from 00 to 23, minutes and seconds to 59.`,
    'BAD_DATE',
  );

function edtfFormat(has: (letters: string) => boolean): string {
  const date = has('ML') ? (has('d') ? 'yyyy-MM-dd' : 'yyyy-MM') : 'yyyy';
  return has('Hh') ? `${date}'T'HH:mm${has('s') ? ':ss' : ''}` : date;
}

const TOKENS = new Set(
  'yyyy yy M MM MMM MMMM L LL LLL LLLL d dd EEE EEEE ccc cccc H HH h hh m mm s ss S SSS u a Z ZZ ZZZ z'.split(
    ' ',
  ),
);

/** Returns why a format is ambiguous; undefined for a good one. */
export function faultOfFormat(format: string, hasCentury = false): string | undefined {
  const tokens = tokensOf(format);
  const unknown = tokens.find((token) => !TOKENS.has(token));
  if (unknown) return `"${unknown}" is not among the tokens ${[...TOKENS].join(' ')}.`;
  if (tokens.includes('yy') && !hasCentury) {
    return 'Expected a year of four digits (yyyy), or `century: 1950` for years from 1950 to 2049: a century is not guessed.';
  }
  const has = (letters: string) => tokens.some((token) => letters.includes(token[0] ?? ' '));
  if (!has('y')) return 'Expected a year (yyyy).';
  if (has('d') && !has('ML')) return 'A day (d) needs a month (M).';
  if (has('Hh') && !(has('d') && has('m'))) return 'An hour (H) needs a day (d) and minutes (m).';
  if (has('h') && !has('a')) return 'An hour of twelve (h) needs AM or PM (a); H counts to 23.';
  return undefined;
}

function tokensOf(format: string): string[] {
  return [...format.replaceAll(/'[^']*'/g, '').matchAll(/([A-Za-z])\1*/g)].map(([token]) => token);
}
