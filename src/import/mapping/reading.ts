import { z } from 'zod';
import { isEncoding } from '../read/local-file.js';
import { conditions, type Where } from './values/conditions.js';
import { jsonPath } from './values/expression.js';
import type { JsonPath } from './values/json-path.js';

export type Format = 'json' | 'ndjson' | 'csv' | 'geojson' | 'xlsx';

/** How files are read. */
export interface Reading {
  readonly format?: Format | undefined;
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly skipLines?: number | undefined;
  readonly header?: readonly string[] | undefined;
  readonly shortRows?: 'refuse' | 'allow' | undefined;
  readonly sheet?: string | number | undefined;
  readonly rows?: JsonPath | undefined;
  /** Conditions that rows must meet. Others are left out. */
  readonly where: readonly Where[];
  /** Texts that mean no value, besides blanks. */
  readonly absent: readonly string[];
}

const header = z
  .array(z.string().min(1))
  .min(1)
  .refine((names) => new Set(names).size === names.length, 'Expected each name once.');

/** The keys of a mapping that say how files are read. */
export const reading = {
  format: z
    .enum(['json', 'ndjson', 'csv', 'geojson', 'xlsx'])
    .optional()
    .meta({
      description:
        'The format of the files. Default: the one that their names end in, otherwise the one that their content shows.',
      examples: ['csv'],
    }),
  encoding: z
    .string()
    .refine(isEncoding, {
      error: ({ input }) =>
        `Expected an encoding such as windows-1251 or utf-16; got ${JSON.stringify(input)}.`,
    })
    .optional()
    .meta({ description: 'The encoding of text files. Default: UTF-8.', examples: ['windows-1251'] }),
  delimiter: z
    .union([z.literal('tab'), z.string().length(1)], { error: 'Expected one character, or the word tab.' })
    .transform((delimiter) => (delimiter === 'tab' ? '\t' : delimiter))
    .optional()
    .meta({
      description:
        'What separates the cells of CSV: one character, or `tab`. Default: a comma; in .tsv a tab.',
      examples: [';'],
    }),
  skipLines: z
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .meta({
      description: 'How many lines, or rows of a sheet, come before the names of the columns. Default: 0.',
      examples: [1],
    }),
  header: header.optional().meta({
    description: 'The names of the columns of CSV and sheets, if the file has none.',
    examples: [['id', 'day', 'title']],
  }),
  shortRows: z
    .enum(['refuse', 'allow'])
    .optional()
    .meta({
      description: 'Whether rows of CSV may end early; missing cells are empty then. Default: refuse.',
      examples: ['allow'],
    }),
  sheet: z
    .union([z.string().min(1), z.int().min(1)])
    .optional()
    .meta({
      description: 'The sheet of an .xlsx file, by its name or its number from 1. Default: 1.',
      examples: ['Tests'],
    }),
  rows: jsonPath.optional().meta({
    description:
      'A JSONPath (RFC 9535) to the rows in JSON. Default: the items of a list that is the whole file; in GeoJSON ' +
      '`$.features[*]`. The file is in memory as a whole.',
    examples: ['$.objects[?@.type == "report"]'],
  }),
  where: conditions.default([]).meta({
    description: 'Conditions that rows must all meet. Other rows are left out, and count as gone.',
    examples: [[{ value: '$type', is: ['Test', 'Launch'] }]],
  }),
  absent: z
    .array(z.string())
    .default([])
    .meta({ description: 'Texts that mean no value, besides blanks.', examples: [['n/a', '-']] }),
};
