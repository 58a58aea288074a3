import { type AsOfInput, type OrderInput, VOCABULARIES } from './filter-input.js';
import type { Given } from './given.js';
import { ParameterError } from './parameter-error.js';
import { isDay, isInstant, SLUG } from './value-types.js';

/** A page of a list. Forwards from `after`, or backwards from `before`. */
export interface PageInput {
  /** How many developments, 1 to 100. */
  first?: number;
  after?: string;
  before?: string;
}

const MAX_PAGE = 100;

const END_OF_DAY = 'T23:59:59.999Z';
const CURSOR = 'cursor:';
const REVISION = /^(?<slug>[^@]*)@(?<number>[1-9]\d{0,8})$/;
const AS_OF =
  'asOf to be a day such as 2026-01-31, an instant, a revision such as inf-withdrawal@2, or cursor:… with a cursor of the feed';

/**
 * Reads `asOf`. A day stands for its end in UTC.
 *
 * @throws {ParameterError} If it is not valid.
 */
export function readAsOf(given: Given): AsOfInput | undefined {
  const text = given.text('asOf');
  if (text === undefined) return undefined;
  if (isDay(text)) return { moment: `${text}${END_OF_DAY}` };
  if (isInstant(text)) return { moment: text };
  if (text.startsWith(CURSOR) && text.length > CURSOR.length) return { cursor: text.slice(CURSOR.length) };
  const { slug = '', number } = REVISION.exec(text)?.groups ?? {};
  if (!SLUG.accepts(slug)) throw new ParameterError('asOf', AS_OF, text);
  return { revision: { slug, number: Number(number) } };
}

export function writeAsOf(asOf: AsOfInput): string {
  if ('cursor' in asOf) return `${CURSOR}${asOf.cursor}`;
  if ('revision' in asOf) return `${asOf.revision.slug}@${asOf.revision.number}`;
  const { moment } = asOf;
  return moment.endsWith(END_OF_DAY) ? moment.slice(0, -END_OF_DAY.length) : moment;
}

/**
 * Reads `order`: a field, after a minus for descending.
 *
 * @throws {ParameterError} If it is not valid.
 */
export function readOrder(given: Given): OrderInput | undefined {
  const text = given.text('order');
  if (text === undefined) return undefined;
  const name = text.replace(/^-/, '');
  const field = VOCABULARIES.DevelopmentOrderField.find((known) => known === name);
  if (!field) {
    const fields = VOCABULARIES.DevelopmentOrderField.join(', ');
    throw new ParameterError(
      'order',
      `order to be one of ${fields}, or one after a minus for descending`,
      text,
    );
  }
  return { field, direction: text.startsWith('-') ? 'DESC' : 'ASC' };
}

export const writeOrder = ({ field, direction }: OrderInput): string =>
  direction === 'DESC' ? `-${field}` : field;

/**
 * Reads `first`, `after` and `before`.
 *
 * @throws {ParameterError} If one is not valid.
 */
export function readPage(given: Given): PageInput {
  const [size, after, before] = [given.text('first'), given.text('after'), given.text('before')];
  if (after !== undefined && before !== undefined) {
    throw new ParameterError('before', 'either after or before', before);
  }
  const first = size === undefined ? undefined : Number(size);
  if (size !== undefined && (!/^[1-9]\d{0,2}$/.test(size) || Number(size) > MAX_PAGE)) {
    throw new ParameterError('first', `first from 1 to ${MAX_PAGE}`, size);
  }
  return {
    ...(first !== undefined && { first }),
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  };
}

/** Returns the arguments of a connection for a page. */
export function pageArguments(
  { first, after, before }: PageInput,
  defaultSize: number,
): { first: number; after?: string } | { last: number; before: string } {
  const size = first ?? defaultSize;
  return before === undefined
    ? { first: size, ...(after !== undefined && { after }) }
    : { last: size, before };
}
