import { DomainError } from '../errors.js';

/** The mapping does not say what an import can do; every rule that it breaks is listed. */
export class MappingError extends DomainError {
  override readonly name = 'MappingError';
  readonly code = 'BAD_MAPPING';
  readonly issues: readonly string[];

  /** @param issues Each begins with the path in the mapping, e.g. `fields.headline: …`. */
  constructor(mapping: string, issues: readonly string[]) {
    super(`The mapping ${mapping} cannot be used.\n${issues.map((issue) => `  ${issue}`).join('\n')}`);
    this.issues = issues;
  }
}

/** The file is not the JSON, NDJSON or CSV that it is read as, so no row after that line can be trusted. */
export class MalformedFileError extends DomainError {
  override readonly name = 'MalformedFileError';
  readonly code = 'MALFORMED_FILE';
  readonly file: string;
  readonly line: number;

  constructor(file: string, line: number, reason: string) {
    super(`${file}, line ${line}: ${reason} Nothing was written.`);
    this.file = file;
    this.line = line;
  }
}

/** The file cannot be opened or read, or not as what it is. */
export class UnreadableFileError extends DomainError {
  override readonly name = 'UnreadableFileError';
  readonly code = 'UNREADABLE_FILE';
}

/** A value of a row is not what the mapping expects; it becomes a problem of the field being made. */
export class ValueError extends Error {
  override readonly name = 'ValueError';
  readonly value: unknown;

  constructor(value: unknown, reason: string) {
    super(reason);
    this.value = value;
  }
}
