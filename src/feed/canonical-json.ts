/**
 * Returns the canonical JSON of a value (RFC 8785): keys in the order of their UTF-16 code units, no white space. Fields
 * that are undefined are left out.
 *
 * @throws {TypeError} For numbers that are not finite, lone surrogates, and what JSON has no form for, such as functions.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return textOf(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON.`);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value);
  if (typeof value !== 'object')
    throw new TypeError(`There is no JSON for a value of the type ${typeof value}.`);
  if (Array.isArray(value)) return listOf(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  return objectOf(value as Readonly<Record<string, unknown>>);
}

function textOf(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('A text with a lone surrogate has no canonical JSON.');
  return JSON.stringify(text);
}

function listOf(items: readonly unknown[]): string {
  let json = '[';
  for (const item of items) json += `${json === '[' ? '' : ','}${canonicalJson(item ?? null)}`;
  return `${json}]`;
}

function objectOf(object: Readonly<Record<string, unknown>>): string {
  let json = '{';
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value !== undefined) json += `${json === '{' ? '' : ','}${keyOf(key)}${canonicalJson(value)}`;
  }
  return `${json}}`;
}

/** Keys come again and again. Their number and length are bounded, because a free text can be a key. */
const MOST_KEYS = 1_000;
const LONGEST_KEY = 64;
const keys = new Map<string, string>();

function keyOf(key: string): string {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const json = `${textOf(key)}:`;
  if (keys.size < MOST_KEYS && key.length <= LONGEST_KEY) keys.set(key, json);
  return json;
}
