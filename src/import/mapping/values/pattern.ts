import { RE2JS, RE2JSException } from 're2js';

/** A regular expression in RE2's syntax, which takes time linear in the text, whatever the text is. */
export class Pattern {
  readonly source: string;
  readonly #compiled: RE2JS;

  /** @throws {PatternError} */
  constructor(source: string) {
    this.source = source;
    try {
      this.#compiled = RE2JS.compile(RE2JS.translateRegExp(source));
    } catch (error) {
      if (error instanceof RE2JSException) throw new PatternError(error.message, { cause: error });
      throw error;
    }
  }

  /** Returns the first group of the first match, or all of it if that group took no part. Undefined without a match. */
  firstIn(text: string): string | undefined {
    const matcher = this.#compiled.matcher(text);
    if (!matcher.find()) return undefined;
    const group = this.#compiled.groupCount() > 0 ? matcher.group(1) : null;
    return group ?? matcher.group() ?? undefined;
  }
}

export class PatternError extends Error {
  override readonly name = 'PatternError';

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `Expected a regular expression that RE2 takes, without look-around and backreferences: ${reason.replace(/^error parsing regexp: /, '')}.`,
      options,
    );
  }
}
