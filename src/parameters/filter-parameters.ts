import { COMPOUNDS, type Texts } from './compounds.js';
import { COMPOUND_PARAMETERS, CONDITIONS } from './conditions.js';
import type { FilterInput } from './filter-input.js';
import { parseFilterJson } from './filter-json.js';
import type { Given } from './given.js';
import { ParameterError } from './parameter-error.js';

const JSON_PARAMETER = 'filter';

/** The parameters of a filter that may be repeated. */
export const FILTER_LISTS: readonly string[] = [
  ...CONDITIONS.flatMap(({ isList, parameter }) => (isList ? [parameter] : [])),
  ...COMPOUND_PARAMETERS.list,
];

/** The other parameters of a filter. */
export const FILTER_SINGLES: readonly string[] = [
  ...CONDITIONS.flatMap(({ isList, parameter }) => (isList ? [] : [parameter])),
  ...COMPOUND_PARAMETERS.single,
  JSON_PARAMETER,
];

/**
 * Reads the filter. `filter` adds conditions as JSON to those with parameters of their own.
 *
 * @throws {ParameterError} For a value that is not valid, or a condition that is set twice.
 */
export function readFilter(given: Given): FilterInput {
  const flat: Record<string, unknown> = {};
  for (const { parameter, field, type, isList } of CONDITIONS) {
    flat[field] = isList ? given.list(parameter, type) : given.value(parameter, type);
  }
  for (const { field, read } of COMPOUNDS) flat[field] = read(given);
  const text = given.text(JSON_PARAMETER);
  const more = text === undefined ? {} : parseFilterJson(text);
  for (const field of Object.keys(more)) {
    if (flat[field] !== undefined) {
      throw new ParameterError(JSON_PARAMETER, `${field} either in filter or as a parameter`, text ?? '');
    }
  }
  return { ...withoutUndefined(flat), ...more };
}

/** Returns the parameters for a filter: flat where possible, and the rest as JSON. */
export function writeFilter(filter: FilterInput): Texts {
  const texts: Record<string, string> = {};
  const rest: Record<string, unknown> = withoutUndefined(filter);
  for (const { parameter, field, type, isList } of CONDITIONS) {
    const value: unknown = rest[field];
    if (value === undefined || value === null) continue;
    const values = Array.isArray(value) ? value.map(type.toText) : [type.toText(value)];
    if (values.length === 0 || values.includes(undefined)) continue;
    texts[parameter] = isList ? values.join(',') : (values[0] ?? '');
    delete rest[field];
  }
  for (const { field, write } of COMPOUNDS) {
    const written = write(filter);
    if (!written) continue;
    Object.assign(texts, written);
    delete rest[field];
  }
  return Object.keys(rest).length > 0 ? { ...texts, [JSON_PARAMETER]: JSON.stringify(rest) } : texts;
}

const withoutUndefined = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
