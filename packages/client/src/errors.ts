import type { FeedGraphQLError } from './items.js';

/** An error that ends a feed. Distinguish errors by `code`. */
export abstract class FeedError extends Error {
  abstract readonly code:
    | 'BAD_OPTIONS'
    | 'UNAUTHORIZED'
    | 'REFUSED'
    | 'BAD_ITEM'
    | 'UNREACHABLE'
    | 'STORE_FAILED';
}

/** Invalid or contradictory options. Thrown by `followFeed` itself. */
export class FeedOptionsError extends FeedError {
  override readonly name = 'FeedOptionsError';
  readonly code = 'BAD_OPTIONS';
}

/** The server rejected the token. Use a valid token, or none if reading needs none. */
export class FeedUnauthorizedError extends FeedError {
  override readonly name = 'FeedUnauthorizedError';
  readonly code = 'UNAUTHORIZED';

  constructor(answer: string) {
    super(`The server rejected the token: it answered ${answer}. Use a valid token and follow again.`);
  }
}

/** The server rejected the subscription, and a retry would not help. */
export class FeedRefusedError extends FeedError {
  override readonly name = 'FeedRefusedError';
  readonly code = 'REFUSED';
  /** The server's GraphQL errors, if it sent any. */
  readonly errors: readonly FeedGraphQLError[];
  /** The server's error code, such as `BAD_USER_INPUT` for a cursor or filter. */
  readonly serverCode: string | undefined;

  constructor(answer: string, errors: readonly FeedGraphQLError[] = []) {
    super(
      `The server rejected the subscription: it answered ${answer}. Correct the selection, document, filter, cursor or URL.`,
    );
    this.errors = errors;
    this.serverCode = errors.map(codeOf).find((code) => code !== undefined);
  }
}

/** An item without `__typename` or `cursor`, which resuming needs, because the document does not select them. */
export class FeedItemError extends FeedError {
  override readonly name = 'FeedItemError';
  readonly code = 'BAD_ITEM';
  /** The received `data`. */
  readonly data: unknown;

  constructor(data: unknown) {
    const came = JSON.stringify(data)?.slice(0, 200);
    super(
      `Expected data.feed with __typename and cursor; got ${came}. Select both on every member of FeedItem, under the name feed.`,
    );
    this.data = data;
  }
}

/** `maxAttempts` connections in a row delivered nothing. `cause` is the last one's failure. */
export class FeedUnreachableError extends FeedError {
  override readonly name = 'FeedUnreachableError';
  readonly code = 'UNREACHABLE';
  readonly attempts: number;

  constructor(url: string, attempts: number, cause: Error) {
    super(
      `Could not follow the feed at ${url}: ${attempts} attempts in a row failed. Last failure: ${cause.message} Check the address and the server, or raise maxAttempts.`,
      { cause },
    );
    this.attempts = attempts;
  }
}

/** The caller's store threw `cause`. The current item was not saved and comes again. */
export class FeedStoreError extends FeedError {
  override readonly name = 'FeedStoreError';
  readonly code = 'STORE_FAILED';

  constructor(method: 'load' | 'save', cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`store.${method} threw: ${reason} Fix the store and follow again.`, {
      cause,
    });
  }
}

/** A temporary connection failure. It is reported in `onStatus` and never thrown to the caller. */
export class ConnectionLostError extends Error {
  override readonly name = 'ConnectionLostError';
}

export function codeOf({ extensions }: FeedGraphQLError): string | undefined {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : undefined;
}
