import { DomainError } from '../../domain/errors.js';

/** The document is no feed, or one that cannot be read. */
export class UnreadableFeedError extends DomainError {
  override readonly name = 'UnreadableFeedError';
  readonly code = 'UNREADABLE_FEED';
}
