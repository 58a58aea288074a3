import { LRUCache } from 'lru-cache';
import { DATE_WORDS, type DateLanguage, type DateWords } from './date-words.js';

/** A language with words, and the locale whose dates go with it. */
interface Speech {
  readonly words: DateWords;
  readonly locale: string;
}

/** English dates have the day first, unless a region is asked for. */
const ENGLISH: Speech = { words: DATE_WORDS.en, locale: 'en-GB' };

const speeches = new LRUCache<string, Speech>({ max: 100 });

/** Finds the words and the locale for a BCP 47 tag. English for languages without words, and for malformed tags. */
function speechOf(language: string): Speech {
  const known = speeches.get(language);
  if (known) return known;
  const speech = findSpeech(language);
  speeches.set(language, speech);
  return speech;
}

function findSpeech(language: string): Speech {
  try {
    const { language: base, baseName } = new Intl.Locale(language);
    if (baseName === 'en' || !isKnown(base)) return ENGLISH;
    return { words: DATE_WORDS[base], locale: baseName };
  } catch {
    return ENGLISH;
  }
}

const isKnown = (language: string | undefined): language is DateLanguage =>
  language !== undefined && Object.hasOwn(DATE_WORDS, language);

const FORMATS = {
  year: { year: 'numeric' },
  month: { year: 'numeric', month: 'long' },
  day: { year: 'numeric', month: 'long', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Creating one takes a tenth of a millisecond.
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 300 });

function format({ locale }: Speech, precision: keyof typeof FORMATS, date: string): string {
  const key = `${locale} ${precision}`;
  const known = formats.get(key);
  // Arabic locales count years by other calendars.
  const one =
    known ?? new Intl.DateTimeFormat(locale, { ...FORMATS[precision], timeZone: 'UTC', calendar: 'gregory' });
  if (!known) formats.set(key, one);
  return one.format(new Date(`${date}T00:00:00Z`));
}

/**
 * Formats EDTF as text: `2019-08~` is "about August 2019", `../2019` is "until 2019", `201X` is "the 2010s",
 * `20XX` is "the 21st century". Expects texts
 * that `parseFuzzyDate` accepted.
 *
 * @param language A BCP 47 tag. English for languages without {@link DATE_WORDS}.
 */
export function describeFuzzyDate(edtf: string, language = 'en'): string {
  const speech = speechOf(language);
  const { words } = speech;
  const [first = '', last] = edtf.split('/');
  const describe = (text: string) => describeDate(text, speech);
  if (last === undefined) return describe(first);
  if (first === '..') return words.until(describe(last));
  if (first === '') return words.startUnknown(describe(last));
  if (last === '..') return words.since(describe(first));
  if (last === '') return words.endUnknown(describe(first));
  return words.range(describe(first), describe(last));
}

function describeDate(text: string, speech: Speech): string {
  const { words } = speech;
  const qualifier = /[?~%]$/.exec(text)?.[0] ?? '';
  const date = describePlain(qualifier === '' ? text : text.slice(0, -1), speech);
  const about = qualifier === '~' || qualifier === '%' ? words.about(date) : date;
  return qualifier === '?' || qualifier === '%' ? words.uncertain(about) : about;
}

function describePlain(text: string, speech: Speech): string {
  const [date = '', time] = text.split('T');
  const [year = '', month = 'XX', day = 'XX'] = date.split('-');
  if (time !== undefined) return `${describePlain(date, speech)}, ${describeTime(time)}`;
  const season = speech.words.seasons[Number(month) - 21];
  if (season !== undefined) return speech.words.season(season, year);
  if (month === 'XX') return describeYear(year, speech);
  return day === 'XX' ? format(speech, 'month', `${year}-${month}-01`) : format(speech, 'day', date);
}

function describeYear(year: string, speech: Speech): string {
  const { words } = speech;
  if (year === 'XXXX') return words.unknownYear;
  if (year.endsWith('XX')) return words.century(`${year.slice(0, 2)}00`);
  return year.endsWith('X') ? words.decade(`${year.slice(0, 3)}0`) : format(speech, 'year', `${year}-01-01`);
}

function describeTime(time: string): string {
  const [, clock = time, offset] = /^([\d:]+)(.*)$/.exec(time) ?? [];
  if (offset === 'Z') return `${clock} UTC`;
  return offset ? `${clock} UTC${offset}` : clock;
}
