import slugify from '@sindresorhus/slugify';
import { ValueError } from '../errors.js';
import { readDate } from './date.js';
import { type Expression, isObject, type Join, type Pipeline } from './expression.js';
import { Pattern } from './pattern.js';

/** The values that an expression can read. */
export interface Scope {
  readonly row: Readonly<Record<string, unknown>>;
  /** The item of the `each` around the expression. */
  readonly item?: unknown;
  /** Texts that mean no value in this data set, besides blanks. */
  readonly absent: ReadonlySet<string>;
}

/**
 * Evaluates an expression. The value is undefined if the row has none: no such key, null, a blank text or an empty list.
 *
 * @throws {ValueError}
 */
export function evaluate(expression: Expression, scope: Scope): unknown {
  if (typeof expression === 'string') {
    if (expression.startsWith('$$')) return expression.slice(1);
    return expression.startsWith('$') ? present(lookUp(expression, scope), scope) : expression;
  }
  if (typeof expression !== 'object' || expression === null) return expression ?? undefined;
  return 'join' in expression ? joined(expression, scope) : piped(expression, scope);
}

/** Evaluates an expression as text. @throws {ValueError} For lists, objects and numbers that lost digits. */
export function evaluateText(expression: Expression, scope: Scope): string | undefined {
  const value = evaluate(expression, scope);
  return value === undefined ? undefined : textOf(value);
}

/** Returns the `$` paths in a mapping or a part of one. */
export function pathsIn(part: unknown): string[] {
  if (typeof part === 'string') return part.startsWith('$') && !part.startsWith('$$') ? [part] : [];
  if (part instanceof Pattern || typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(pathsIn);
}

/** Returns true if the row has the path, even with null or a blank. Paths into items count as present. */
export function hasPath(path: string, row: Scope['row']): boolean {
  if (path === '$' || path.startsWith('$.')) return true;
  return lookUp(path, { row, absent: new Set() }) !== undefined;
}

function lookUp(path: string, { row, item }: Scope): unknown {
  if (path === '$') return item;
  if (path.startsWith('$.')) return walk(item, path.slice(2));
  return walk(row, path.slice(1));
}

/** A key spelt like the whole path comes first. Otherwise each step is a key or a list index. */
function walk(start: unknown, path: string): unknown {
  if (isObject(start) && Object.hasOwn(start, path)) return start[path];
  let value = start;
  for (const step of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string, unknown>)[step];
  }
  return value;
}

function present(value: unknown, { absent }: Scope): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.trim() === '' || absent.has(value) ? undefined : value;
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

function joined({ join, with: separator }: Join, scope: Scope): string | undefined {
  const parts = join.map((part) => evaluateText(part, scope));
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

function piped(pipeline: Pipeline, scope: Scope): unknown {
  const value = firstPresent([pipeline.from].flat(), scope);
  if (value === undefined) return undefined;
  const items =
    pipeline.split === undefined
      ? value
      : textOf(value)
          .split(pipeline.split)
          .map((item) => item.trim());
  if (!Array.isArray(items)) return turned(pipeline, items, scope);
  const turnedItems = items
    .map((item) => present(item, scope))
    .filter((item) => item !== undefined)
    .map((item) => turned(pipeline, item, scope))
    .filter((item) => item !== undefined);
  return turnedItems.length === 0 ? undefined : turnedItems;
}

function firstPresent(expressions: readonly Expression[], scope: Scope): unknown {
  for (const expression of expressions) {
    const value = evaluate(expression, scope);
    if (value !== undefined) return value;
  }
  return undefined;
}

function turned(pipeline: Pipeline, original: unknown, scope: Scope): unknown {
  let value: unknown = original;
  if (pipeline.trim) value = textOf(value).trim();
  if (pipeline.pattern) value = matched(pipeline.pattern, textOf(value));
  if (pipeline.unlessEqual !== undefined && isSameText(value, evaluate(pipeline.unlessEqual, scope))) {
    return undefined;
  }
  if (pipeline.lookup) {
    value = lookedUp(pipeline.lookup, pipeline.otherwise, textOf(value), scope);
    if (value === undefined) return undefined;
  }
  switch (pipeline.as) {
    case 'date':
      return readDate(textOf(value), pipeline.format, pipeline.locale);
    case 'number':
      return numberOf(value);
    case 'slug':
      return slugify(textOf(value)) || undefined;
    default:
      return value;
  }
}

function matched(pattern: Pattern, text: string): string {
  const match = pattern.firstIn(text);
  if (match === undefined)
    throw new ValueError(text, `Expected text that fits the pattern ${pattern.source}.`);
  return match;
}

function lookedUp(table: Pipeline['lookup'], otherwise: Pipeline['otherwise'], key: string, scope: Scope) {
  if (table && Object.hasOwn(table, key)) return evaluate(table[key] ?? null, scope);
  if (otherwise !== undefined) return evaluate(otherwise, scope);
  throw new ValueError(key, `Expected one of ${Object.keys(table ?? {}).join(', ')}.`);
}

function numberOf(value: unknown): number {
  const number = typeof value === 'number' ? value : Number(textOf(value).trim());
  if (Number.isFinite(number)) return number;
  throw new ValueError(value, 'Expected a number such as 1250 or 55.7.');
}

const isSameText = (one: unknown, other: unknown) =>
  typeof one === 'string' && typeof other === 'string' && one.trim() === other.trim();

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new ValueError(value, 'The number has more digits than JSON numbers keep. Write it as text.');
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ValueError(value, `Expected text; got ${Array.isArray(value) ? 'a list' : typeof value}.`);
}
