import type { GraphQLError } from 'graphql';
import type { Ask } from './execution/ask.js';
import type { Exchange } from './response/send.js';

/** Answers GET and HEAD of some paths beside GraphQL: pages, for example. */
export interface Route {
  isFor(path: string): boolean;
  /**
   * Answers the request of an authenticated viewer.
   *
   * @param ask Executes queries for the viewer.
   */
  answer(exchange: Exchange, ask: Ask): Promise<void>;
  /** Sends the errors for which a request was not answered. */
  refuse(exchange: Exchange, errors: readonly GraphQLError[]): Promise<void>;
}

/** Returns the path of a request target. */
export const pathOf = (url = ''): string => url.split('?', 1)[0] ?? '';
