import { DomainError } from '../../domain/errors.js';

/** A text is longer than suggestions are made for. */
export class TextTooLongError extends DomainError {
  override readonly name = 'TextTooLongError';
  readonly code = 'TEXT_TOO_LONG';
  readonly length: number;
  readonly limit: number;

  constructor(length: number, limit: number) {
    super(`The text has ${length} characters. Suggestions are made for at most ${limit}: pass a part of it.`);
    this.length = length;
    this.limit = limit;
  }
}
