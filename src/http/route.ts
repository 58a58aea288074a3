import type { GraphQLError } from 'graphql';
import type { Ask } from './execution/ask.js';
import type { Exchange } from './response/send.js';

/** Answers requests for some paths beside GraphQL: pages, for example. */
export interface Route {
  isFor(path: string): boolean;
  /** GET, HEAD and OPTIONS by default. */
  readonly methods?: readonly string[];
  /** Whether everybody is answered, without authentication. */
  readonly isOpen?: boolean;
  /**
   * Answers the request of an authenticated viewer, or of anybody if it is open.
   *
   * @param ask Executes queries for the viewer.
   */
  answer(exchange: Exchange, ask: Ask): Promise<void>;
  /** Sends the errors for which a request was not answered. */
  refuse(exchange: Exchange, errors: readonly GraphQLError[]): Promise<void>;
}

/** Returns the path of a request target. */
export const pathOf = (url = ''): string => url.split('?', 1)[0] ?? '';
