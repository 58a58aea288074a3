import { VOCABULARIES } from './filter-input.js';

/** A type of single values, in the text of a parameter and in the JSON of `filter`. */
export interface ValueType {
  /** Names valid values in a message: "Expected …". */
  readonly expected: string;
  /** Returns whether a JSON value is valid. */
  accepts(value: unknown): boolean;
  /** Returns the JSON value that a text stands for; undefined if there is none. */
  fromText(text: string): unknown;
  /** Returns the text for a valid value; undefined if only JSON can hold it. */
  toText(value: unknown): string | undefined;
}

/** A type whose values are the texts that fit. */
function textType(expected: string, fits: (text: string) => boolean): ValueType {
  const accepts = (value: unknown) => typeof value === 'string' && fits(value);
  return {
    expected,
    accepts,
    fromText: (text) => (fits(text) ? text : undefined),
    toText: (value) => (typeof value === 'string' && fits(value) ? value : undefined),
  };
}

/** Creates the type of an enum of the schema. */
export function wordOf(name: keyof typeof VOCABULARIES): ValueType {
  const words: readonly string[] = VOCABULARIES[name];
  return textType(`one of ${words.join(', ')}`, (text) => words.includes(text));
}

const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const SLUG = textType('a slug such as inf-treaty', (text) => SLUG_PATTERN.test(text));

export const COUNTRY = textType('an ISO 3166-1 alpha-2 code such as RU', (text) => /^[A-Z]{2}$/.test(text));

/** Any text in JSON. A parameter cannot be empty, and a URL cannot hold half a surrogate pair. */
export const TEXT: ValueType = {
  expected: 'a text',
  accepts: (value) => typeof value === 'string',
  fromText: (text) => text,
  toText: (value) => (typeof value === 'string' && value !== '' && isWellFormed(value) ? value : undefined),
};

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

export const BOOLEAN: ValueType = {
  expected: 'true or false',
  accepts: (value) => typeof value === 'boolean',
  fromText: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  toText: String,
};

const INSTANT_PATTERN = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;
const MIDNIGHT = 'T00:00:00Z';

/** An instant. A parameter may be a day, which stands for its beginning in UTC. */
export const INSTANT: ValueType = {
  expected: 'a day such as 2025-08-04, or an instant such as 2025-08-04T09:30:00Z',
  accepts: (value) => typeof value === 'string' && isInstant(value),
  fromText: (text) => (isDay(text) ? `${text}${MIDNIGHT}` : isInstant(text) ? text : undefined),
  toText: (value) => {
    const text = String(value);
    return text.endsWith(MIDNIGHT) ? text.slice(0, -MIDNIGHT.length) : text;
  },
};

export function isInstant(text: string): boolean {
  const day = INSTANT_PATTERN.exec(text)?.[1];
  return day !== undefined && isDay(day) && !Number.isNaN(Date.parse(text));
}

/** Returns whether a text is a day of the calendar, from year 1. `Date` alone takes 30 February for 2 March. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001-01-01') return false;
  const date = new Date(`${text}${MIDNIGHT}`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Returns whether a text is a year, a month or a day: an end of `since` or `until`. */
export function isCalendarDate(text: string): boolean {
  return /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(text) && isDay(`${text}${'-01-01'.slice(text.length - 4)}`);
}
