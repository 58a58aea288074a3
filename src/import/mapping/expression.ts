import { z } from 'zod';
import { faultOfFormat } from './date.js';
import { Pattern, PatternError } from './pattern.js';

/**
 * An expression that gets a value from a row. Text that begins with `$` is a path into the row (`$` alone and `$.…` are the
 * item of an `each`). Any other text, number, true or false is a constant.
 */
export type Expression = string | number | boolean | null | Pipeline | Join;

/** Transforms a value, in the order of these keys. */
export interface Pipeline {
  /** The value; of a list, the first one that the row has. */
  readonly from: Expression | readonly Expression[];
  readonly split?: string | undefined;
  readonly trim?: boolean | undefined;
  readonly pattern?: Pattern | undefined;
  readonly unlessEqual?: Expression | undefined;
  readonly lookup?: Readonly<Record<string, Expression>> | undefined;
  readonly otherwise?: Expression | undefined;
  readonly as?: 'date' | 'number' | 'slug' | undefined;
  readonly format?: readonly string[] | undefined;
  readonly locale?: string | undefined;
}

/** Joins texts. Undefined if a part is undefined. */
export interface Join {
  readonly join: readonly Expression[];
  readonly with: string;
}

/** Chooses a schema by the value, so that errors are those of the intended form. */
export function chosenBy<T>(choose: (value: unknown) => z.ZodType<T>): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    const result = choose(value).safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  });
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], {
  error: 'Expected $path, a constant, { from: … } or { join: … }.',
});

/** The schema of an {@link Expression}. */
export const expression: z.ZodType<Expression> = chosenBy<Expression>((value) => {
  if (!isObject(value)) return scalar;
  return 'join' in value ? join : pipeline;
});

const oneOrMore = <T>(item: z.ZodType<T>): z.ZodType<T | T[]> =>
  chosenBy<T | T[]>((value) => (Array.isArray(value) ? z.array(item).min(1) : item));

const join: z.ZodType<Join> = z.strictObject({
  join: z.array(z.lazy(() => expression)).min(1),
  with: z.string().default(''),
});

const pattern = z.string().transform((text, context) => {
  try {
    return new Pattern(text);
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
    return z.NEVER;
  }
});

const format = z.string().superRefine((text, context) => {
  const fault = faultOfFormat(text);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

const formats: z.ZodType<string[]> = oneOrMore(format).transform((value) => [value].flat());

const pipeline: z.ZodType<Pipeline> = z
  .strictObject({
    from: oneOrMore(z.lazy(() => expression)),
    split: z.string().min(1).optional(),
    trim: z.boolean().optional(),
    pattern: pattern.optional(),
    unlessEqual: z.lazy(() => expression).optional(),
    lookup: z
      .record(
        z.string(),
        z.lazy(() => expression),
      )
      .optional(),
    otherwise: z.lazy(() => expression).optional(),
    as: z.enum(['date', 'number', 'slug']).optional(),
    format: formats.optional(),
    locale: z.string().optional(),
  })
  .superRefine((value, context) => {
    const refuse = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (value.otherwise !== undefined && !value.lookup) refuse('otherwise', 'Goes with `lookup`.');
    if (value.format && value.as !== 'date') refuse('format', 'Goes with `as: date`.');
    if (value.locale && !value.format) refuse('locale', 'Goes with `format`.');
  });
