import { print } from '@0no-co/graphql.web';
import { FeedOptionsError } from './errors.js';

/** A document with the types of its result and variables, as gql.tada and GraphQL Code Generator make it. */
export interface TypedDocument<Result, Variables> {
  /** Holds the types only. */
  __apiType?: ((variables: Variables) => Result) | undefined;
}

/** The part of a request that says what to execute. */
export type FeedOperation = { readonly query: string } | { readonly query: ''; readonly documentId: string };

/** A subscription, and which variables it has. */
export interface FeedDocument {
  readonly operation: FeedOperation;
  takes(variable: string, type: string): boolean;
}

/** Builds the feed's document from a selection on Development. */
export function documentAround(selection: string): FeedDocument {
  if (selection.trim() === '') {
    throw new FeedOptionsError(
      'selection is empty. Name fields of Development, such as "slug headline", or omit it to get these two.',
    );
  }
  const query = `subscription Feed($after: Cursor, $filter: DevelopmentFilter, $replay: FeedReplay, $references: Boolean) {
  feed(after: $after, filter: $filter, replay: $replay, references: $references) {
    __typename
    ... on DevelopmentPublished { cursor development { ${selection} } }
    ... on DevelopmentRevised { cursor matches revision changedFields reason development { ${selection} } }
    ... on DevelopmentRetracted { cursor reason development { ${selection} } }
    ... on DevelopmentErased { cursor ground development { ${selection} } }
    ... on ReferenceChanged { cursor revision changedFields reason reference { ...Named } mergedInto { ...Named } }
    ... on ReferenceErased { cursor ground reference { ...Named } }
    ... on FeedCaughtUp { cursor }
    ... on FeedReset { cursor cause }
  }
}
fragment Named on Reference {
  __typename
  ... on Actor { id slug name }
  ... on Doctrine { id slug name }
  ... on Source { id slug name: title }
  ... on Topic { id slug name }
  ... on Treaty { id slug name }
  ... on WeaponSystem { id slug name }
}`;
  return { operation: { query }, takes: () => true };
}

/** A document that the server knows by its id. The server checks what it selects. */
export function persistedDocument(documentId: string): FeedDocument {
  // graphql-ws sends no message without a query.
  return { operation: { query: '', documentId }, takes: () => true };
}

const REQUIRED: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\bsubscription\b/, 'a subscription'],
  [/\bfeed\s*\(/, 'the field feed'],
  [/\$after\s*:\s*Cursor\b/, 'the variable $after: Cursor'],
  [/\bafter\s*:\s*\$after\b/, 'the argument after: $after'],
  [/\b__typename\b/, '__typename on every item'],
  [/\bcursor\b/, 'cursor on every item'],
];

/**
 * Checks the caller's own document for the parts that resuming needs. It does not parse: the server validates the
 * document, and each item is checked when it arrives.
 *
 * @throws {FeedOptionsError} Names everything that is missing.
 */
export function ownDocument(document: string | TypedDocument<unknown, never>): FeedDocument {
  const query = textOf(document);
  const code = query.replaceAll(/#[^\n]*/g, '');
  const missing = REQUIRED.filter(([pattern]) => !pattern.test(code)).map(([, what]) => what);
  if (missing.length > 0) {
    throw new FeedOptionsError(`document lacks ${missing.join(', ')}. See docs/client.md for the options.`);
  }
  return {
    operation: { query },
    takes: (variable, type) => new RegExp(`\\$${variable}\\s*:\\s*${type}\\b`).test(code),
  };
}

/** A document is a text, an object of the class String, or a parsed document. */
function textOf(document: string | TypedDocument<unknown, never>): string {
  const isParsed = typeof document === 'object' && 'kind' in document;
  return isParsed ? print(document as unknown as Parameters<typeof print>[0]) : String(document);
}
