import { z } from 'zod';
import { type FuzzyDate, parseFuzzyDate } from './dates/fuzzy-date.js';
import { InvalidInputError } from './errors.js';

/** A slug: lower-case ASCII words joined by hyphens, at most 120 characters. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

// PostgreSQL cannot store NUL, and UTF-8 has no lone surrogates.
export const isStorable = (text: string) => !text.includes('\u0000') && text.isWellFormed();

/** Text of 1 to `max` characters (UTF-16 code units), kept verbatim. */
export const text = (max: number) =>
  z
    .string()
    .min(1, 'Expected text; got none.')
    // Not .max(), which counts code points.
    .refine((value) => value.length <= max, {
      error: (issue) => `Expected at most ${max} characters; got ${lengthOf(issue.input)}.`,
    })
    .refine((value) => value.trim() !== '', 'Expected text; got only white space.')
    .refine(isStorable, 'Expected Unicode text without NUL characters and lone surrogates.');

export const slug = z
  .string()
  .max(120, { error: (issue) => `Expected at most 120 characters; got ${lengthOf(issue.input)}.` })
  .regex(SLUG, { error: (issue) => `Expected a slug such as "inf-treaty-2019"; got ${shown(issue.input)}.` });

export const countryCode = z.string().regex(/^[A-Z]{2}$/, {
  error: (issue) => `Expected an ISO 3166-1 alpha-2 code such as "RU"; got ${shown(issue.input)}.`,
});

export const language = z
  .string()
  .max(35, 'Expected at most 35 characters.')
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, {
    error: (issue) => `Expected a language tag such as "ru" or "sr-Latn"; got ${shown(issue.input)}.`,
  });

export const url = z
  .url({
    protocol: /^https?$/,
    error: (issue) => `Expected an http or https address; got ${shown(issue.input)}.`,
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

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 0;
}
