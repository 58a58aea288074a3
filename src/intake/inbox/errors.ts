import { DomainError } from '../../domain/errors.js';

/** No article of the inbox has the id. */
export class UnknownInboxItemError extends DomainError {
  override readonly name = 'UnknownInboxItemError';
  readonly code = 'UNKNOWN_INBOX_ITEM';
  readonly path: string;

  constructor(path: string) {
    super('Expected the id of an article in the inbox. Find ids with the query inboxItems.');
    this.path = path;
  }
}

/** The text of the article gives no suggestion with the key. */
export class UnknownSuggestionError extends DomainError {
  override readonly name = 'UnknownSuggestionError';
  readonly code = 'UNKNOWN_SUGGESTION';
  readonly path = 'key';
  readonly key: string;

  constructor(key: string) {
    super(
      `The article has no suggestion with the key ${JSON.stringify(key)}. Its text has changed or was deleted: load its suggestions again.`,
    );
    this.key = key;
  }
}

/** The suggestion was used or dismissed before. */
export class SuggestionUsedError extends DomainError {
  override readonly name = 'SuggestionUsedError';
  readonly code = 'SUGGESTION_USED';
  readonly path = 'key';
  readonly key: string;
  /** The id of the development that it became or was added to. Null if it was dismissed. */
  readonly developmentId: string | null;

  constructor(key: string, editor: string, developmentId: string | null) {
    super(
      developmentId === null
        ? `${editor} has dismissed this suggestion. Load the suggestions of the article again.`
        : `${editor} has used this suggestion. Its development is in the field development.`,
    );
    this.key = key;
    this.developmentId = developmentId;
  }
}
