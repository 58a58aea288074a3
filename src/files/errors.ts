import { DomainError } from '../domain/errors.js';

/** The file breaks the syntax of its format at a line, so no row after it can be trusted. */
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

/** The file cannot be opened or read, or has no known format. */
export class UnreadableFileError extends DomainError {
  override readonly name = 'UnreadableFileError';
  readonly code = 'UNREADABLE_FILE';
}

/** Wraps an error of the operating system, without the system call that it names. */
export function unreadable(file: string, error: unknown): UnreadableFileError {
  const reason = error instanceof Error ? error.message.replace(/,.*$/, '') : String(error);
  return new UnreadableFileError(`${file} cannot be read: ${reason}.`, { cause: error });
}
