import { exec, type JsonValue } from 'jsonpath-rfc9535';
import parse from 'jsonpath-rfc9535/parser';
import { ValueError } from '../../errors.js';

/** A value that a path selects, and the objects around it. */
export interface Selected {
  readonly value: unknown;
  /** The nearest first, without lists. */
  readonly parents: readonly unknown[];
}

/** A JSONPath (RFC 9535), such as `$.objects[?@.type == "report"]`. */
export class JsonPath {
  readonly source: string;

  /** @throws {JsonPathError} */
  constructor(source: string) {
    this.source = source;
    if (/\b(?:match|search)\s*\(/.test(source)) {
      // They take JavaScript's expressions, whose time some texts make exponential.
      throw new JsonPathError('`match` and `search` are not supported; use `where:` with `matches:`');
    }
    try {
      parse(source);
    } catch (error) {
      throw new JsonPathError(error instanceof Error ? error.message : String(error), { cause: error });
    }
  }

  /** Selects values in their order. */
  select(root: unknown): Selected[] {
    const selected: Selected[] = [];
    exec(root as JsonValue, this.source, (value, path) => {
      selected.push({ value, parents: parentsOf(root, path) });
    });
    return selected;
  }

  /** Selects in a JSON text: one value, or a list of several. @throws {ValueError} If it is not JSON. */
  selectIn(text: string): unknown {
    let root: unknown;
    try {
      root = JSON.parse(text);
    } catch (error) {
      throw new ValueError(text, `Expected JSON (${error instanceof Error ? error.message : error}).`);
    }
    const values = this.select(root).map(({ value }) => value);
    return values.length > 1 ? values : values[0];
  }

  toJSON(): string {
    return this.source;
  }
}

export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';

  constructor(reason: string, options?: ErrorOptions) {
    super(`Expected a JSONPath (RFC 9535) such as $.objects[*]: ${reason.replace(/\.$/, '')}.`, options);
  }
}

function parentsOf(root: unknown, path: readonly (string | number)[]): unknown[] {
  const parents: unknown[] = [];
  let value = root;
  for (const key of path) {
    if (!Array.isArray(value)) parents.unshift(value);
    value = (value as Record<string | number, unknown>)?.[key];
  }
  return parents;
}
