import type { FuzzyDate } from '../../../wire/queries/card.js';

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' };

/** Says which days a date can mean, if it is more than one: ": 1 July 2019 to 30 September 2019". */
export function daysOf({ earliest, latest }: Pick<FuzzyDate, 'earliest' | 'latest'>): string {
  if (earliest === latest) return '';
  if (earliest === null) return latest === null ? '' : `: until ${day(latest)}`;
  if (latest === null) return `: from ${day(earliest)}`;
  const isSameYear = earliest.slice(0, 4) === latest.slice(0, 4);
  return `: ${day(earliest, isSameYear)} to ${day(latest)}`;
}

function day(text: string, isWithoutYear = false): string {
  const options = isWithoutYear ? { ...DAY, year: undefined } : DAY;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(`${text}T00:00:00Z`));
}
