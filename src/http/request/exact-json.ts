import { inexact, isExact } from '../../graphql/exact-number.js';

/** An exponent, or too many digits: nearly all requests have neither, and need no second look. */
const MAY_BE_INEXACT = /\d[eE]|\d{16}/;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Finds the reason not to use a JSON text that `JSON.parse` takes, although it changes it: a number that does not fit, or
 * a name of `names` that an object has twice.
 *
 * @param json A valid JSON text.
 * @param depth How many levels of objects are checked for repeated names. 1: only the outermost.
 * @returns A sentence for the client, or undefined.
 */
export function problemOfJson(json: string, names: readonly string[], depth: number): string | undefined {
  // Strings may write a name's letters as \u0071.
  const mayRepeat = json.includes('\\u00') || names.some((name) => isTwiceIn(json, `"${name}"`));
  if (!mayRepeat && !MAY_BE_INEXACT.test(json)) return undefined;
  return inspect(json, new Set(names), mayRepeat ? depth : 0);
}

function isTwiceIn(json: string, name: string): boolean {
  const first = json.indexOf(name);
  return first !== -1 && json.indexOf(name, first + name.length) !== -1;
}

/** Walks over the tokens of the text, without recursion. */
function inspect(json: string, names: ReadonlySet<string>, depth: number): string | undefined {
  const seen: (Set<string> | undefined)[] = []; // For each open bracket; undefined if it is not checked.
  for (let at = 0; at < json.length; ) {
    const character = json.charAt(at);
    if (character === '"') {
      const end = endOfString(json, at);
      const found = seen.at(-1);
      if (found && isName(json, end)) {
        const name = JSON.parse(json.slice(at, end)) as string;
        if (found.has(name) && names.has(name)) return repeated(name);
        found.add(name);
      }
      at = end;
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      NUMBER.lastIndex = at;
      const [written = character] = NUMBER.exec(json) ?? [];
      if (!isExact(written)) return inexact(written);
      at += written.length;
    } else {
      if (character === '{') seen.push(seen.length < depth ? new Set() : undefined);
      if (character === '[') seen.push(undefined);
      if (character === '}' || character === ']') seen.pop();
      at += 1;
    }
  }
  return undefined;
}

export const repeated = (name: string): string =>
  `Expected ${JSON.stringify(name)} once; got it more than once. Send one value.`;

/** Returns the position after the string that begins at a position. */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (json[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return json.length;
}

/** Returns whether the string that ends at a position is the name of a member. */
function isName(json: string, end: number): boolean {
  let at = end;
  while (json.charCodeAt(at) <= 0x20) at += 1;
  return json[at] === ':';
}
