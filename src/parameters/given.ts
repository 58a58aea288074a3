import { ParameterError } from './parameter-error.js';
import type { ValueType } from './value-types.js';

/** The parameters that a URL sets. An empty one sets nothing: a form sends all of its fields. */
export class Given {
  readonly #values = new Map<string, string[]>();

  /**
   * @param lists The parameters that may be repeated.
   * @param singles The others.
   * @throws {ParameterError} For an unknown parameter, or a repeated one that is no list.
   */
  constructor(search: URLSearchParams, lists: readonly string[], singles: readonly string[]) {
    for (const [name, value] of search) {
      if (!lists.includes(name) && !singles.includes(name)) {
        throw new ParameterError(name, `only the parameters ${[...lists, ...singles].join(', ')}`, name);
      }
      if (value === '') continue;
      const known = this.#values.get(name);
      if (!known) this.#values.set(name, [value]);
      else if (lists.includes(name)) known.push(value);
      else throw new ParameterError(name, `${name} once`, `${name}=${known[0]}&${name}=${value}`);
    }
  }

  /** Returns the text of a parameter, if it is set. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  /** @throws {ParameterError} If the value is not valid. */
  value(name: string, type: ValueType): unknown {
    const text = this.text(name);
    return text === undefined ? undefined : this.#parse(name, type, text);
  }

  /** @throws {ParameterError} If a value is not valid. */
  list(name: string, type: ValueType): unknown[] | undefined {
    const texts = this.#values.get(name)?.flatMap((value) => value.split(','));
    return texts?.map((text) => this.#parse(name, type, text));
  }

  #parse(name: string, type: ValueType, text: string): unknown {
    const value = type.fromText(text);
    if (value === undefined) throw new ParameterError(name, `${name} to be ${type.expected}`, text);
    return value;
  }
}
