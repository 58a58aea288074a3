import { slugify } from '../../../domain/slugify.js';
import { ValueError } from '../../errors.js';
import { readDate } from './date.js';
import type { Pipeline } from './expression.js';
import { readNumber } from './number.js';

/** Converts a value as the pipeline's `as` says. @throws {ValueError} */
export function converted(pipeline: Pipeline, value: unknown): unknown {
  switch (pipeline.as) {
    case 'date':
      return readDate(textOf(value), pipeline.format, pipeline.locale, pipeline);
    case 'number':
      return numberOf(value, pipeline.decimal);
    case 'slug':
      return slugOf(textOf(value));
    default:
      return value;
  }
}

function slugOf(text: string): string {
  const slug = slugify(text);
  if (slug !== '') return slug;
  throw new ValueError(
    text,
    'Expected letters or digits to write a slug with. Give the row a slug of its own.',
  );
}

function numberOf(value: unknown, decimal: '.' | ',' = '.'): number {
  const number = typeof value === 'number' ? value : readNumber(textOf(value), decimal);
  if (number !== undefined && Number.isFinite(number)) return number;
  const other = decimal === ',' ? '.' : ',';
  const isOther = typeof value === 'string' && readNumber(value, other) !== undefined;
  const hint = isOther ? ` If "${other}" is the decimal separator, say \`decimal: "${other}"\`.` : '';
  throw new ValueError(value, `Expected a number such as 1250, 5,500 or 55.7.${hint}`);
}

/** @throws {ValueError} For lists, objects and numbers that lost digits. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new ValueError(value, 'The number has more digits than JSON numbers keep. Write it as text.');
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ValueError(value, `Expected text; got ${Array.isArray(value) ? 'a list' : typeof value}.`);
}
