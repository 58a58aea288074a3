import type { FeedGraphQLError } from './items.js';

/** What ends the following of a feed. Tell them apart by `code`. */
export abstract class FeedError extends Error {
  abstract readonly code:
    | 'BAD_OPTIONS'
    | 'UNAUTHORIZED'
    | 'REFUSED'
    | 'BAD_ITEM'
    | 'UNREACHABLE'
    | 'STORE_FAILED';
}

/** The options contradict each other or cannot be used. Thrown by `followFeed` itself. */
export class FeedOptionsError extends FeedError {
  override readonly name = 'FeedOptionsError';
  readonly code = 'BAD_OPTIONS';
}

/** The server does not take the token. Get a valid one and follow again, or send none to read. */
export class FeedUnauthorizedError extends FeedError {
  override readonly name = 'FeedUnauthorizedError';
  readonly code = 'UNAUTHORIZED';

  constructor(answer: string) {
    super(
      `Expected a token that the server takes, or none; the server answered ${answer}. Get a valid token and follow again.`,
    );
  }
}

/** The server refuses the subscription as it is: asking again would not help. */
export class FeedRefusedError extends FeedError {
  override readonly name = 'FeedRefusedError';
  readonly code = 'REFUSED';
  /** What the server said, where it said it in GraphQL. */
  readonly errors: readonly FeedGraphQLError[];
  /** The code that the server gave, e.g. `BAD_USER_INPUT` for a cursor or filter. */
  readonly serverCode: string | undefined;

  constructor(answer: string, errors: readonly FeedGraphQLError[] = []) {
    super(
      `Expected the server to take the subscription; it answered ${answer}. Correct the selection, document, filter, cursor or URL and follow again.`,
    );
    this.errors = errors;
    this.serverCode = errors.map(codeOf).find((code) => code !== undefined);
  }
}

/** An item came without what resuming needs: the document does not select it. */
export class FeedItemError extends FeedError {
  override readonly name = 'FeedItemError';
  readonly code = 'BAD_ITEM';
  /** The `data` that came. */
  readonly data: unknown;

  constructor(data: unknown) {
    const came = JSON.stringify(data)?.slice(0, 200);
    super(
      `Expected data.feed with __typename and cursor; got ${came}. Select both on every member of FeedItem, under the name feed.`,
    );
    this.data = data;
  }
}

/** `maxAttempts` connections in a row brought nothing. `cause` is why the last one failed. */
export class FeedUnreachableError extends FeedError {
  override readonly name = 'FeedUnreachableError';
  readonly code = 'UNREACHABLE';
  readonly attempts: number;

  constructor(url: string, attempts: number, cause: Error) {
    super(
      `Expected the feed at ${url}; ${attempts} attempts in a row brought nothing, the last because: ${cause.message} Check the address and the server, or allow more with maxAttempts.`,
      { cause },
    );
    this.attempts = attempts;
  }
}

/** The caller's store threw; `cause` is what it threw. The item in hand is not saved: it comes again. */
export class FeedStoreError extends FeedError {
  override readonly name = 'FeedStoreError';
  readonly code = 'STORE_FAILED';

  constructor(method: 'load' | 'save', cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Expected store.${method} to succeed; it threw: ${reason} Mend the store and follow again.`, {
      cause,
    });
  }
}

/** A connection ended in a way that another may not. Never thrown to the caller, but told in `onStatus`. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

export function codeOf({ extensions }: FeedGraphQLError): string | undefined {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : undefined;
}
