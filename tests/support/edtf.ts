import fc from 'fast-check';
import { parseFuzzyDate, readFuzzyDate } from '../../src/domain/dates/fuzzy-date.js';

// EDTF texts of every form that the record accepts.

export const two = (number: number) => String(number).padStart(2, '0');
export const between = (min: number, max: number) => fc.integer({ min, max });
export const isLeap = (year: number) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Mostly adjacent years, so that dates overlap. The last decade and century reach beyond 9998. */
export const years = fc.oneof(
  { weight: 6, arbitrary: between(2016, 2021) },
  { weight: 1, arbitrary: fc.constantFrom(1000, 1900, 2000, 9989, 9998) },
  { weight: 1, arbitrary: between(1000, 9998) },
);
export const yearsOfWholeCenturies = years.filter((year) => year < 9900);

export const days = fc.tuple(years, between(1, 12), between(1, 31)).map(([year, month, day]) => {
  const last = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return `${year}-${two(month)}-${two(Math.min(day, last))}`;
});
const months = days.map((day) => day.slice(0, 7));
const seasons = fc.tuple(years, between(21, 24)).map(([year, season]) => `${year}-${season}`);

export const wholeDates = fc.oneof(years.map(String), months, seasons, days);
export const qualified = fc.tuple(wholeDates, fc.constantFrom('?', '~', '%')).map((parts) => parts.join(''));

const unspecified = fc.oneof(
  years.filter((year) => year < 9990).map((year) => `${Math.floor(year / 10)}X`),
  yearsOfWholeCenturies.map((year) => `${Math.floor(year / 100)}XX`),
  years.map((year) => `${year}-XX`),
  years.map((year) => `${year}-XX-XX`),
  months.map((month) => `${month}-XX`),
  fc.constant('XXXX'),
);

export const clocks = fc.oneof(
  fc.tuple(between(0, 23), between(0, 59)).map((clock) => clock.map(two).join(':')),
  fc.tuple(between(0, 23), between(0, 59), between(0, 59)).map((clock) => clock.map(two).join(':')),
);
export const offsets = fc.constantFrom(
  'Z',
  '+03',
  '+03:00',
  '+05:45',
  '-11:30',
  '-12:00',
  '+14:00',
  '+00:00',
);
const times = fc
  .tuple(days, clocks, fc.oneof(fc.constant(''), offsets))
  .map(([day, clock, offset]) => `${day}T${clock}${offset}`);

/** Dates that can be the end of an interval. */
export const ends = fc.oneof(
  { weight: 4, arbitrary: wholeDates },
  { weight: 2, arbitrary: qualified },
  { weight: 1, arbitrary: unspecified },
  { weight: 2, arbitrary: times },
);
export const noEnd = fc.constantFrom('', '..');

export const isAccepted = (text: string) => readFuzzyDate(text) !== undefined;

export const isBounded = (text: string) => text !== 'XXXX';

/** Two known ends in the right order, as texts. */
export const closed = fc
  .tuple(ends, ends)
  .filter((pair) => pair.some(isBounded))
  .map(([first, last]): [string, string] => (isAccepted(`${first}/${last}`) ? [first, last] : [last, first]));
export const intervals = fc.oneof(
  { weight: 4, arbitrary: closed.map((pair) => pair.join('/')) },
  { weight: 1, arbitrary: fc.tuple(ends.filter(isBounded), noEnd).map((pair) => pair.join('/')) },
  { weight: 1, arbitrary: fc.tuple(noEnd, ends.filter(isBounded)).map((pair) => pair.join('/')) },
);

/** Every form of date that the record accepts. */
export const forms = { wholeDates, qualified, unspecified, times, intervals };
export const texts = fc.oneof(wholeDates, qualified, unspecified, times, { weight: 3, arbitrary: intervals });
export const dates = texts.map((text) => parseFuzzyDate(text));
