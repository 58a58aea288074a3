import { trimText } from '../../../domain/trim-text.js';
import { ValueError } from '../../errors.js';
import { converted, textOf } from './convert.js';
import { type Columns, type Expression, isObject, type Join, type Pipeline } from './expression.js';
import { JsonPath } from './json-path.js';
import { Pattern } from './pattern.js';

/** The values that an expression can read. */
export interface Scope {
  readonly row: Readonly<Record<string, unknown>>;
  /** The row's number in its files, from 1. */
  readonly number?: number | undefined;
  /** The objects around the row in its file, the nearest first. */
  readonly parents?: readonly unknown[] | undefined;
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
  if ('columns' in expression) return columnsLike(expression, scope);
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
  if (part instanceof Pattern || part instanceof JsonPath) return [];
  if (typeof part !== 'object' || part === null) return [];
  return Object.values(part).flatMap(pathsIn);
}

/** Returns true if the row has the path, even with null or a blank. Paths into items and parents count as present. */
export function hasPath(path: string, row: Scope['row']): boolean {
  if (/^\$(?:$|[.^#])/.test(path)) return true;
  return lookUp(path, { row, absent: new Set() }) !== undefined;
}

const PARENT = /^\$(\^+)(?:\.(.+))?$/s;

function lookUp(path: string, { row, item, parents = [], number }: Scope): unknown {
  if (path === '$') return item;
  if (path.startsWith('$.')) return walk(item, path.slice(2));
  const [, ups, rest] = PARENT.exec(path) ?? [];
  if (ups !== undefined) {
    const parent = parents[ups.length - 1];
    return rest === undefined ? parent : walk(parent, rest);
  }
  if (path === '$#' && !Object.hasOwn(row, '#')) return number;
  return walk(row, path.slice(1));
}

/** Returns the values of the columns whose names fit, in the order of the row. */
function columnsLike({ columns }: Columns, scope: Scope): unknown {
  const [start = '', end] = columns.split('*', 2);
  const fits = (name: string) =>
    end === undefined
      ? name === start
      : name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
  const values = Object.entries(scope.row)
    .filter(([name]) => fits(name))
    .map(([, value]) => present(value, scope))
    .filter((value) => value !== undefined);
  return values.length === 0 ? undefined : values;
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
  if (typeof value === 'string')
    return trimText(value) === '' || absent.has(value) || absent.has(trimText(value)) ? undefined : value;
  return Array.isArray(value) && value.length === 0 ? undefined : value;
}

function joined({ join, with: separator }: Join, scope: Scope): string | undefined {
  const parts = join.map((part) => evaluateText(part, scope));
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

function piped(pipeline: Pipeline, scope: Scope): unknown {
  const given = firstPresent([pipeline.from].flat(), scope);
  if (given === undefined) return undefined;
  const value = pipeline.json ? present(pipeline.json.selectIn(textOf(given)), scope) : given;
  if (value === undefined) return undefined;
  const items = pipeline.split === undefined ? value : textOf(value).split(pipeline.split).map(trimText);
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
  if (pipeline.trim) value = trimText(textOf(value));
  if (pipeline.pattern) {
    value = pipeline.pattern.firstIn(textOf(value));
    if (value === undefined) return otherwise(pipeline, scope);
  }
  if (pipeline.unlessEqual !== undefined && isSameText(value, evaluate(pipeline.unlessEqual, scope))) {
    return undefined;
  }
  if (pipeline.lookup) {
    value = lookedUp(pipeline, textOf(value), scope);
    if (value === undefined) return undefined;
  }
  return converted(pipeline, value);
}

/** The value in place of one that fits neither the pattern nor the table. */
function otherwise(pipeline: Pipeline, scope: Scope): unknown {
  const value = pipeline.otherwise === undefined ? undefined : evaluate(pipeline.otherwise, scope);
  return value === undefined ? undefined : converted(pipeline, value);
}

/** The most keys of a table that a problem lists. */
const SHOWN_KEYS = 12;

function lookedUp({ lookup: table, otherwise: rest }: Pipeline, key: string, scope: Scope): unknown {
  const known = [key, trimText(key)].find((one) => table && Object.hasOwn(table, one));
  if (table && known !== undefined) return evaluate(table[known] ?? null, scope);
  if (rest !== undefined) return evaluate(rest, scope);
  const keys = Object.keys(table ?? {});
  const more = keys.length > SHOWN_KEYS ? `, … (${keys.length} in all)` : '';
  throw new ValueError(key, `Expected one of ${keys.slice(0, SHOWN_KEYS).join(', ')}${more}.`);
}

const isSameText = (one: unknown, other: unknown) =>
  typeof one === 'string' && typeof other === 'string' && trimText(one) === trimText(other);
