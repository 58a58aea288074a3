import { CERTAINTY, CONDITIONS, ROLE } from './conditions.js';
import type { FilterInput } from './filter-input.js';
import { ParameterError } from './parameter-error.js';
import { SLUG, TEXT, type ValueType } from './value-types.js';

/** How deep filters may be nested: the server's own limit. */
const MAX_DEPTH = 16;

/**
 * Parses the text of the parameter `filter`: the input `DevelopmentFilter` as JSON.
 *
 * @throws {ParameterError} For anything else. The message has the path of the value that is wrong.
 */
export function parseFilterJson(text: string): FilterInput {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ParameterError('filter', 'filter to be a DevelopmentFilter as JSON', text);
  }
  checkFilter(value, 'filter', 0);
  return value as FilterInput;
}

type Check = (value: unknown, path: string, depth: number) => void;

function wrong(path: string, expected: string, value: unknown): ParameterError {
  return new ParameterError('filter', `${path} to be ${expected}`, JSON.stringify(value) ?? 'nothing');
}

const one =
  (type: ValueType): Check =>
  (value, path) => {
    if (!type.accepts(value)) throw wrong(path, type.expected, value);
  };

const many =
  (check: Check): Check =>
  (value, path, depth) => {
    if (!Array.isArray(value)) throw wrong(path, 'a list', value);
    for (const [index, element] of value.entries()) check(element, `${path}.${index}`, depth);
  };

const optional =
  (check: Check): Check =>
  (value, path, depth) => {
    if (value !== undefined && value !== null) check(value, path, depth);
  };

const object =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value, path, depth) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw wrong(path, 'an object', value);
    const given = new Map(Object.entries(value));
    for (const name of given.keys()) {
      if (!Object.hasOwn(fields, name)) {
        throw new ParameterError('filter', `${path} to have only ${Object.keys(fields).join(', ')}`, name);
      }
    }
    for (const [name, check] of Object.entries(fields)) check(given.get(name), `${path}.${name}`, depth);
  };

const checkFilter: Check = (value, path, depth) => {
  if (depth > MAX_DEPTH) {
    throw new ParameterError('filter', `filters nested at most ${MAX_DEPTH} deep`, path);
  }
  FILTER(value, path, depth + 1);
};

const FILTER = object({
  ...Object.fromEntries(
    CONDITIONS.map(({ field, type, isList }) => [field, optional(isList ? many(one(type)) : one(type))]),
  ),
  participant: optional(object({ actor: one(SLUG), role: optional(many(one(ROLE))) })),
  occurred: optional(object({ within: one(TEXT), certainty: optional(one(CERTAINTY)) })),
  externalId: optional(object({ dataset: one(TEXT), id: one(TEXT) })),
  and: optional(many(checkFilter)),
  or: optional(many(checkFilter)),
  not: optional(checkFilter),
});
