import { z } from 'zod';
import { faultOfFormat } from './date.js';
import { JsonPath, JsonPathError } from './json-path.js';
import { zoneOf } from './local-time.js';
import { Pattern, PatternError } from './pattern.js';

/**
 * An expression that gets a value from a row. Text that begins with `$` is a path into the row (`$` alone and `$.…` are the
 * item of an `each`). Any other text, number, true or false is a constant.
 */
export type Expression = string | number | boolean | null | Pipeline | Join | Columns;

/** The values of all columns whose names fit, such as `Country*`. */
export interface Columns {
  readonly columns: string;
}

/** Transforms a value, in the order of these keys. */
export interface Pipeline {
  /** The value; of a list, the first one that the row has. */
  readonly from: Expression | readonly Expression[];
  /** Selects values in JSON that the value holds as text. */
  readonly json?: JsonPath | undefined;
  readonly split?: string | undefined;
  readonly trim?: boolean | undefined;
  readonly pattern?: Pattern | undefined;
  readonly unlessEqual?: Expression | undefined;
  readonly lookup?: Readonly<Record<string, Expression>> | undefined;
  readonly otherwise?: Expression | undefined;
  readonly as?: 'date' | 'number' | 'slug' | undefined;
  readonly format?: readonly string[] | undefined;
  readonly locale?: string | undefined;
  /** The decimal separator of `as: number`. Default: a point. */
  readonly decimal?: '.' | ',' | undefined;
  /** The time zone of times without an offset. */
  readonly zone?: string | undefined;
  /** The first of the hundred years that `yy` stands for. */
  readonly century?: number | undefined;
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
  if ('columns' in value) return columns;
  return 'join' in value ? join : pipeline;
});

const columns: z.ZodType<Columns> = z.strictObject({
  columns: z
    .string()
    .regex(/^[^*]*\*?[^*]*$/, 'Expected a name with at most one *, such as "Country*".')
    .min(1),
});

const oneOrMore = <T>(item: z.ZodType<T>): z.ZodType<T | T[]> =>
  chosenBy<T | T[]>((value) => (Array.isArray(value) ? z.array(item).min(1) : item));

const join: z.ZodType<Join> = z.strictObject({
  join: z.array(z.lazy(() => expression)).min(1),
  with: z.string().default(''),
});

/** A text that `make` reads, with its error as the issue. */
const madeBy = <T>(make: (text: string) => T, isExpected: (error: unknown) => error is Error) =>
  z.string().transform((text, context): T => {
    try {
      return make(text);
    } catch (error) {
      if (!isExpected(error)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });

export const pattern = madeBy(
  (text) => new Pattern(text),
  (error) => error instanceof PatternError,
);

export const jsonPath = madeBy(
  (text) => new JsonPath(text),
  (error) => error instanceof JsonPathError,
);

const formats: z.ZodType<string[]> = oneOrMore(z.string()).transform((value) => [value].flat());

const zone = z
  .string()
  .refine((name) => zoneOf(name) !== undefined, 'Expected a time zone such as Europe/Kyiv, UTC or +03:00.');

const century = z
  .number({ error: 'Expected the first of a hundred years, such as 1950.' })
  .int()
  .min(1000, 'Expected a year from 1000 to 9899.')
  .max(9899, 'Expected a year from 1000 to 9899.');

/** A table in a file beside the mapping. Its rows are read when the mapping is loaded. */
export interface TableFile {
  readonly file: string;
  /** The columns with the values that are looked up, and with those in their place. */
  readonly key: string;
  readonly value: string;
}

/** The schema of a {@link TableFile}. */
export const tableFile = z.strictObject({
  file: z.string().regex(/\.(csv|tsv)$/i, 'Expected the name of a .csv or .tsv file beside the mapping.'),
  key: z.string().min(1),
  value: z.string().min(1),
});

const lookup: z.ZodType<Readonly<Record<string, Expression>>> = z.record(
  z.string(),
  z.lazy(() => expression),
);

const pipelineObject = z.strictObject({
  from: oneOrMore(z.lazy(() => expression)).meta({
    description: 'The value; of a list, the first one that the row has.',
    examples: [['$short', '$official']],
  }),
  json: jsonPath.optional().meta({
    description: 'Selects in text that is JSON, by a JSONPath (RFC 9535).',
    examples: ['$.items[*].name'],
  }),
  split: z
    .string()
    .min(1)
    .optional()
    .meta({
      description:
        'Splits text into a list, without blanks around the items. The keys below apply to each item.',
      examples: [';'],
    }),
  trim: z
    .boolean()
    .optional()
    .meta({ description: 'Removes white space from both ends.', examples: [true] }),
  pattern: pattern.optional().meta({
    description:
      'Keeps the first group of a regular expression (RE2), or the whole match. Text that does not match gives nothing, or `otherwise`.',
    examples: ['(Q[0-9]+)$'],
  }),
  unlessEqual: z
    .lazy(() => expression)
    .optional()
    .meta({
      description: 'Gives nothing if both texts are equal apart from white space at the ends.',
      examples: ['$description'],
    }),
  lookup: lookup.optional().meta({
    description:
      'Replaces the value by a table, here or in a .csv or .tsv file beside the mapping. A value that is not in it is a problem, or gives `otherwise`.',
    examples: [{ yes: 'HIGH' }, { file: 'regions.csv', key: 'code', value: 'name' }],
  }),
  otherwise: z
    .lazy(() => expression)
    .optional()
    .meta({
      description: 'The value in place of one that the `lookup` does not have or the `pattern` does not fit.',
      examples: ['LOW'],
    }),
  as: z
    .enum(['date', 'number', 'slug'])
    .optional()
    .meta({ description: 'Converts the value.', examples: ['date'] }),
  format: formats.optional().meta({
    description:
      "How dates are written, in luxon's tokens: one format, or several. Default: ISO 8601 or EDTF.",
    examples: ['dd.MM.yyyy'],
  }),
  locale: z
    .string()
    .optional()
    .meta({ description: 'The language of month names. Default: en.', examples: ['uk'] }),
  decimal: z
    .enum(['.', ','])
    .optional()
    .meta({ description: 'The decimal separator of `as: number`. Default: a point.', examples: [','] }),
  zone: zone
    .optional()
    .meta({ description: 'The time zone of times of day without an offset.', examples: ['Europe/Kyiv'] }),
  century: century
    .optional()
    .meta({ description: 'The first of the hundred years that `yy` stands for.', examples: [1950] }),
});

/** The keys of a {@link Pipeline}. */
export const PIPELINE_KEYS = pipelineObject.shape;

const pipeline: z.ZodType<Pipeline> = pipelineObject.superRefine((value, context) => {
  const refuse = (path: string, message: string) =>
    context.addIssue({ code: 'custom', path: [path], message });
  for (const format of value.format ?? []) {
    const fault = faultOfFormat(format, value.century !== undefined);
    if (fault) refuse('format', fault);
  }
  if (value.otherwise !== undefined && !value.lookup && !value.pattern) {
    refuse('otherwise', 'Goes with `lookup` or `pattern`.');
  }
  if (value.decimal && value.as !== 'number') refuse('decimal', 'Goes with `as: number`.');
  if (value.format && value.as !== 'date') refuse('format', 'Goes with `as: date`.');
  if (value.locale && !value.format) refuse('locale', 'Goes with `format`.');
  if (value.zone && value.as !== 'date') refuse('zone', 'Goes with `as: date`.');
  if (value.century !== undefined && !value.format?.some((format) => /(?<!y)yy(?!y)/.test(format))) {
    refuse('century', 'Goes with a `format` that has yy.');
  }
});
