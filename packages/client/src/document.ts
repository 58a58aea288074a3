import { FeedOptionsError } from './errors.js';

/** A subscription document, and whether it has a filter variable. */
export interface FeedDocument {
  readonly text: string;
  readonly takesFilter: boolean;
}

/** Builds the feed's document from a selection on Development. */
export function documentAround(selection: string): FeedDocument {
  if (selection.trim() === '') {
    throw new FeedOptionsError(
      'selection is empty. Name fields of Development, such as "slug headline", or omit it to get these two.',
    );
  }
  const text = `subscription Feed($after: Cursor, $filter: DevelopmentFilter) {
  feed(after: $after, filter: $filter) {
    __typename
    ... on DevelopmentPublished { cursor development { ${selection} } }
    ... on DevelopmentRevised { cursor matches revision changedFields reason development { ${selection} } }
    ... on DevelopmentRetracted { cursor reason development { ${selection} } }
    ... on FeedCaughtUp { cursor }
    ... on FeedReset { cursor cause }
  }
}`;
  return { text, takesFilter: true };
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
export function ownDocument(text: string): FeedDocument {
  const code = text.replaceAll(/#[^\n]*/g, '');
  const missing = REQUIRED.filter(([pattern]) => !pattern.test(code)).map(([, what]) => what);
  if (missing.length > 0) {
    throw new FeedOptionsError(`document lacks ${missing.join(', ')}. See docs/client.md for the options.`);
  }
  return { text, takesFilter: /\$filter\s*:\s*DevelopmentFilter\b/.test(code) };
}
