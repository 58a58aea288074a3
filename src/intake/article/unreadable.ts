import { DomainError } from '../../domain/errors.js';

/** The document is too large, damaged, or has no text. */
export class UnreadableArticleError extends DomainError {
  override readonly name = 'UnreadableArticleError';
  readonly code = 'UNREADABLE_ARTICLE';
}
