import type { z } from 'zod';
import { actorInput } from '../../domain/references/actor.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { isObject } from './values/expression.js';

/** A fault of a mapping. */
export interface MappingFault {
  /** The keys and list indexes that lead to it. */
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Finds constants that no row can make valid, and items that are read outside `each`: these are faults of the mapping, and
 * would otherwise be a problem of every row.
 *
 * @param mapping As parsed from YAML.
 * @param input The domain's schema of the input that rows become.
 */
export function faultsOfConstants(mapping: unknown, input: z.ZodType): MappingFault[] {
  const faults: MappingFault[] = [];
  if (!isObject(mapping)) return faults;
  looseItems(mapping, [], false, faults);
  checkValue(mapping['fields'], input, ['fields'], faults);
  return faults;
}

const IS_ITEM = /^\$(?:\.|$)/;

/** Finds `$` and `$.…` outside `each`. */
function looseItems(
  part: unknown,
  path: readonly PropertyKey[],
  isInside: boolean,
  faults: MappingFault[],
): void {
  if (typeof part === 'string') {
    if (isInside || !IS_ITEM.test(part)) return;
    const message = `${part} is the item of an \`each\`, and none is around it. Name a column, such as $title.`;
    faults.push({ path, message });
  } else if (Array.isArray(part)) {
    for (const [index, item] of part.entries()) looseItems(item, [...path, index], isInside, faults);
  } else if (isObject(part)) {
    for (const [key, value] of Object.entries(part)) {
      // JSONPath begins with `$` too.
      if (key === 'rows' || key === 'json' || key === 'absent') continue;
      looseItems(value, [...path, key], isInside || ('each' in part && key !== 'each'), faults);
    }
  }
}

/** The schemas of references that are named and not given by slug, by the key that tells them. */
const NAMED: readonly (readonly [key: string, schema: z.ZodType, names: Readonly<Record<string, string>>])[] =
  [
    ['kind', actorInput, { country: 'countryCode' }],
    ['byName', topicInput, {}],
    ['byUrl', sourceInput, {}],
    ['title', sourceInput, {}],
  ];

function checkValue(
  value: unknown,
  schema: z.ZodType,
  path: readonly PropertyKey[],
  faults: MappingFault[],
): void {
  if (Array.isArray(value)) {
    const element = within(schema, 'array')?.['element'] as z.ZodType | undefined;
    if (!element) return;
    for (const [index, item] of value.entries()) checkValue(item, element, [...path, index], faults);
  } else if (isObject(value)) {
    checkObject(value, schema, path, faults);
  } else {
    const message = faultOfConstant(value, schema);
    if (message !== undefined) faults.push({ path, message });
  }
}

function checkObject(
  value: Record<string, unknown>,
  schema: z.ZodType,
  path: readonly PropertyKey[],
  faults: MappingFault[],
): void {
  if ('from' in value || 'join' in value || 'columns' in value) {
    if ('as' in value) return;
    const table = isObject(value['lookup']) ? value['lookup'] : {};
    if (!('file' in table)) {
      for (const [key, one] of Object.entries(table))
        checkValue(one, schema, [...path, 'lookup', key], faults);
    }
    if ('otherwise' in value) checkValue(value['otherwise'], schema, [...path, 'otherwise'], faults);
    return;
  }
  const shape = within(schema, 'object')?.['shape'] as Readonly<Record<string, z.ZodType>> | undefined;
  const named = shape ? undefined : NAMED.find(([key]) => key in value);
  const fields = shape ?? (named && (within(named[1], 'object')?.['shape'] as Record<string, z.ZodType>));
  for (const [key, part] of Object.entries(value)) {
    if (key === 'each') continue;
    const own = fields?.[named?.[2][key] ?? key];
    // `{ each: …, topic: … }` repeats what stands under its other key.
    const target = own ?? (fields ? undefined : schema);
    if (target) checkValue(part, target, [...path, key], faults);
  }
}

/** Returns why no row can have the constant; undefined for a good one, and for what depends on the row. */
function faultOfConstant(value: unknown, schema: z.ZodType): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string' && value.startsWith('$') && !value.startsWith('$$')) return undefined;
  const constant = typeof value === 'string' ? value.replace(/^\$\$/, '$') : value;
  const parsed = schema.safeParse(constant);
  if (parsed.success) return undefined;
  const words = within(schema, 'enum')?.['options'] as readonly string[] | undefined;
  if (words) return `Expected one of ${words.join(', ')}; got ${JSON.stringify(constant)}.`;
  const isText = typeof constant !== 'string' && schema.safeParse(String(constant)).success;
  if (isText) {
    return `Expected text; got the ${typeof constant} ${constant}. Write it in quotes: "${constant}".`;
  }
  return parsed.error.issues[0]?.message;
}

/** The parts of a schema's definition that are read here. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
}

/** Returns the schema of a type inside optional, nullable and transformed ones; undefined if it has another type. */
function within(schema: z.ZodType, type: string): Record<string, unknown> | undefined {
  const { type: own, innerType, in: first } = schema.def as unknown as Definition;
  if (own === type) return schema as unknown as Record<string, unknown>;
  const inner = innerType ?? first;
  return inner ? within(inner, type) : undefined;
}
