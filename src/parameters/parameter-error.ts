/** How much of a wrong value a message shows, in UTF-16 code units. */
const SHOWN = 80;

/** A parameter of the URL that is unknown, given twice or not valid. Answer it with status 400. */
export class ParameterError extends Error {
  override readonly name = 'ParameterError';
  readonly code = 'BAD_PARAMETER';
  /** The name of the parameter. */
  readonly parameter: string;
  /** A description of valid values. */
  readonly expected: string;
  /** The value that came. */
  readonly got: string;

  constructor(parameter: string, expected: string, got: string) {
    super(`Expected ${expected}; got ${shown(got)}.`);
    this.parameter = parameter;
    this.expected = expected;
    this.got = got;
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
}
