import { z } from 'zod';
import { parseUrl } from '../parse-url.js';
import { isCountryCode, isCountryCode3, meantCode } from './countries.js';
import { type FuzzyDate, parseFuzzyDate } from './dates/fuzzy-date.js';
import { InvalidInputError } from './errors.js';
import { trimText } from './trim-text.js';

/** A slug: lower-case ASCII words joined by hyphens, at most 120 characters. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

// PostgreSQL cannot store NUL, and UTF-8 has no lone surrogates.
export const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** Text of 1 to `max` characters (UTF-16 code units), trimmed and otherwise verbatim. */
export const text = (max: number) => limited(z.string(), max);

/** A name or title: what is looked up must not differ in what nobody sees. */
export const name = (max: number) => limited(z.string().overwrite(trimText), max);

/** A text that may be empty, which means that there is none. */
export const textOrNone = (max: number) => bounded(z.string(), max, (value) => value === '');

const limited = (string: z.ZodString, max: number) =>
  bounded(string.min(1, 'Expected text; got none.'), max, () => false);

const bounded = (string: z.ZodString, max: number, isFine: (value: string) => boolean) =>
  string
    .refine((value) => isFine(value) || trimText(value) !== '', 'Expected text; got only white space.')
    .overwrite(trimText)
    // Not .max(), which counts code points.
    .refine((value) => value.length <= max, {
      error: (issue) => `Expected at most ${max} characters; got ${lengthOf(issue.input)}.`,
    })
    .refine(isStorable, 'Expected Unicode text without NUL characters and lone surrogates.');

export const slug = z
  .string()
  .overwrite(trimText)
  .max(120, { error: (issue) => `Expected at most 120 characters; got ${lengthOf(issue.input)}.` })
  .regex(SLUG, { error: (issue) => `Expected a slug such as "inf-treaty-2019"; got ${shown(issue.input)}.` });

/** An alpha-2 code of a present or former country; see references/countries.ts. */
export const countryCode = z
  .string()
  .overwrite(trimText)
  .refine(isCountryCode, {
    error: (issue) => `Expected an ISO 3166-1 alpha-2 code such as "RU"; ${gotCode(issue.input)}.`,
  });

/** An alpha-3 code of a present or former country. */
export const countryCode3 = z
  .string()
  .overwrite(trimText)
  .refine(isCountryCode3, {
    error: (issue) => `Expected an ISO 3166-1 alpha-3 code such as "RUS"; ${gotCode(issue.input)}.`,
  });

function gotCode(input: unknown): string {
  const meant = typeof input === 'string' ? meantCode(input) : undefined;
  return `got ${shown(input)}${meant === undefined ? '' : `, which may mean "${meant}"`}`;
}

export const language = z
  .string()
  .overwrite(trimText)
  .max(35, 'Expected at most 35 characters.')
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
    error: (issue) => `Expected a language tag such as "ru" or "sr-Latn"; got ${shown(issue.input)}.`,
  });

/** One absolute http or https address, as it would be pasted into a browser. */
export const url = z
  .string()
  .overwrite(trimText)
  .refine(isAddress, {
    error: (issue) =>
      `Expected an http or https address, a single one without blanks and passwords; got ${shown(issue.input)}.`,
  })
  .max(2_000, { error: (issue) => `Expected at most 2000 characters; got ${lengthOf(issue.input)}.` })
  .refine(isStorable, 'Expected an address without NUL characters and lone surrogates.');

/** The `params.rule` of issues with a fuzzy date. */
export const FUZZY_DATE = 'fuzzy date';

/** Parses EDTF to a {@link FuzzyDate}. */
export const fuzzyDate = z.string().transform((value, context): FuzzyDate => {
  try {
    return parseFuzzyDate(value, '');
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const message = error.issues[0]?.message ?? error.message;
    context.addIssue({ code: 'custom', message, params: { rule: FUZZY_DATE } });
    return z.NEVER;
  }
});

/** A list of at most `max` items. */
export const listOf = <T extends z.ZodType>(item: T, max: number) =>
  z
    .array(item)
    .max(max, { error: (issue) => `Expected at most ${max} items; got ${lengthOf(issue.input)}.` });

/** Slugs of one type of object, at most `max`, without duplicates. */
export const slugsOf = (max: number) => listOf(slug, max).transform((slugs) => [...new Set(slugs)]);

/**
 * Validates an input, or the part of one at the path `at`.
 *
 * @throws {InvalidInputError} With every problem, at most 50.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown, at?: string): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new InvalidInputError(
    result.error.issues.slice(0, 50).map(({ path, message }) => ({
      path: [...(at === undefined ? [] : [at]), ...path].join('.'),
      message,
    })),
  );
}

/** Formats a value for error messages: JSON, truncated to 80 characters. */
export function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}

// URL() takes `https:///x`, and blanks.
const ADDRESS = /^https?:\/\/[^\s/?#\\@]+(?:[/?#][^\s<>"\\]*)?$/i;
/** A second address behind a separator. Paths such as those of archives may contain one. */
const SECOND = /[;,|]https?:\/\//i;

function isAddress(text: string): boolean {
  return ADDRESS.test(text) && !SECOND.test(text) && parseUrl(text) !== undefined;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
