import { DateTime } from 'luxon';
import { ValueError } from '../errors.js';

const DATE_TIME =
  /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/**
 * Reads a date as EDTF with the precision in which it is written. Nothing is filled in or rolled over.
 *
 * Without formats it expects ISO 8601 or EDTF, and drops fractions of a second. With formats (luxon's tokens) it takes the
 * first that fits.
 *
 * @throws {ValueError} For days and times that do not exist, and for texts that fit no format.
 */
export function readDate(text: string, formats?: readonly string[], locale = 'en'): string {
  if (!formats) return readIso(text.trim());
  for (const format of formats) {
    const date = readFormat(text.trim(), format, locale);
    if (date !== undefined) return date;
  }
  throw new ValueError(text, `Expected a date written as ${formats.join(' or ')}.`, 'BAD_DATE');
}

function readIso(text: string): string {
  const match = DATE_TIME.exec(text);
  if (!match) return text; // The development's schema checks it as EDTF.
  const [, day = '', hour = '', minute = '', second, zone = ''] = match;
  const time = [hour, minute, ...(second === undefined ? [] : [second])].join(':');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) throw impossible(text, time);
  return `${day}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`;
}

function readFormat(text: string, format: string, locale: string): string | undefined {
  const { matches } = DateTime.fromFormatExplain(text, format, { locale });
  if (!matches || Object.keys(matches).length === 0) return undefined;
  // luxon takes 24:00:00 and moves it to the next day.
  if (matches['H'] === 24) throw impossible(text, text);
  const date = DateTime.fromFormat(text, format, { locale, zone: 'utc', setZone: true });
  if (!date.isValid) {
    const why = date.invalidExplanation ?? 'it is not valid';
    throw new ValueError(text, `This date does not exist: ${why}.`, 'BAD_DATE');
  }
  return date.toFormat(edtfFormat(tokensOf(format)));
}

const impossible = (value: string, time: string) =>
  new ValueError(
    value,
    `${time} is an impossible time of day: hours go from 00 to 23, minutes and seconds to 59.`,
    'BAD_DATE',
  );

function edtfFormat(tokens: readonly string[]): string {
  const has = (letters: string) => tokens.some((token) => letters.includes(token[0] ?? ' '));
  const date = has('ML') ? (has('d') ? 'yyyy-MM-dd' : 'yyyy-MM') : 'yyyy';
  if (!has('Hh')) return date;
  return `${date}'T'HH:mm${has('s') ? ':ss' : ''}${has('Zz') ? 'ZZ' : ''}`;
}

const TOKENS = new Set(
  'yyyy M MM MMM MMMM L LL LLL LLLL d dd EEE EEEE ccc cccc H HH h hh m mm s ss S SSS u a Z ZZ ZZZ z'.split(
    ' ',
  ),
);

/** Returns why a format is ambiguous; undefined for a good one. */
export function faultOfFormat(format: string): string | undefined {
  const tokens = tokensOf(format);
  const unknown = tokens.find((token) => !TOKENS.has(token));
  if (unknown === 'yy') return 'Expected a year of four digits (yyyy): a century is not guessed.';
  if (unknown) return `"${unknown}" is not among the tokens ${[...TOKENS].join(' ')}.`;
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
