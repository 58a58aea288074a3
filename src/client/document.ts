import { FeedOptionsError } from './errors.js';

/** A subscription document, and whether it takes a filter. */
export interface FeedDocument {
  readonly text: string;
  readonly takesFilter: boolean;
}

/** The feed's document around a selection on Development. */
export function documentAround(selection: string): FeedDocument {
  if (selection.trim() === '') {
    throw new FeedOptionsError(
      'Expected selection to name fields of Development, such as "slug headline"; it is empty. Leave it out for these two.',
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
 * The caller's own document. Looks for what resuming needs without parsing: the server validates, and
 * each item is looked at when it comes.
 *
 * @throws {FeedOptionsError} Which names everything that is missing.
 */
export function ownDocument(text: string): FeedDocument {
  const code = text.replaceAll(/#[^\n]*/g, '');
  const missing = REQUIRED.filter(([pattern]) => !pattern.test(code)).map(([, what]) => what);
  if (missing.length > 0) {
    throw new FeedOptionsError(
      `Expected document to hold ${missing.join(', ')}; it does not. See docs/client.md for a whole one.`,
    );
  }
  return { text, takesFilter: /\$filter\s*:\s*DevelopmentFilter\b/.test(code) };
}
