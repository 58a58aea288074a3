const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const SEASONS: Readonly<Record<string, string>> = { 21: 'spring', 22: 'summer', 23: 'autumn', 24: 'winter' };

/**
 * Formats EDTF in English: `2019-08~` is "about August 2019", `../2019` is "until 2019", `201X` is "the
 * 2010s". Expects texts that `parseFuzzyDate` accepted.
 */
export function describeFuzzyDate(edtf: string): string {
  const [first = '', last] = edtf.split('/');
  if (last === undefined) return describeDate(first);
  if (first === '' || first === '..') return `until ${describeDate(last)}`;
  if (last === '..') return `since ${describeDate(first)}`;
  if (last === '') return `from ${describeDate(first)}, end unknown`;
  return `${describeDate(first)} to ${describeDate(last)}`;
}

function describeDate(text: string): string {
  const qualifier = /[?~%]$/.exec(text)?.[0] ?? '';
  const date = describePlain(qualifier === '' ? text : text.slice(0, -1));
  const about = qualifier === '~' || qualifier === '%' ? `about ${date}` : date;
  return qualifier === '?' || qualifier === '%' ? `${about} (uncertain)` : about;
}

function describePlain(text: string): string {
  const [date = '', time] = text.split('T');
  const [year = '', month, day] = date.split('-');
  if (time !== undefined) return `${describePlain(date)}, ${describeTime(time)}`;
  if (month !== undefined && month in SEASONS) return `${SEASONS[month]} ${year}`;
  const monthName = MONTHS[Number(month) - 1];
  if (monthName === undefined) return describeYear(year);
  const when = `${monthName} ${year}`;
  return day === undefined || day === 'XX' ? when : `${Number(day)} ${when}`;
}

function describeYear(year: string): string {
  if (year === 'XXXX') return 'an unknown year';
  if (year.endsWith('XX')) return `the ${year.slice(0, 2)}00s`;
  return year.endsWith('X') ? `the ${year.slice(0, 3)}0s` : year;
}

function describeTime(time: string): string {
  const [, clock = time, offset] = /^([\d:]+)(.*)$/.exec(time) ?? [];
  if (offset === 'Z') return `${clock} UTC`;
  return offset ? `${clock} UTC${offset}` : clock;
}
